"""What the command line prints: lines, progress and tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from grading.results import Result
from grading.summary import class_table as summarise
from grading.wording import one_line

_out = Console(highlight=False, markup=False)
_progress_out = Console(stderr=True)


def line(text: str) -> None:
    """Print one line, whole, however long."""
    _out.print(text, soft_wrap=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal, or two lines where there is none; yields `step(done, total)`."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    if not _progress_out.is_terminal:
        _progress_out.print(label, markup=False)
        yield lambda done, total: None
        return
    with Progress(*columns, console=_progress_out, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def class_table(results: list[Result], *, title: str) -> None:
    """Print a class's scores, failed exercises and misconceptions."""
    _out.print(f"\n{title}", style="bold")
    _out.print(summarise(results))


def verdicts(lesson: str, found: list, *, every: bool = False) -> None:
    """Print the sums of a bank, and every answer or those that are judged wrongly or not named."""
    shown = [verdict for verdict in found if every or _remark(verdict)]
    if shown:
        _out.print(_verdict_table(lesson, shown))
    wrong = [verdict for verdict in found if not verdict.answer.right]
    right = [verdict for verdict in found if verdict.answer.right]
    line(
        f"{lesson}: {sum(v.lost > 0 for v in wrong)} of {len(wrong)} wrong answers lost points, "
        f"{sum(v.named for v in wrong)} of them had their misconception named; "
        f"{sum(v.lost == 0 for v in right)} of {len(right)} right answers kept all points"
    )


def _verdict_table(lesson: str, found: list) -> Table:
    table = Table(title=f"{lesson}: the bank of answers", title_justify="left")
    for name in ("Exercise", "Answer", "Points lost", "Told to the student"):
        table.add_column(name, overflow="fold")
    for verdict in found:
        kind = "right" if verdict.answer.right else "wrong"
        answer = f"{kind}: {verdict.answer.name}{_remark(verdict)}"
        told = "; ".join(dict.fromkeys(verdict.causes)) or verdict.message.partition("\n")[0]
        table.add_row(verdict.answer.exercise, answer, f"{verdict.lost:g}", told)
    return table


def _remark(verdict) -> str:
    """Return what an author should look at in a verdict, or an empty text."""
    if not verdict.as_it_should:
        return "  <- WRONGLY JUDGED"
    return "" if verdict.answer.right or verdict.named else "  <- not named"


def pairs(found: list) -> None:
    """Print pairs of submissions that share unusual code."""
    table = Table(title="Shared unusual code: look, do not judge by this", title_justify="left")
    for name in ("Bits", "Students", "Exercises", "For instance"):
        table.add_column(name, overflow="fold", justify="right" if name == "Bits" else "left")
    for pair in found:
        students = "\n".join(one_line(name, limit=40) for name in pair.students)
        where = "\n".join(one_line(name, limit=40) for name in pair.exercises[:3])
        sample = one_line(pair.sample)
        table.add_row(*map(Text, (f"{pair.bits:.0f}", students, where, sample)))
    _out.print(table)
