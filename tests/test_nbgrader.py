"""nbgrader itself still grades this tree, for those who want it plain."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from course.grading import enter_lesson
from course.sample import with_solutions
from grading.folders import Folders
from tests.conftest import ROOT


def test_plain_autograde_gives_a_solved_release_full_marks(toy):
    lesson, folders = toy.lesson("01_toy"), Folders(toy.root / "grading")
    enter_lesson(lesson, folders)
    solution, release = (nbformat.read(p, 4) for p in (lesson.solution, lesson.release))
    place = toy.root / "grading/submitted/ada/01_toy"
    place.mkdir(parents=True)
    nbformat.write(with_solutions(release, solution, lambda position: True), place / "toy.ipynb")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "COURSE_ROOT": str(toy.root),
    }
    command = [sys.executable, "-m", "nbgrader", "autograde", "01_toy"]
    done = subprocess.run(command, cwd=toy.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    with Gradebook(f"sqlite:///{folders.gradebook}") as book:
        graded = book.find_submission("01_toy", "ada")
        grades = [grade for notebook in graded.notebooks for grade in notebook.grades]
        checks = [grade for grade in grades if grade.cell.name.endswith(("-check", "-hidden"))]
        assert checks
        assert all(grade.auto_score == grade.max_score for grade in checks)
