"""What came of an attack, in plain words and in a table."""

from dataclasses import dataclass, field


@dataclass
class Verdict:
    """What an attack achieved.

    Attributes:
        attack: its name.
        failures: each goal that it reached, as a phrase; [] where the grader held.
        seconds: how long its grading took.
    """

    attack: str
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def held(self) -> bool:
        """True where the attack reached nothing."""
        return not self.failures


def table(attacks, ours: dict[str, Verdict], plain: dict[str, Verdict]) -> str:
    """Return the table of both graders, one line an attack."""
    width = max(len(attack.name) for attack in attacks)
    lines = [f"{'attack':{width}}  {'aim':8} this grader                plain nbgrader"]
    for attack in attacks:
        cells = [_cell(side.get(attack.name)) for side in (ours, plain)]
        lines.append(f"{attack.name:{width}}  {attack.aim:8} {cells[0]:26} {cells[1]}")
    for name, side in (("this grader", ours), ("plain nbgrader", plain)):
        if side:
            held = sum(verdict.held for verdict in side.values())
            lines.append(f"{name}: {held} of {len(side)} attacks reached nothing")
    return "\n".join(lines)


def _cell(verdict: Verdict | None) -> str:
    if verdict is None:
        return "-"
    return "held" if verdict.held else "; ".join(verdict.failures)
