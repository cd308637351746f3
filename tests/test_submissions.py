"""A student's folder is searched within bounds, and a new grader is noticed."""

import tracemalloc
import zipfile

from grading.submissions import LARGEST, Submission
from grading.version import code_version

MARKS = frozenset({"first-answer", "second-answer"})


def test_a_zip_bomb_is_read_a_file_at_a_time_and_not_to_its_end(tmp_path):
    with zipfile.ZipFile(tmp_path / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", '"first-answer" "second-answer"')
        for number in range(30):
            archive.writestr(f"b{number}.ipynb", bytes(LARGEST))
    tracemalloc.start()
    found = Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.name == "work.zip/a.ipynb"
    assert peak < 6 * LARGEST  # a file, its text, and what unpacking holds: not 30 files


def test_the_file_with_most_of_the_marks_is_taken(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old/toy.ipynb").write_text("nothing of it")
    (tmp_path / "final (2).ipynb").write_text('"first-answer" "second-answer"')
    found = Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS)
    assert found.name == "final (2).ipynb"
    assert "toy.ipynb" in found.notes[0]


def test_another_lessons_notebook_is_not_taken(tmp_path):
    (tmp_path / "other.ipynb").write_text('"third-answer"')
    assert Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS) is None


def test_changed_helpers_are_another_version(tmp_path):
    for name, text in (("one", "x = 1"), ("two", "x = 2"), ("same", "x = 1")):
        (tmp_path / name / "helpers").mkdir(parents=True)
        (tmp_path / name / "helpers/__init__.py").write_text(text)
    one, two, same = (code_version(tmp_path / name) for name in ("one", "two", "same"))
    assert one == same != two
