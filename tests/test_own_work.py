"""What somebody writes into a students' notebook of this tree goes nowhere, and is never lost."""

import shutil

import nbformat
import pytest

from tests.conftest import ROOT


@pytest.fixture
def solved(toy):
    """The toy lesson, its students' notebook run and solved where it lies."""
    lesson = toy.lesson("01_toy")
    shutil.copy(ROOT / "requirements.txt", toy.root)
    shutil.copy(lesson.solution, lesson.release)
    return lesson


def test_it_is_not_published(solved, cli, tmp_path, capsys):
    assert cli("publish", tmp_path / "out") == 1
    assert "toy.ipynb was worked in: run course build 01_toy" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nobody_is_graded_against_it(solved, cli, tmp_path, capsys):
    (tmp_path / "work/ada").mkdir(parents=True)
    shutil.copy(solved.solution, tmp_path / "work/ada/toy.ipynb")
    assert cli("grade", "01_toy", "--submissions", tmp_path / "work") == 1
    assert "somebody has worked in" in capsys.readouterr().err
    assert not list(solved.course.root.rglob("result.json"))


@pytest.mark.parametrize("work", ["solved", "damaged"])
def test_a_build_keeps_it(solved, cli, capsys, work):
    if work == "damaged":
        solved.release.write_text("<<<<<<< merged")
    written, kept = solved.release.read_bytes(), solved.course.root / "kept/01_toy"
    for name in ("toy.ipynb", "toy-2.ipynb"):
        solved.release.write_bytes(written)
        assert cli("build") == 0
        assert f"kept/01_toy/{name}" in capsys.readouterr().out
        assert (kept / name).read_bytes() == written
        assert "BEGIN SOLUTION" not in solved.release.read_text()
    assert cli("build", "--force") == 0
    assert len(list(kept.iterdir())) == 2  # nobody has worked in it since


def test_running_it_is_no_work(toy, cli, tmp_path):
    lesson = toy.lesson("01_toy")
    shutil.copy(ROOT / "requirements.txt", toy.root)
    built = lesson.release.read_text()
    notebook = nbformat.read(lesson.release, as_version=4)
    for number, cell in enumerate(c for c in notebook.cells if c.cell_type == "code"):
        cell.execution_count = number
        cell.outputs = [nbformat.v4.new_output("stream", text="printed")]
    notebook.metadata.language_info.version = "3.13.15"
    nbformat.write(notebook, lesson.release)
    assert cli("publish", tmp_path / "out") == 0
    assert (tmp_path / "out/notebooks/01_toy/toy.ipynb").read_text() == built
