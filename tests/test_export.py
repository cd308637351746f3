"""Grades leave in the columns that Canvas' and Moodle's importers look for."""

import csv
import io

import pytest

from course.lms.export import Grade, canvas_csv, moodle_csv, plain_csv
from course.lms.roster import Entry

GRADES = [Grade("ada", 3.5), Grade("bela", 0.0), Grade("chi", 4.0)]
CANVAS = [Entry("ada", "canvas", "340934", "lovelaceada"), Entry("bela", "canvas", "17", "=bela")]
MOODLE = [Entry("ada", "moodle", "12345", "Ada Lovelace", "ada@example.org")]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_canvas_finds_its_columns_and_its_students_by_id():
    text, lost = canvas_csv(GRADES, CANVAS, "Perceptron (4711)", 4)
    head, possible, *students = rows(text)
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Perceptron (4711)"]
    assert "Points Possible" in possible[0]
    assert possible[5] == "4"
    assert [(row[1], row[5]) for row in students] == [("340934", "3.5"), ("17", "0")]
    assert students[1][0] == "'=bela"  # no formula in a spreadsheet
    assert lost == ["chi"]


def test_canvas_own_gradebook_keeps_its_rows(tmp_path):
    exported = tmp_path / "gradebook.csv"
    exported.write_text(
        "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Perceptron (4711),Final Score\n"
        "    Points Possible,,,,,4,(read only)\n"
        '"Nobody, New",99,S99,new,Monday,,\n'
        '"Lovelace, Ada",340934,S1,ada,Monday,,\n',
        "utf-8",
    )
    text, lost = canvas_csv(GRADES, CANVAS, "Perceptron (4711)", 4, exported)
    assert rows(text)[2:] == [
        ["Nobody, New", "99", "S99", "new", "Monday", ""],
        ["Lovelace, Ada", "340934", "S1", "ada", "Monday", "3.5"],
    ]
    assert lost == ["chi", "bela"]


def test_moodle_finds_its_columns():
    text, lost = moodle_csv(GRADES, MOODLE, 4)
    head, row = rows(text)
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(head)
    told = dict(zip(head, row, strict=True))
    assert told["Identifier"] == "Participant 12345"
    assert (told["Grade"], told["Maximum grade"]) == ("3.5", "4")
    assert lost == ["bela", "chi"]


def test_a_plain_table_holds_everybody():
    table = rows(plain_csv(GRADES, MOODLE, 4))
    assert [row[0] for row in table] == ["student", "ada", "bela", "chi"]
    assert table[1][1:3] == ["Ada Lovelace", "ada@example.org"]


@pytest.fixture(scope="module")
def graded(built_toy, tmp_path_factory):
    """A Moodle class of two, collected and graded."""
    import shutil

    from tests.conftest import run_course

    root = tmp_path_factory.mktemp("export") / "course"
    shutil.copytree(built_toy.root, root, symlinks=True)
    for name in ("Ada L_1", "Bo B_2"):
        place = root / "download" / f"{name}_assignsubmission_file_"
        place.mkdir(parents=True)
        shutil.copy(root / "notebooks/01_toy/toy.ipynb", place)
    assert run_course(root, "collect", "01_toy", root / "download") == 0
    submitted = root / "grading/submitted"
    assert run_course(root, "grade", "01_toy", "--submissions", submitted) == 0
    return root


def test_what_was_graded_goes_out(graded, capsys):
    from tests.conftest import run_course

    assert run_course(graded, "export", "01_toy", "--to", "moodle") == 0
    assert "Grades of 2 students" in capsys.readouterr().out
    table = rows((graded / "grading/exported/01_toy-moodle.csv").read_text())
    assert [row[:2] for row in table[1:]] == [["Participant 1", "Ada L"], ["Participant 2", "Bo B"]]
    assert [row[4] for row in table[1:]] == ["0", "0"]


def test_the_wrong_system_gets_one_sentence(graded, capsys):
    from tests.conftest import run_course

    assert run_course(graded, "export", "01_toy", "--to", "canvas") == 1
    assert "none of the graded students is known from canvas" in capsys.readouterr().err


def test_nothing_graded_gets_one_sentence(cli, capsys):
    assert cli("export", "01_toy") == 1
    assert "not graded yet" in capsys.readouterr().err
