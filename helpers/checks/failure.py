"""The one exception that a check raises, and how it looks in a notebook."""

LIKELY_CAUSE = "Likely cause: "
HIDDEN = "hidden test"


class CheckFailed(AssertionError):  # noqa: N818 - students read this name: it states what happened
    """A check did not pass; its text is written for the student who reads it."""

    def _render_traceback_(self, *_args) -> list[str]:
        """Show the sentence alone: our own stack frames help nobody."""
        return [f"✗ {self}"]


def cause_label(choice: str = "") -> str:
    """Return what stands before a cause, or before the reason against a choice such as "a"."""
    return f"Why not {choice}: " if choice else LIKELY_CAUSE


def fail(
    name: str,
    problem: str,
    *,
    details: str = "",
    cause: str = "",
    choice: str = "",
    secret: bool = False,
):
    """Raise `CheckFailed` for the check called `name`.

    A secret check tells its name and the likely cause, and no value. With a `choice` the cause is
    the reason against it.
    """
    if secret:
        lines = [f"{HIDDEN}: {name}"]
    else:
        lines = [f"{name}: {problem}", *([details] if details else [])]
    if cause:
        lines.append(cause_label(choice) + cause)
    raise CheckFailed("\n".join(lines))


def succeed(name: str, *, secret: bool = False) -> None:
    """Print the line that tells a student that the check passed."""
    print(f"✓ {HIDDEN}: {name}" if secret else f"✓ {name}")
