"""Grades leave in the columns that Canvas' and Moodle's importers look for."""

import csv
import io
import shutil

import pytest

from course.lms.export import Grade, canvas_csv, moodle_csv, plain_csv, read_exported
from course.lms.roster import Entry, read_roster, write_roster
from tests.conftest import run_course

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
    own = read_exported(exported, "Perceptron (4711)")
    text, lost = canvas_csv(GRADES, CANVAS, "Perceptron (4711)", 4, own)
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
    assert run_course(graded, "export", "01_toy", "--to", "moodle") == 0
    assert "Grades of 2 students" in capsys.readouterr().out
    table = rows((graded / "grading/exported/01_toy-moodle.csv").read_text())
    assert [row[:2] for row in table[1:]] == [["Participant 1", "Ada L"], ["Participant 2", "Bo B"]]
    assert [row[4] for row in table[1:]] == ["0", "0"]


def test_the_wrong_system_gets_one_sentence(graded, capsys):
    assert run_course(graded, "export", "01_toy", "--to", "canvas") == 1
    assert "none of the graded students is known from canvas" in capsys.readouterr().err


EXPORTED = {
    "no right to see SIS ids": (
        "Student,ID,SIS Login ID,Section,Notes,Toy (7)\n,,,,,Manual Posting\n"
        '    Points Possible,,,,,4\n"L, Ada",340934,ada,Monday,n,\n'
    ),
    "all columns": (
        "Student,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,Toy (7)\n"
        '    Points Possible,,,,,,,4\n"L, Ada",340934,S1,ada,I1,host,Monday,\n'
    ),
    "two names, semicolons": (
        "\ufeffLastName;FirstName;ID;SIS Login ID;Section;Toy (7)\n"
        "    Points Possible;;;;;4,00\nL;Ada;340934;ada;Monday;\n"
    ),
}


@pytest.fixture
def canvas(graded, tmp_path):
    """Export the class as if Canvas knew the first of the two; gives the exit code and the CSV."""
    shutil.copytree(graded, tmp_path / "course", symlinks=True)
    roster = tmp_path / "course/grading/rosters/01_toy.csv"
    roster.write_text(roster.read_text().replace(",moodle,1,", ",canvas,340934,"))

    def run(text: str, *options: str):
        (tmp_path / "exported.csv").write_text(text, "utf-8")
        how = ("--to", "canvas", "--gradebook", tmp_path / "exported.csv", *options)
        code = run_course(tmp_path / "course", "export", "01_toy", *how)
        place = tmp_path / "course/grading/exported/01_toy-canvas.csv"
        return code, rows(place.read_text()) if place.is_file() else []

    return run


@pytest.mark.parametrize("name", EXPORTED)
def test_every_gradebook_that_canvas_exports_is_taken(canvas, capsys, name):
    code, (head, possible, student) = canvas(EXPORTED[name], "--column", "Toy (7)")
    assert code == 0
    assert head[-2:] == ["Section", "Toy (7)"]
    assert len(head) == len(possible) == len(student)
    assert (possible[0], possible[-1]) == ("    Points Possible", "6")
    assert (student[head.index("ID")], student[-2:]) == ("340934", ["Monday", "0"])
    out = capsys.readouterr().out
    assert "Grades of 1 student:" in out
    assert "1 student left out, unknown to canvas: bo-b." in out


def test_who_handed_in_another_lesson_alone_is_not_called_unknown(graded, tmp_path, capsys):
    shutil.copytree(graded, tmp_path / "course", symlinks=True)
    (tmp_path / "course/grading/submitted/zoe/02_other").mkdir(parents=True)
    assert run_course(tmp_path / "course", "grade", "01_toy") == 0
    capsys.readouterr()
    assert run_course(tmp_path / "course", "export", "01_toy", "--to", "moodle") == 0
    out = capsys.readouterr().out
    assert "No line for 1 student who handed in nothing for 01_toy." in out
    assert "unknown" not in out


def test_a_gradebook_without_a_column_named_gets_a_new_assignment(canvas):
    code, table = canvas(EXPORTED["all columns"])
    assert (code, table[0][-1]) == (0, "Toy lesson · one exercise")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "exported.csv is empty"),
        ("Student,SIS Login ID,Section\n", "exported.csv should have the columns ID, Section"),
        (EXPORTED["all columns"], "exported.csv has no column 'Nope'"),
    ],
)
def test_a_gradebook_that_does_not_fit_gets_one_sentence(canvas, capsys, text, words):
    assert canvas(text, "--column", "Nope") == (1, [])
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--column", "--gradebook"])
def test_what_is_for_canvas_alone_is_refused_elsewhere(cli, capsys, option):
    assert cli("export", "01_toy", "--to", "moodle", option, "nofile.csv") == 2
    assert "--column and --gradebook are for --to canvas" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export", "collect", "grade"])
