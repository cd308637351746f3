"""The commands around a class: where it fetches, what it gets, what goes back."""

from pathlib import Path

import click

from course.options import into_option, lessons_argument


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@lessons_argument
def publish(folder, lessons) -> None:
    """Write what students may see into a new FOLDER.

    It holds no solutions and no hidden tests.
    """
    from course.class_commands import publish_course

    publish_course(folder, lessons)


@click.command()
@click.argument("url")
def address(url) -> None:
    """Set the URL that Colab fetches the course from.

    Nothing is run again. With an empty URL ('') the address is taken out.
    """
    from course.class_commands import move_course

    move_course(url)


@click.command()
@click.argument("lesson")
@click.argument("download", type=click.Path(path_type=Path))
@into_option
def collect(lesson, download, into) -> None:
    """Lay out a DOWNLOAD for grading.

    It is a zip or folder as Canvas, Moodle or Gradescope make it, or one folder a student.
    """
    from course.class_commands import collect_class

    collect_class(lesson, download, into=into)


@click.command()
@click.argument("lesson")
@click.option(
    "--to", type=click.Choice(["canvas", "moodle", "csv"]), default="csv", show_default=True,
    help="Who imports it.",
)  # fmt: skip
@click.option("--column", help="Canvas' name of the assignment, such as 'Perceptron (4711)'.")
@click.option(
    "--gradebook",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The gradebook as Canvas exports it: its students are kept, in their order.",
)
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="Where the CSV goes.")
@into_option
def export(lesson, to, column, gradebook, file, into) -> None:
    """Write grades as Canvas or Moodle imports them."""
    if to != "canvas" and (column or gradebook):
        raise click.UsageError("--column and --gradebook are for --to canvas")
    from course.class_commands import export_grades

    export_grades(lesson, to=to, column=column, exported=gradebook, file=file, into=into)


@click.command()
@click.argument("lesson")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Pairs shown.")
@into_option
def similar(lesson, most, into) -> None:
    """Show pairs that share unusual code.

    They are a reason to look, never a verdict.
    """
    from course.class_commands import show_similar

    show_similar(lesson, most=most, into=into)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@lessons_argument
def site(folder, lessons) -> None:
    """Write lessons as web pages into FOLDER.

    They can be read and searched without a network.
    """
    from course.class_commands import write_site

    write_site(folder, lessons)


class_commands = (address, publish, collect, export, similar, site)
