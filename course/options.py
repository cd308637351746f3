"""Options that commands share: lessons, folders, what a submission may use, how it is closed in."""

import functools
from dataclasses import asdict
from pathlib import Path

import click

from grading.sandbox.limits import MB, Limits

_DEFAULT = Limits()
_LIMITS = (
    # flag, field of Limits, unit, meaning
    ("--cell-seconds", "cell", 1, "The longest a cell may run."),
    ("--seconds", "total", 1, "The longest a submission may run."),
    ("--cpu-seconds", "cpu", 1, "Processor time of a submission, all its processes together."),
    ("--memory-mb", "memory", MB, "Memory of a submission, all its processes together."),
    ("--processes", "processes", 1, "Processes and threads of a submission."),
    ("--file-mb", "file_size", MB, "The largest file that a submission may write."),
    ("--scratch-mb", "scratch", MB, "All files of a submission together."),
    ("--output-kb", "output", 1000, "What a cell may show."),
)


def limits_options(command):
    """Add the options of the limits to a command, which gets them as one `limits`."""

    @functools.wraps(command)
    def with_limits(**arguments):
        values = {name: arguments.pop(name) * unit for _, name, unit, _ in _LIMITS}
        return command(limits=Limits(**values), **arguments)

    for flag, name, unit, meaning in reversed(_LIMITS):
        default = asdict(_DEFAULT)[name] // unit
        add = click.option(
            flag, name, type=click.IntRange(1), default=default, show_default=True, help=meaning
        )
        with_limits = add(with_limits)
    return with_limits


unsafe_option = click.option(
    "--unsafe-no-sandbox",
    "unsafe",
    is_flag=True,
    help="Do not close student code in: it runs with your rights, and results say so.",
)
lessons_argument = click.argument("lessons", nargs=-1, metavar="[LESSON]...")
into_option = click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the class: submissions, gradebook, pages.  [default: grading/]",
)  # fmt: skip