def test_a_gradebook_that_is_no_database_gets_one_sentence(toy, cli, capsys, command):
    (toy.root / "grading/gradebook.db").write_text("this is no database")
    (toy.root / "work/ada").mkdir(parents=True)
    (toy.root / "work/ada/toy.ipynb").write_text("{}")
    more = {"export": (), "collect": ("work",), "grade": ("--submissions", "work")}
    assert cli(command, "01_toy", *more[command]) == 1
    error = capsys.readouterr().err
    assert "gradebook.db cannot be used: (sqlite3.DatabaseError) file is not a database" in error
    assert "SELECT" not in error


def test_nothing_graded_gets_one_sentence(cli, capsys):
    assert cli("export", "01_toy") == 1
    assert "not graded yet" in capsys.readouterr().err


nbgrader_warns = pytest.mark.filterwarnings("ignore:Object of type .* not in session")


@pytest.fixture
def book(tmp_path):
    """nbgrader's gradebook with two lessons and six submissions of the first."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        for lesson in ("01_toy", "02_other"):
            book.add_assignment(lesson)
            book.add_notebook("toy", lesson)
            for cell in ("one", "two"):
                book.add_grade_cell(cell, "toy", lesson, max_score=3, cell_type="code")
        for name in ("ada", "bo", "chi", "dan", "eva", "fay"):
            book.add_student(name)
            book.add_submission("01_toy", name)
        book.add_submission("02_other", "ada")
        for grade in book.find_submission_notebook("toy", "01_toy", "ada").grades:
            grade.auto_score, grade.needs_manual_grade = 2.5, False
        bo = book.find_submission_notebook("toy", "01_toy", "bo")
        bo.late_submission_penalty = 1.5
        bo.grades[0].auto_score, bo.grades[0].manual_score, bo.grades[0].extra_credit = 1, 2, 1
        chi = book.find_submission_notebook("toy", "01_toy", "chi")
        chi.late_submission_penalty, chi.grades[0].auto_score = 5, 1
        for grade in book.find_submission_notebook("toy", "02_other", "ada").grades:
            grade.auto_score = 3
        book.db.delete(book.find_submission_notebook("toy", "01_toy", "fay"))
        book.db.commit()
        yield book


@nbgrader_warns
def test_points_are_those_of_the_gradebook(book, tmp_path):
    from course.grades import read_grades
    from grading.folders import Folders

    read = read_grades(Folders(tmp_path), "01_toy")
    points = {"ada": 5, "bo": 1.5, "chi": 0, "dan": 0, "eva": 0, "fay": 0}
    assert {grade.student: grade.points for grade in read.grades} == points
    assert list(points) == [grade.student for grade in read.grades]
    assert read.most == 6
    rows = book.assignment_submissions("01_toy")
    assert points == {r.student_id: max(0, r.score - r.late_submission_penalty) for r in rows}
    assert read.waiting == sorted(r.student_id for r in rows if r.needs_manual_grade)


@nbgrader_warns
def test_points_of_a_class_are_asked_for_in_a_few_questions(book, tmp_path):
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    from course.grades import read_grades
    from grading.folders import Folders

    asked = []

    def note(*told):
        asked.append(told[2])

    event.listen(Engine, "before_cursor_execute", note)
    read_grades(Folders(tmp_path), "01_toy")
    event.remove(Engine, "before_cursor_execute", note)
    questions = [text for text in asked if "FROM submitted_assignment" in text]
    assert len(questions) == 2
    assert not any("(SELECT" in text for text in questions)


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''-x", "@x", "Bob", "'Bob'", "-", "", "'"])
def test_a_roster_holds_no_formula_and_is_read_as_it_was(tmp_path, text):
    place = tmp_path / "roster.csv"
    entry = Entry(text or "x", "folders", text, text, text, text)
    write_roster(place, [entry])
    write_roster(place, [])
    assert read_roster(place) == [entry]
    assert not any(cell.startswith(("=", "@", "-")) for cell in rows(place.read_text())[1])
