"""A student's folder is searched within bounds, and a new grader is noticed."""

import json
import os
import tracemalloc
import zipfile

import pytest

from grading import archives
from grading.reading import LONGEST, read_notebook
from grading.submissions import (
    DAMAGED,
    LARGEST,
    MOST_BYTES,
    HandedIn,
    Submission,
    find_submissions,
)
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


@pytest.mark.parametrize("data", [b"", b"PK", b'{"cells": [], "nbformat": 4}', bytes(100)])
def test_a_file_of_the_right_name_without_a_cell_gives_way_to_a_complete_one(tmp_path, data):
    (tmp_path / "toy.ipynb").write_bytes(data)
    assert Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS).data == data
    (tmp_path / "toy (1).ipynb").write_text('"first-answer" "second-answer"')
    found = Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS)
    assert found.name == "toy (1).ipynb"
    assert "toy.ipynb holds no cells" in found.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_of_the_right_name_with_cells_is_taken(tmp_path, encoding):
    (tmp_path / "toy.ipynb").write_text('{"cells": [{"source": "x = 1"}]}', encoding)
    (tmp_path / "toy (1).ipynb").write_text('"first-answer" "second-answer"')
    assert Submission("ada", tmp_path).handed_in("toy", "01_toy", MARKS).name == "toy.ipynb"


def test_what_is_no_students_folder_is_said(tmp_path, caplog):
    for name in ("ada", "_eve", "_empty", "__MACOSX", ".git"):
        (tmp_path / name).mkdir()
    (tmp_path / "_eve/toy.ipynb").touch()
    (tmp_path / "flat.ipynb").touch()
    (tmp_path / ".DS_Store").touch()
    (tmp_path / "link").symlink_to(tmp_path / "ada")
    assert [item.student for item in find_submissions(tmp_path)] == ["_eve", "ada"]
    (message,) = caplog.messages
    words = "3 entries are no student's folder and not graded: _empty, flat.ipynb, link"
    assert message == words


def test_a_cell_that_is_left_out_for_its_length_is_said():
    cells = [{"cell_type": "code", "source": text} for text in ("x = 1", "#" * (LONGEST + 1))]
    data = json.dumps({"cells": cells, "nbformat": 4}).encode()
    read = read_notebook(HandedIn("toy.ipynb", data))
    assert [cell.source for cell in read.notebook.cells] == ["x = 1", ""]
    assert read.notes == ("the text of 1 cell was left out: a cell may have 200,000 characters",)


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
