"""The README's commands exist and mean what it says."""

import re
import shlex
import shutil

import nbformat

from course.banks import read_bank
from course.cli import app
from course.lessons import Course
from tests.conftest import ROOT
from tests.hostile.attack import read_attacks

README = (ROOT / "README.md").read_text()


def blocks() -> str:
    return "\n".join(re.findall(r"```\n(.*?)```", README, re.S))


def test_every_course_command_runs_in_the_readmes_order(toy, cli, tmp_path, capsys):
    """A class of two: from the tree that students see to the grades that go back."""
    shutil.copy(ROOT / "requirements.txt", toy.root)
    for student in ("Ada L_101", "Bela M_102"):
        work = tmp_path / "download" / f"{student}_assignsubmission_file_"  # as Moodle packs them
        work.mkdir(parents=True)
        shutil.copy(toy.lesson("01_toy").release, work / "toy.ipynb")
    places = {"DIR": str(tmp_path / "published"), "DOWNLOAD": str(tmp_path / "download")}
    places |= {name: "01_toy" for name in ("01_perceptron", "02_mlp")}
    lines = re.findall(r"(?m)^course (.+?)(?:  +#.*)?$", blocks())
    assert {line.split()[0] for line in lines} >= {"publish", "collect", "grade", "export", "build"}
    for line in lines:
        words = [places.get(word, word) for word in shlex.split(line)]
        assert cli(*words) == 0, (line, capsys.readouterr())
    assert (tmp_path / "published/notebooks/01_toy/toy.ipynb").is_file()
    assert (toy.root / "grading/reports/01_toy.html").is_file()


def test_the_counts_of_answers_and_attacks_are_those_of_the_banks():
    answers = [answer for lesson in Course(ROOT).lessons() for answer in read_bank(lesson)]
    wrong = sum(not answer.right for answer in answers)
    said = " ".join(README.split())
    assert f"tried on {wrong:,} wrong answers" in said
    assert f"and {len(answers) - wrong:,} unusual right ones" in said
    assert f"attacked in {len(read_attacks())} ways" in said


def test_every_path_and_lesson_named_exists():
    for path in re.findall(r"\]\(([\w./-]+)\)|`([\w./]+/)`", README):
        assert (ROOT / "".join(path)).exists(), path
    listed = re.findall(r"\(notebooks/(\w+)/", README)
    assert listed == [lesson.name for lesson in Course(ROOT).lessons()]


def test_the_running_times_are_those_of_the_lessons():
    for lesson in Course(ROOT).lessons():
        title = " ".join(nbformat.read(lesson.release, as_version=4).cells[0].source.split())
        (said,) = re.findall(r"\*\*Runs in\*\* (.+?) on (?:two CPU cores|a 2-core CPU)", title)
        row = next(line for line in README.splitlines() if f"(notebooks/{lesson.name}/" in line)
        assert row.split(" | ")[3] == said, lesson.name


def test_every_command_of_the_first_week_is_understood():
    week = (ROOT / "grading/first_week.md").read_text()
    lines = re.findall(r"(?m)^course (.+)$", "\n".join(re.findall(r"```\n(.*?)```", week, re.S)))
    assert {line.split()[0] for line in lines} >= {"publish", "collect", "grade", "export"}
    for line in lines:
        name, *arguments = shlex.split(line)
        app.commands[name].make_context(name, arguments, resilient_parsing=False)
    for target in re.findall(r"`make (\w+)`", week):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text()
