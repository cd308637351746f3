"""The README's commands exist and mean what it says."""

import re
import shlex
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


def test_every_command_of_the_first_week_is_understood():
    week = (ROOT / "grading/first_week.md").read_text()
    lines = re.findall(r"(?m)^course (.+)$", "\n".join(re.findall(r"```\n(.*?)```", week, re.S)))
    assert {line.split()[0] for line in lines} >= {"publish", "collect", "grade", "export"}
    for line in lines:
        name, *arguments = shlex.split(line)
        app.commands[name].make_context(name, arguments, resilient_parsing=False)
    for target in re.findall(r"`make (\w+)`", week):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text()
