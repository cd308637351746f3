"""The command `course`; every command is a few lines over a module of its own."""

import sys
from pathlib import Path
from typing import Annotated

import click
import typer

from grading.errors import UserError

app = typer.Typer(
    help="Build, check and grade the course.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Lessons = Annotated[
    list[str] | None,
    typer.Argument(metavar="[LESSON]...", help="Lessons such as 02_mlp; all if none."),
]
Workers = Annotated[int, typer.Option(min=1, max=256, help="Submissions graded at the same time.")]


@app.command()
def build(
    lessons: Lessons = None,
    repository: Annotated[
        str | None,
        typer.Option(help="Where Colab fetches the course from (default: pyproject.toml)."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Build what is up to date as well.")
    ] = False,
) -> None:
    """Execute each lesson whose source changed, and make its students' notebook."""
    from course.commands import build_lessons

    build_lessons(lessons or [], repository=repository, force=force)


@app.command()
def check(
    lessons: Lessons = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Run the full budget and compare the results with the built ones."
        ),
    ] = False,
) -> None:
    """Check that lessons are built, leak nothing, and that the grader tells right from unsolved."""
    from course.commands import check_lessons

    check_lessons(lessons or [], full=full)


@app.command()
def variants(lessons: Lessons = None, workers: Workers = 2) -> None:
    """Run the banks of right and wrong answers through the grader and print the table."""
    from course.commands import run_banks

    run_banks(lessons or [], workers=workers)


@app.command()
def grade(
    lesson: Annotated[str, typer.Argument(help="The lesson that was handed in, such as 02_mlp.")],
    submissions: Annotated[Path, typer.Option(help="A folder that holds one folder a student.")],
    into: Annotated[
        Path | None, typer.Option(help="Where the gradebook and pages go (default: grading/).")
    ] = None,
    workers: Workers = 2,
    cell_seconds: Annotated[int, typer.Option(min=1, help="The longest a cell may run.")] = 60,
    seconds: Annotated[int, typer.Option(min=1, help="The longest a submission may run.")] = 300,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what is already graded.")
    ] = False,
) -> None:
    """Grade a class: gradebook, a feedback page a student, a class report."""
    from course.commands import grade_lesson
    from grading.grade import Limits

    limits = Limits(cell=cell_seconds, total=seconds)
    grade_lesson(lesson, submissions, into=into, workers=workers, limits=limits, force=force)


@app.command()
def report(
    lessons: Lessons = None,
    into: Annotated[Path | None, typer.Option(help="Where `grade` put its results.")] = None,
) -> None:
    """Show the class report of graded lessons again, in the terminal and as a page."""
    from course.commands import report_lessons

    report_lessons(lessons or [], into=into)


@app.command()
def demo(
    into: Annotated[Path, typer.Option(help="Where the sample class goes.")] = Path("demo"),
    workers: Workers = 2,
) -> None:
    """Build every lesson, make a sample class out of the banks, grade it, and say where all is."""
    from course.commands import run_demo

    run_demo(into, workers=workers)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Exit codes: 0 done, 1 something to mend, 2 wrong usage, 130 Ctrl-C."""
    try:
        sys.exit(app(args=arguments, standalone_mode=False) or 0)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except UserError as error:
        _say(str(error))
        sys.exit(1)
    except PermissionError as error:
        _say(f"no permission to write {error.filename}")
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        _say("stopped; what was finished is kept, and the same command goes on from there")
        sys.exit(130)


def _say(sentence: str) -> None:
    print(f"course: {sentence}", file=sys.stderr)
