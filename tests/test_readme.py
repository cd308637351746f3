"""The README's commands exist and mean what it says."""

import re
import subprocess

import pytest

from course.cli import app
from course.lessons import Course
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()


def blocks() -> str:
    return "\n".join(re.findall(r"```\n(.*?)```", README, re.S))


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?m)^make (\w+)", blocks()))))
def test_every_make_target_exists(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "line", sorted(set(re.findall(r"(?m)^course (.+?)(?:  +#.*)?$", blocks())))
)
def test_every_course_command_is_understood(line):
    name, *arguments = line.split()
    command = app.commands[name]
    command.make_context(name, list(arguments), resilient_parsing=False)


def test_every_path_and_lesson_named_exists():
    for path in re.findall(r"\]\(([\w./-]+)\)|`([\w./]+/)`", README):
        assert (ROOT / "".join(path)).exists(), path
    listed = re.findall(r"\(notebooks/(\w+)/", README)
    assert listed == [lesson.name for lesson in Course(ROOT).lessons()]
