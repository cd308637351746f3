"""Progress: one call says which exercises of a notebook pass, as far as its kernel knows."""

import nbclient
import nbformat
import pytest

from course.execute import kernel_environment
from helpers.scoreboard import read_checks
from tests.conftest import ROOT

RIGHT = "def add(a, b):\n    return a + b"
SQUARED = "def twice(a):\n    return a * a"


@pytest.fixture(scope="module")
def printed(built_toy) -> str:
    """What the last cell of the toy's release prints: one right answer, one wrong, one open."""
    notebook = nbformat.read(built_toy.lesson("01_toy").release, as_version=4)
    answers = {"add": RIGHT, "twice": SQUARED}
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "binary-check"]
    client = nbclient.NotebookClient(notebook, timeout=60, allow_errors=True)
    client.execute(env=kernel_environment(built_toy.root))
    assert notebook.cells[-1].source.endswith("progress()")
    return notebook.cells[-1].outputs[0].text


def test_progress_tells_passed_failed_and_not_run_apart(printed):
    assert "1 of 3 exercises and questions pass: 1 of 3 points." in printed
    assert "✓ Exercise 1 · add\n" in printed
    assert "✗ Exercise 2 · twice  (a check failed)" in printed
    assert "· Question · What is 1 + 1 in binary?  (not run yet)" in printed


def test_an_open_exercise_or_question_is_no_failure(built_toy):
    notebook = nbformat.read(built_toy.lesson("01_toy").release, as_version=4)
    client = nbclient.NotebookClient(notebook, timeout=60, allow_errors=True)
    client.execute(env=kernel_environment(built_toy.root))
    text = notebook.cells[-1].outputs[0].text
    assert "0 of 3 exercises and questions pass: 0 of 3 points." in text
    assert "· Exercise 1 · add  (still open)\n" in text
    assert "· Question · What is 1 + 1 in binary?  (still open)\n" in text
    assert "✗" not in text


def cells(*written: str) -> list:
    """Return Markdown cells, and a graded one for each text that begins with "check"."""
    marks = {"grade": True, "points": 1, "solution": False}
    return [
        nbformat.v4.new_code_cell(text, metadata={"nbgrader": {**marks, "grade_id": text}})
        if text.startswith("check")
        else nbformat.v4.new_markdown_cell(text)
        for text in written
    ]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("## Exercise 1 · add (2 points)", "Exercise 1 · add"),
        ("### Question 2 · why (twice)? (1 point)\nText.", "Question 2 · why (twice)?"),
        ("### Exercises 6 and 7 · both (2 + 2 points)", "Exercises 6 and 7 · both"),
        ("## Reflection (2 points, graded by hand)", "Reflection"),
        ("## 3 · A section", ""),
        ("#### Exercise 1 · too deep", ""),
        ("# Exercise 1 · a lesson's title", ""),
    ],
)
def test_a_check_is_called_after_the_exercise_above_it(tmp_path, heading, title):
    written = cells(heading, "check-1", "## 4 · Another section", "check-2")
    nbformat.write(nbformat.v4.new_notebook(cells=written), tmp_path / "x.ipynb")
    checks = read_checks(tmp_path / "x.ipynb")
    assert [check.title for check in checks] == [title, title]
    assert [check.label for check in checks] == ([title] * 2 if title else ["check-1", "check-2"])


def test_a_heading_inside_an_answer_names_nothing(tmp_path):
    written = cells("## Exercise 1 · add", "## Exercise 9 · mine", "check-1")
    written[1].metadata = {"nbgrader": {"grade": False, "grade_id": "essay", "solution": True}}
    nbformat.write(nbformat.v4.new_notebook(cells=written), tmp_path / "x.ipynb")
    assert read_checks(tmp_path / "x.ipynb")[0].title == "Exercise 1 · add"


def test_progress_says_what_only_grading_can_tell(printed):
    assert "hidden tests are worth 1 more, the reflection 2" in printed


def test_a_check_that_passes_later_counts(built_toy):
    start = "from helpers import start, progress\nstart('01_toy', keras=False)"
    check = read_checks(built_toy.lesson("01_toy").release)[0].source
    cells = [start, "from helpers import check", "add = max", check, RIGHT, check, "progress()"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    client = nbclient.NotebookClient(notebook, timeout=60, allow_errors=True)
    client.execute(env=kernel_environment(built_toy.root))
    assert "✓ Exercise 1 · add\n" in notebook.cells[-1].outputs[0].text


def test_progress_without_its_notebook_says_what_to_do():
    code = "from helpers import start, progress\nstart('99_none', keras=False)\nprogress()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    nbclient.NotebookClient(notebook, timeout=60).execute(env=kernel_environment(ROOT))
    assert "none.ipynb, which is not there" in notebook.cells[0].outputs[-1].text
