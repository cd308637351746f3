"""One command moves the course to another address, and one that changes prose runs nothing."""

import nbformat
import pytest

from course.address import with_badges
from tests.conftest import TOY

ADDRESS = "https://github.com/ada/course"
COLAB = "https://colab.research.google.com/github/ada/course/blob/main/notebooks/01_toy/toy.ipynb"
ROW = "| [1 · A toy](notebooks/01_toy/toy.ipynb) | you build | about 5 s |\n"
MARK = "what the last run printed"


@pytest.fixture
def marked(toy):
    """The toy course with a mark in an output of its solution: running it again takes it away."""
    path = toy.lesson("01_toy").solution
    notebook = nbformat.read(path, as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.outputs = [nbformat.v4.new_output("stream", name="stdout", text=MARK)]
    nbformat.write(notebook, path)
    return toy


def test_an_address_reaches_notebooks_badges_and_settings_without_a_run(marked, cli):
    lesson, readme = marked.lesson("01_toy"), marked.root / "README.md"
    readme.write_text(f"# A course\n\n{ROW}")
    assert cli("address", ADDRESS) == 0
    assert MARK in lesson.solution.read_text()
    assert f"REPOSITORY = '{ADDRESS}'" in nbformat.read(lesson.release, 4).cells[1].source
    link = f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({COLAB})"
    assert f"| [1 · A toy](notebooks/01_toy/toy.ipynb) {link} | you build |" in readme.read_text()
    assert cli("check") == 0
    assert cli("address", "") == 0
    assert readme.read_text().endswith(f"\n{ROW}")
    assert "REPOSITORY = ''" in nbformat.read(lesson.release, 4).cells[1].source


@pytest.mark.parametrize("address", ["not an address", 'https://a"b', "git@github.com:ada/course"])
def test_what_colab_could_not_fetch_is_refused_and_changes_nothing(address, toy, cli, capsys):
    before = (toy.root / "pyproject.toml").read_text()
    assert cli("address", address) == 1
    assert "is no address such as https://github.com/you/course" in capsys.readouterr().err
    assert (toy.root / "pyproject.toml").read_text() == before


def test_settings_without_a_place_for_it_are_named(toy, cli, capsys):
    (toy.root / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    assert cli("address", ADDRESS) == 1
    assert "has no line `repository = ...` under [tool.course]" in capsys.readouterr().err


def test_another_address_replaces_the_badge(toy):
    once = with_badges(ROW, toy, ADDRESS)
    assert with_badges(once, toy, ADDRESS) == once
    assert "eve" in with_badges(once, toy, ADDRESS.replace("ada", "eve"))
    assert with_badges(once, toy, "https://example.org/course") == ROW


def test_changed_prose_keeps_the_results_and_changed_code_does_not(marked, cli):
    lesson, source = marked.lesson("01_toy"), (TOY / "lesson.py").read_text()
    lesson.source.write_text(source + "\n# %% [markdown]\n# One more word.\n")
    assert cli("build") == 0
    text = lesson.solution.read_text()
    assert MARK in text and "One more word." in text and "One more word." in _text(lesson.release)
    lesson.source.write_text(source + "\n# %%\nprint('one more cell')\n")
    assert cli("build") == 0
    assert MARK not in lesson.solution.read_text()


def test_another_reason_for_a_wrong_choice_runs_nothing(marked, cli):
    lesson, source = marked.lesson("01_toy"), (TOY / "lesson.py").read_text()
    lesson.source.write_text(source.replace("11 is three", "11 is 2 + 1"))
    assert cli("build") == 0
    assert MARK in lesson.solution.read_text() and "11 is 2 + 1" in lesson.solution.read_text()


CHECK = 'check("twice(3)", twice(3), want=6'


def test_a_changed_check_runs_again_with_what_it_needs_and_nothing_else(marked, cli):
    lesson, source = marked.lesson("01_toy"), (TOY / "lesson.py").read_text()
    lesson.source.write_text(source.replace(CHECK, 'check("twice(4)", twice(4), want=8'))
    assert cli("build") == 0
    text = lesson.solution.read_text()
    assert MARK in text and "✓ twice(4)" in text and "✓ twice(3)" not in text
    assert "✓ add(2, 3)" in text and cli("check") == 0


def test_a_check_that_sets_a_name_of_other_cells_runs_the_lesson_again(marked, cli):
    lesson, source = marked.lesson("01_toy"), (TOY / "lesson.py").read_text()
    check = 'check("add(2, 3)", add(2, 3)'
    lesson.source.write_text(source.replace(check, f"add = add\n{check}"))
    assert cli("build") == 0
    assert MARK not in lesson.solution.read_text()


def test_a_changed_check_that_fails_stops_the_build(marked, cli, capsys):
    lesson, source = marked.lesson("01_toy"), (TOY / "lesson.py").read_text()
    before = lesson.solution.read_bytes()
    lesson.source.write_text(source.replace(CHECK, CHECK[:-1] + "7"))
    assert cli("build") == 1
    assert "twice(3): it is 6, expected 7" in capsys.readouterr().err
    assert lesson.solution.read_bytes() == before


def test_force_runs_a_lesson_again(marked, cli):
    assert cli("build", "--force") == 0
    assert MARK not in marked.lesson("01_toy").solution.read_text()


def _text(path) -> str:
    return path.read_text("utf-8")
