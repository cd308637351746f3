"""A student's folder is searched within bounds, and a new grader is noticed."""

import os
import tracemalloc
import zipfile

import pytest

from grading import archives
from grading.submissions import DAMAGED, LARGEST, MOST_BYTES, Submission, find_submissions
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


def write_zip(path, count: int, text: str = "") -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.ipynb", text)


@pytest.fixture
def done(monkeypatch):
    """Count the archives that are opened and the members that are read."""
    done = {"opened": 0, "read": 0}
    real_open, real_read = zipfile.ZipFile.__init__, archives.read_member

    def opening(self, *rest, **how):
        done["opened"] += 1
        real_open(self, *rest, **how)

    def reading(*rest):
        done["read"] += 1
        return real_read(*rest)

    monkeypatch.setattr(zipfile.ZipFile, "__init__", opening)
    monkeypatch.setattr(archives, "read_member", reading)
    return done


def test_a_zip_file_is_opened_once_and_empty_files_end_the_search(tmp_path, done):
    write_zip(tmp_path / "a.zip", 3_000)
    done["opened"] = 0
    assert Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS) is None
    assert done == {"opened": 1, "read": MOST_BYTES // DAMAGED + 1}


def test_members_are_counted_over_all_zip_files(tmp_path, done, monkeypatch):
    for name in "abc":
        write_zip(tmp_path / f"{name}.zip", 40, "nothing")
    monkeypatch.setattr(archives, "MOST_MEMBERS", 100)
    assert Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS) is None
    assert done["read"] == 100


def test_a_long_table_of_contents_is_not_read(tmp_path, done, monkeypatch):
    write_zip(tmp_path / "a.zip", 2_000)
    write_zip(tmp_path / "b.zip", 1, '"first-answer" "second-answer"')
    monkeypatch.setattr(archives, "LONGEST_TABLES", 20_000)
    found = Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS)
    assert found.name == "b.zip/0.ipynb"
    assert done["read"] == 1


def test_a_pipe_called_zip_is_passed_by(tmp_path):
    os.mkfifo(tmp_path / "a.zip")
    assert Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS) is None


def test_names_that_are_no_utf8_can_be_written(tmp_path):
    folder = tmp_path / os.fsdecode(b"ada \xff")
    folder.mkdir()
    (folder / os.fsdecode(b"toy \xff.ipynb")).write_text('"first-answer" "second-answer"')
    (ada,) = find_submissions(tmp_path)
    assert ada.student == "ada %DCFF"
    found = ada.handed_in("toy", "01_toy", MARKS)
    assert found.name == "toy %DCFF.ipynb"
    assert "toy %DCFF.ipynb was graded" in found.notes[0]
