"""Fixtures: the course itself, and a small course of one toy lesson that builds in seconds."""

import shutil
from pathlib import Path

import pytest

from course.lessons import Course
from tests.tree import ROOT, copy_with_environment, run_make

TOY = ROOT / "tests" / "toy"


def write_toy(root: Path, source: str | None = None) -> Course:
    """Lay out a course tree with the toy lesson, unbuilt, over this tree's helpers."""
    (root / "solutions/01_toy").mkdir(parents=True)
    (root / "tests/variants").mkdir(parents=True)
    (root / "grading").mkdir()
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    (root / "helpers").symlink_to(ROOT / "helpers")
    text = (TOY / "lesson.py").read_text() if source is None else source
    (root / "solutions/01_toy/toy.py").write_text(text)
    shutil.copy(TOY / "bank.py", root / "tests/variants/01_toy.py")
    return Course(root)


@pytest.fixture(scope="session")
def built_toy(tmp_path_factory) -> Course:
    """The toy course, built once by the command line; tests must not change it."""
    course = write_toy(tmp_path_factory.mktemp("built") / "course")
    assert run_course(course.root, "build") == 0
    return course


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The site of all lessons, as `make site` writes it; warnings of Sphinx would stop it."""
    tree = copy_with_environment(tmp_path_factory.mktemp("site") / "tree")
    run_make("site", tree)
    return tree / "site"


@pytest.fixture
def toy(built_toy, tmp_path) -> Course:
    """A copy of the built toy course that a test may change."""
    shutil.copytree(built_toy.root, tmp_path / "course", symlinks=True)
    return Course(tmp_path / "course")


@pytest.fixture
def cli(toy, monkeypatch):
    """Run `course ...` in the toy course and return its exit code."""
    return lambda *arguments: run_course(toy.root, *arguments)


def refuse(patch: pytest.MonkeyPatch, module, function: str, place: str) -> None:
    """Have the system refuse to open a place, as `chmod 000` would for all but root."""
    real = getattr(module, function)

    def open_or_refuse(path, *rest, **how):
        if str(path).endswith(place):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **how)

    patch.setattr(module, function, open_or_refuse)


def run_course(root: Path, *arguments) -> int:
    """Run the command line in this process, in a course tree, and return its exit code."""
    from course.cli import main

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("COURSE_ROOT", raising=False)
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
            raise SystemExit(0)
    return stopped.value.code
