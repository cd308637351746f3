"""A class on the terminal: scores, exercises, misconceptions and what could not be graded."""

from math import ceil

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grading.charts import bins
from grading.results import Result
from grading.tally import Tally, tally
from grading.wording import amount, count, one_line, percent, sentence

ROWS_AT_MOST = 12
BAR = 20
_BLOCKS = " ▁▂▃▄▅▆▇█"


def class_table(results: list[Result]) -> Group:
    """Return what `rich` prints about a class; it reads well from 80 columns."""
    class_ = tally(results)
    parts: list[RenderableType] = [_headline(class_)]
    if class_.graded:
        parts += [_scores(class_), _exercises(class_)]
    if class_.misconceptions:
        parts.append(_misconceptions(class_))
    if class_.others or class_.missing:
        parts.append(_not_graded(class_))
    return Group(*(line for part in parts for line in (part, "")))


def _headline(class_: Tally) -> Text:
    words = [f"{count(len(class_.graded), 'submission')} graded"]
    if class_.graded:
        words.append(f"mean {class_.mean:.1f} and median {amount(class_.median)}")
        words[-1] += f" of {count(class_.points, 'point')}"
    if class_.waiting:
        words.append(f"{count(class_.waiting, 'more point')} by hand")
    if class_.others:
        words.append(f"{len(class_.others):,} not gradable")
    if class_.missing:
        words.append(f"{len(class_.missing):,} missing")
    if not all(result.sandboxed for result in class_.graded):
        words.append("graded without a sandbox")
    return Text(", ".join(words) + ".", style="bold")


def _scores(class_: Tally) -> Text:
    _, counts = bins(class_.scores, class_.points)
    heights = [ceil((len(_BLOCKS) - 1) * number / max(counts)) for number in counts]
    curve = "".join(_BLOCKS[height] for height in heights)
    return Text.assemble("Scores  0 ", (curve, "green"), f" {amount(class_.points)}")


def _exercises(class_: Tally) -> Table:
    table = _table("Exercise", "Passed", "", "Did not", right=("Passed", "Did not"))
    for exercise in class_.exercises:
        name = Text(one_line(exercise.name, limit=40))
        if exercise.waiting:
            table.add_row(name, "", Text(f"{exercise.waiting:,} by hand", style="dim"), "")
            continue
        full = round(BAR * exercise.share)
        bar = Text("█" * full, style="green") + Text("░" * (BAR - full), style="dim")
        failed = f"{exercise.failed:,}" if exercise.failed else ""
        table.add_row(name, percent(exercise.share), bar, failed)
    return table


def _misconceptions(class_: Tally) -> Table:
    table = _table("Students", "Misconception", "Exercise", right=("Students",))
    for found in class_.misconceptions[:ROWS_AT_MOST]:
        told, exercise = one_line(found.told), one_line(found.exercise, limit=40)
        table.add_row(f"{len(found.students):,}", Text(told), Text(exercise))
    _add_rest(table, len(class_.misconceptions), "rarer")
    return table


def _not_graded(class_: Tally) -> Table:
    table = _table("Not graded", "Status", "Reason")
    rest = [*class_.others, *class_.missing]
    for result in rest[:ROWS_AT_MOST]:
        words = (
            one_line(result.student, limit=30),
            one_line(result.status),
            sentence(result.reason),
        )
        table.add_row(*map(Text, (words[0], words[1], one_line(words[2]))))
    _add_rest(table, len(rest), "more")
    return table


def _add_rest(table: Table, number: int, word: str) -> None:
    if number > ROWS_AT_MOST:
        table.add_row("", Text(f"and {number - ROWS_AT_MOST:,} {word}", style="dim"))


def _table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, title=None)
    for column in columns:
        justify = "right" if column in right else "left"
        table.add_column(column, justify=justify, header_style="bold", overflow="fold")
    return table
