"""Building a lesson: bad sources get one sentence, good ones the same bytes every time."""

import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from course.build import release_text
from course.own_work import sign
from tests.conftest import ROOT, TOY, run_course, write_toy

SOURCE = (TOY / "lesson.py").read_text()
BAD_SOURCES = {
    "missing end": (
        SOURCE.replace("### END SOLUTION", "", 1),
        "marker ### END SOLUTION is missing",
    ),
    "missing both": (
        SOURCE.replace("    ### BEGIN SOLUTION\n", "", 1).replace("    ### END SOLUTION\n", "", 1),
        "cell add: a solution cell needs ### BEGIN SOLUTION and ### END SOLUTION",
    ),
    "hidden tests in plain sight": (
        SOURCE.replace("### BEGIN HIDDEN TESTS\n", "").replace("### END HIDDEN TESTS\n", ""),
        "cell add-hidden: a hidden check needs ### BEGIN HIDDEN TESTS",
    ),
    "duplicate grade_id": (
        SOURCE.replace('"twice"', '"add"'),
        "cell add: two cells have this grade_id",
    ),
    "unchecked exercise": (
        SOURCE.replace('"twice-check"', '"other-check"'),
        "cell twice: no check follows this exercise; name one twice-check",
    ),
    "other points than promised": (
        SOURCE.replace("twice (1 point)", "twice (2 points)"),
        "cell twice: 'Exercise 2 · twice' promises 2, and its cells give 1 in all",
    ),
    "no points": (SOURCE.replace('"points": 1', '"points": 0', 1), "needs points above 0, got 0"),
    "no set-up": (
        SOURCE.replace('tags=["setup"]', ""),
        'one cell with tags=["setup"], this one has 0',
    ),
    "not Python": (SOURCE.replace("return a + b", "return a +"), "a code cell is not Python"),
    "a cell that fails": (
        SOURCE.replace("from helpers", "import nowhere\nfrom helpers"),
        "No module named 'nowhere'",
    ),
    "a solution in an open cell": (
        SOURCE + "\n# %%\n### BEGIN SOLUTION\n1\n### END SOLUTION\n",
        "stands in a cell that is no solution cell",
    ),
}


@pytest.mark.parametrize("name", BAD_SOURCES)
def test_a_bad_source_gets_one_sentence_and_leaves_nothing(name, tmp_path, capsys):
    source, words = BAD_SOURCES[name]
    course = write_toy(tmp_path / "course", source)
    assert run_course(course.root, "build") == 1
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error or name == "a cell that fails"
    assert not list(course.root.rglob("*.ipynb"))


def test_a_line_number_leads_to_the_cell(tmp_path, capsys):
    course = write_toy(tmp_path / "course", SOURCE.replace('"twice"', '"add"'))
    run_course(course.root, "build")
    line = next(i for i, text in enumerate(SOURCE.splitlines(), 1) if '"grade_id": "twice"' in text)
    assert f"solutions/01_toy/toy.py, line {line}, cell add" in capsys.readouterr().err


def test_the_release_is_the_same_to_the_byte(built_toy):
    lesson = built_toy.lesson("01_toy")
    assert lesson.release.read_text() == release_text(lesson) == release_text(lesson)


def test_the_release_holds_no_answer(built_toy):
    text = built_toy.lesson("01_toy").release.read_text()
    for secret in ("return a + b", "add(a, a)", "-11", "commutative", "no binary digit", "✓"):
        assert secret not in text
    assert "TODO: your answer" in text
    assert [path.name for path in (built_toy.root / "notebooks/01_toy").iterdir()] == ["toy.ipynb"]


def test_cells_are_named_by_their_grade_id_or_place(built_toy):
    for path in (built_toy.lesson("01_toy").solution, built_toy.lesson("01_toy").release):
        ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
        assert ids[0] == "cell-000"
        assert ids[4:7] == ["add", "add-check", "add-hidden"]


def test_nothing_is_built_twice(cli, capsys):
    assert cli("build") == 0
    assert "01_toy is up to date" in capsys.readouterr().out


DAMAGED = ["", "<<<<<<< HEAD\n{}", '{"cells": []}', "[1, 2]", "\udcff"]


