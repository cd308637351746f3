"""What students get holds all that they need, and no answer."""

import shutil
import subprocess
import sys

import nbformat
import pytest

from course.colab import colab_badge
from course.lessons import Course
from course.own_work import sign
from course.publish import find_leaks, publish
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The students' tree of the whole course."""
    folder = tmp_path_factory.mktemp("published") / "students"
    course = Course(ROOT)
    publish(course, course.lessons(), folder)
    return folder


def test_it_holds_what_students_need_and_nothing_of_the_instructors(published):
    names = {path.name for path in published.iterdir()}
    assert {"notebooks", "helpers", "data", "README.md", "requirements.txt"} <= names
    assert names.isdisjoint({"solutions", "tests", "grading", "course", "benchmarks"})
    assert not (published / "data/build").exists()
    lessons = Course(ROOT).lessons()
    assert sorted(p.name for p in (published / "notebooks").iterdir()) == [x.name for x in lessons]


def test_it_leaks_nothing(published):
    assert find_leaks(published, Course(ROOT).lessons()) == []


LINES_OF_AN_ANSWER = """def f():
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows, columns = (image.shape[0] - kh) // stride + 1, (image.shape[1] - kw) // stride + 1
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("helpers/more.py", "### BEGIN SOLUTION"), ("data/answers.txt", LINES_OF_AN_ANSWER)],
)
def test_a_leak_is_found(published, tmp_path, name, text):
    tree = tmp_path / "tree"
    shutil.copytree(published, tree)
    (tree / name).write_text(text)
    found = find_leaks(tree, Course(ROOT).lessons())
    assert [leak.partition(":")[0] for leak in found] == [name]


def test_an_answer_in_the_release_stops_it(toy, cli, tmp_path, capsys):
    lesson = toy.lesson("01_toy")
    shutil.copy(ROOT / "requirements.txt", toy.root)
    release = nbformat.read(lesson.release, as_version=4)
    answers = {c.id: c.source for c in nbformat.read(lesson.solution, as_version=4).cells}
    for cell in release.cells:
        if cell.metadata.get("nbgrader", {}).get("solution") and len(answers[cell.id]) > 100:
            cell.source = answers[cell.id]
    sign(release)  # as a faulty build would have made it
    nbformat.write(release, lesson.release)
    assert cli("publish", tmp_path / "out") == 1
    assert "would give away" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_full_folder_is_left_alone(cli, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("keep")
    assert cli("publish", tmp_path) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.txt"]


@pytest.mark.parametrize("command", ["publish", "site"])
def test_a_lesson_where_the_new_folder_should_be_is_refused(toy, cli, capsys, command):
    assert cli(command, "01_toy") == 1
    assert "01_toy is a lesson: name the new folder first" in capsys.readouterr().err
    assert not (toy.root / "01_toy").exists()


def test_a_notebook_finds_its_helpers_there(published):
    notebook = nbformat.read(next((published / "notebooks").glob("01_*/*.ipynb")), as_version=4)
    setup = next(cell for cell in notebook.cells if "from helpers import start" in cell.source)
    run = subprocess.run(
        [sys.executable, "-c", setup.source + "\nimport helpers; print(helpers.__file__)"],
        cwd=published / "notebooks/01_perceptron",
        env={"PATH": "/usr/bin:/bin", "HOME": str(published)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert str(published / "helpers") in run.stdout


@pytest.mark.parametrize(
    "address", ["https://github.com/one/course.git", "https://github.com/one/course"]
)
def test_lessons_open_in_colab_where_the_repository_is_public(address, toy, cli, tmp_path):
    shutil.copy(ROOT / "requirements.txt", toy.root)
    project = toy.root / "pyproject.toml"
    project.write_text(project.read_text().replace('repository = ""', f'repository = "{address}"'))
    assert cli("build", "--force") == 0
    assert cli("publish", tmp_path / "out") == 0
    link = (
        "https://colab.research.google.com/github/one/course/blob/main/notebooks/01_toy/toy.ipynb"
    )
    page = (tmp_path / "out/README.md").read_text()
    assert f"]({link})" in page and "Save a copy in Drive" in page


def test_no_badge_without_a_public_repository(published):
    assert colab_badge("", "notebooks/a.ipynb") == ""
    assert colab_badge("https://example.org/one/course.git", "notebooks/a.ipynb") == ""
    page = (published / "README.md").read_text()
    assert "colab.research" not in page and "Colab" not in page
