"""The command `course`; every command is a few lines over `course.commands`."""

import sys
from pathlib import Path

import click

from course.class_cli import class_commands
from course.options import into_option, lessons_argument, limits_options, unsafe_option
from course.stopping import say_at_once
from grading.errors import UserError
from grading.wording import clean

workers_option = click.option(
    "--workers", type=click.IntRange(1, 256), default=2, show_default=True,
    help="How many submissions are graded at the same time.",
)  # fmt: skip
force_option = click.option("--force", is_flag=True, help="Also redo what is up to date.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def app() -> None:
    """Build, check and grade the course.

    LESSON is a folder name such as 02_mlp; where it stands in [brackets], leaving it out takes all.
    """


@app.command()
@lessons_argument
@click.option(
    "--repository", help="Where Colab fetches the course from.  [default: pyproject.toml]"
)
@force_option
def build(lessons, repository, force) -> None:
    """Run changed lessons and make the students' notebooks.

    A lesson whose prose alone has changed keeps the results of its last run. Where checks alone
    have changed too, only these and what they need run again.
    """
    from course.commands import build_lessons

    build_lessons(lessons, repository=repository, force=force)


@app.command()
@lessons_argument
@click.option(
    "--full",
    is_flag=True,
    help="Run on the full budget too, and compare the results with the built ones.",
)
def check(lessons, full) -> None:
    """Check that lessons are built, leak nothing, and grade right."""
    from course.commands import check_lessons

    check_lessons(lessons, full=full)


@app.command()
@lessons_argument
@click.option("--all", "every", is_flag=True, help="Show every answer of the bank.")
@workers_option
@unsafe_option
def variants(lessons, every, workers, unsafe) -> None:
    """Grade the banks of right and wrong answers.

    It shows those that are judged wrongly, and wrong ones whose misconception no check names.
    """
    from course.commands import run_banks

    run_banks(lessons, every=every, workers=workers, sandbox=not unsafe)


@app.command()
@click.argument("lesson")
@click.option(
    "--submissions",
    type=click.Path(path_type=Path),
    help="A folder with one folder a student.  [default: submitted/ in the folder of the class]",
)
@into_option
@workers_option
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Grade on the Dask cluster of this scheduler, such as tcp://10.0.0.1:8786.",
)
@click.option(
    "--whole",
    is_flag=True,
    help="Run the figures and demonstrations as well that no grade depends on (much slower).",
)
@limits_options
@unsafe_option
@force_option
def grade(lesson, submissions, into, unsafe, **options) -> None:
    """Grade a class: gradebook, feedback pages, report.

    \b
    The folder of submissions holds one folder a student, as nbgrader collects them:
      submissions/ada/perceptron.ipynb  or  submissions/ada/01_perceptron/perceptron.ipynb
    """
    from course.commands import grade_lesson

    grade_lesson(lesson, submissions, into=into, sandbox=not unsafe, **options)


@app.command()
def doctor() -> None:
    """Try whether this machine can close student code in."""
    from course.commands import examine_machine

    examine_machine()


@app.command()
@lessons_argument
@into_option
def report(lessons, into) -> None:
    """Show the class report of graded lessons again."""
    from course.commands import report_lessons

    report_lessons(lessons, into=into)


@app.command()
@lessons_argument
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"), show_default=True,
    help="Where the sample class, its gradebook and its pages go.",
)  # fmt: skip
@workers_option
@unsafe_option
def demo(lessons, into, workers, unsafe) -> None:
    """Build lessons and grade a sample class of each."""
    from course.commands import run_demo

    run_demo(lessons, into, workers=workers, sandbox=not unsafe)


for command in class_commands:
    app.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Exit codes: 0 done, 1 something to mend, 2 wrong usage, 130 Ctrl-C."""
    say_at_once()
    try:
        app(args=arguments, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.ctx.get_help())
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UserError as error:
        _say(str(error))
        sys.exit(1)
    except OSError as error:  # no permission, a full disk, a file where a folder should be
        _say(f"{error.filename or 'a file'}: {error.strerror or error}")
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        _say("stopped; run the same command again: what was finished is kept")
        sys.exit(130)


def _say(sentence: str) -> None:
    print(f"course: {clean(sentence)}", file=sys.stderr)