def damage(path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("text", DAMAGED)
@pytest.mark.parametrize("option", [(), ("--force",)])
def test_a_damaged_notebook_is_built_again(toy, cli, capsys, text, option):
    lesson = toy.lesson("01_toy")
    before = lesson.release.read_text()
    damage(lesson.release, text)
    assert cli("check") == 1
    assert "toy.ipynb is damaged: run course build 01_toy" in capsys.readouterr().out
    assert cli("build", *option) == 0
    assert lesson.release.read_text() == before
    damage(lesson.solution, text)
    assert cli("build", *option) == 0
    assert lesson.release.read_text() == before


@pytest.mark.parametrize("text", DAMAGED[1:3])
@pytest.mark.parametrize("place", ["solution", "release"])
@pytest.mark.parametrize("command", ["variants", "publish", "site", "grade"])
def test_who_meets_a_damaged_notebook_is_told_to_build_it(toy, cli, capsys, text, place, command):
    path = getattr(toy.lesson("01_toy"), place)
    damage(path, text)
    (toy.root / "work/ada").mkdir(parents=True)
    shutil.copy(ROOT / "requirements.txt", toy.root)
    more = {"grade": ("01_toy", "--submissions", "work"), "publish": ("new",), "site": ("new",)}
    assert cli(command, *more.get(command, ())) == 1
    words = f"{path.relative_to(toy.root)} is damaged: run course build 01_toy"
    assert words in capsys.readouterr().err


def test_the_bank_of_a_lesson_that_is_not_built_says_so(toy, cli, capsys):
    toy.lesson("01_toy").release.unlink()
    assert cli("variants") == 1
    assert "toy.ipynb is missing: run course build 01_toy" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("build",), ("publish", "new")])
def test_broken_settings_are_named(toy, cli, capsys, command):
    with (toy.root / "pyproject.toml").open("a") as settings:
        settings.write("\n[a\n")
    assert cli(*command) == 1
    assert "pyproject.toml cannot be read: " in capsys.readouterr().err


def test_a_changed_source_makes_the_built_files_stale(toy, cli, capsys):
    lesson = toy.lesson("01_toy")
    lesson.source.write_text(SOURCE.replace("Return the sum", "Give the sum"))
    assert cli("check") == 1
    assert "solutions/01_toy/toy.ipynb is older than its source" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("signed", "words"), [(False, "was worked in"), (True, "differs from what nbgrader makes")]
)
def test_an_edited_release_is_found(toy, cli, capsys, signed, words):
    release = toy.lesson("01_toy").release
    notebook = nbformat.read(release, as_version=4)
    notebook.cells[0].source += " return a + b"
    if signed:
        sign(notebook)
    nbformat.write(notebook, release)
    assert cli("check") == 1
    assert words in capsys.readouterr().out


def test_nbgraders_own_command_makes_the_same_release(toy):
    """An instructor may run nbgrader as it is: no answer and no text source gets out."""
    lesson = toy.lesson("01_toy")
    before = nbformat.read(lesson.release, as_version=4)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "01_toy", "--force"]
    done = subprocess.run(command, cwd=toy.root, capture_output=True, text=True, env=_environment())
    assert done.returncode == 0, done.stderr
    after = nbformat.read(lesson.release, as_version=4)
    assert [cell.source for cell in after.cells] == [cell.source for cell in before.cells]
    assert [path.name for path in lesson.release.parent.iterdir()] == ["toy.ipynb"]


def test_the_repository_can_be_given(toy, cli):
    assert cli("build", "--repository", "https://example.org/course.git") == 0
    assert "https://example.org/course.git" in toy.lesson("01_toy").release.read_text()


def test_ctrl_c_stops_a_build_and_leaves_nothing(tmp_path):
    sleeping = tmp_path / "sleeping"
    cell = (
        f"\n# %%\nimport pathlib, time\npathlib.Path({str(sleeping)!r}).touch()\ntime.sleep(600)\n"
    )
    course = write_toy(tmp_path / "course", SOURCE + cell)
    command = [sys.executable, "-c", "from course.cli import main; main(['build'])"]
    build = subprocess.Popen(
        command, cwd=course.root, stderr=subprocess.PIPE, text=True, env=_environment()
    )
    while not sleeping.exists():
        assert build.poll() is None, build.stderr.read()
        time.sleep(0.1)
    build.send_signal(signal.SIGINT)
    _, error = build.communicate(timeout=60)
    assert build.returncode == 130
    assert error.strip().splitlines()[-1].startswith("course: stopped"), error
    assert not list(course.root.rglob("*.ipynb"))


def _environment():
    import os
    from pathlib import Path

    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if name != "COURSE_ROOT"}
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT)}


def test_a_bank_shows_what_an_author_should_look_at(toy, cli, capsys):
    bank = toy.lesson("01_toy").bank
    bank.write_text(bank.read_text() + NOBODY_NAMES)
    assert cli("variants") == 0
    shown = capsys.readouterr().out
    assert "<- not named" in shown and "right: " not in shown
    assert cli("variants", "--all") == 0
    assert "right: " in capsys.readouterr().out


def test_a_bank_that_is_no_text_is_named(toy, cli, capsys):
    toy.lesson("01_toy").bank.write_bytes(b"\xff\xfe")
    assert cli("variants") == 1
    assert "01_toy.py cannot be read" in capsys.readouterr().err


NOBODY_NAMES = """
# %% wrong exercise="add" misconception="always a million"
def add(a, b):
    return 1_000_000
"""
