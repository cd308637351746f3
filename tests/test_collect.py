"""Downloads of Canvas, Moodle and Gradescope, and folders, become one folder a student."""

import csv
import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT, refuse

CANVAS = {
    "smithbob_340934_208490284_toy.ipynb": b"bob",
    "wellslane_LATE_334244_394803489_toy-1.ipynb": b"lane again",
    "wellslane_LATE_334244_394803489_notes.pdf": b"no notebook",
    "muellerjuergen_17_18_my_own_name.ipynb": b"with underscores",
}
MOODLE = {
    "Jane Doe_12345_assignsubmission_file_/toy.ipynb": b"jane",
    "Jürgen Müller_12346_assignsubmission_file_/work/toy.ipynb": b"in a folder",
    "Bob Smith_12347_assignsubmission_file_toy.ipynb": b"flat",
    "Bob Smith_12348_assignsubmission_file_/toy.ipynb": b"another Bob",
    "Zoe Li_12349_assignsubmission_file_/essay.pdf": b"no notebook",
}
GRADESCOPE = {
    "assignment_7_export/submission_1/toy.ipynb": b"two people",
    "assignment_7_export/submission_2/toy.ipynb": b"one",
    "assignment_7_export/submission_metadata.yml": b"""---
submission_1:
  :submitters:
  - :name: Ada L
    :sid: 1815
    :email: ada@example.org
  - :name: Charles B
    :sid:
    :email: charles@example.org
  :created_at: 2026-11-01 12:30:00.500000000 +01:00
submission_2:
  :submitters:
  - :name: Grace H
    :sid: '0042'
    :email: grace@example.org
  :created_at: 2026-11-02 09:00:00.000000000 Z
""",
}
FOLDERS = {"class/ada/01_toy/toy.ipynb": b"ada", "class/bela/toy.ipynb": b"bela"}
NBGRADER = {
    "ada/01_toy/toy.ipynb": b"ada",
    "ada/01_toy/timestamp.txt": b"2026-11-01 12:30:00 UTC",
    "ada/02_other/other.ipynb": b"another lesson",
}


@pytest.fixture
def collected(toy, cli, tmp_path):
    """Collect a download and return {path below submitted: bytes} and the roster's rows."""

    def run(files: dict[str, bytes], *, packed: bool = True):
        place = tmp_path / "download"
        if packed:
            with zipfile.ZipFile(place, "w") as archive:
                for name, data in files.items():
                    archive.writestr(name, data)
        else:
            for name, data in files.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes(data)
        assert cli("collect", "01_toy", place) == 0
        root = toy.root / "grading"
        found = {
            str(path.relative_to(root / "submitted")): path.read_bytes()
            for path in sorted((root / "submitted").rglob("*"))
            if path.is_file()
        }
        with (root / "rosters/01_toy.csv").open(encoding="utf-8", newline="") as file:
            return found, {row["student"]: row for row in csv.DictReader(file)}

    return run


@pytest.mark.parametrize("packed", [True, False])
def test_canvas(collected, capsys, packed):
    found, roster = collected(CANVAS, packed=packed)
    assert found == {
        "smithbob/01_toy/toy.ipynb": b"bob",
        "wellslane/01_toy/toy.ipynb": b"lane again",
        "muellerjuergen/01_toy/my_own_name.ipynb": b"with underscores",
    }
    assert roster["wellslane"]["id"] == "334244"
    assert [row["late"] for row in roster.values()] == ["", "", "late"]
    out = capsys.readouterr().out
    assert "3 students, from Canvas." in out
    assert "notes.pdf" in out


def test_moodle(collected, capsys):
    found, roster = collected(MOODLE)
    assert found == {
        "jane-doe/01_toy/toy.ipynb": b"jane",
        "jurgen-muller/01_toy/work/toy.ipynb": b"in a folder",
        "bob-smith-12347/01_toy/toy.ipynb": b"flat",
        "bob-smith-12348/01_toy/toy.ipynb": b"another Bob",
    }
    assert roster["jurgen-muller"]["name"] == "Jürgen Müller"
    out = capsys.readouterr().out
    assert "1 without a notebook: zoe-li." in out
    assert "share a name" in out


def test_gradescope(collected):
    found, roster = collected(GRADESCOPE)
    assert {path: data for path, data in found.items() if path.endswith("ipynb")} == {
        "ada-l/01_toy/toy.ipynb": b"two people",
        "charles-b/01_toy/toy.ipynb": b"two people",
        "grace-h/01_toy/toy.ipynb": b"one",
    }
    assert roster["grace-h"]["sid"] == "0042"
    assert found["ada-l/01_toy/timestamp.txt"] == b"2026-11-01 12:30:00.500000+01:00"


def test_moments_with_and_without_a_zone_are_compared():
    from course.lms.layout import last_moment
    from course.lms.people import Handed, Person

    who = Person("gradescope", "1", "Ada")
    moments = ("2026-11-01 12:30:00", "2026-11-01 12:30:00 -01:00", "", "no moment")
    handed = [Handed(who, "toy.ipynb", None, moment=moment) for moment in moments]
    assert last_moment(handed) == "2026-11-01 12:30:00-01:00"


def test_a_class_of_thousands_in_one_zip(collected):
    files = {f"s{n:04}_{n}_{n}_toy.ipynb": b"{}" for n in range(1, 3001)}
    found, _ = collected(files)
    assert len(found) == 3000


def test_folders(collected):
    found, _ = collected(FOLDERS)
    assert sorted(found) == ["ada/01_toy/toy.ipynb", "bela/01_toy/toy.ipynb"]


def test_nbgraders_own_layout_keeps_its_shape_and_its_times(collected, capsys):
    found, roster = collected(NBGRADER, packed=False)
    assert found == {path: data for path, data in NBGRADER.items() if "01_toy" in path}
    assert list(roster) == ["ada"]
    out = capsys.readouterr().out
    assert "1 student, from folders." in out
    assert "1 file left aside: other.ipynb." in out


def test_a_time_of_a_students_own_is_left_aside(collected):
    place = "Eve_1_assignsubmission_file_"
    found, _ = collected({f"{place}/toy.ipynb": b"eve", f"{place}/timestamp.txt": b"2020-01-01"})
    assert list(found) == ["eve/01_toy/toy.ipynb"]


def test_what_is_collected_already_is_not_collected_again(collected, cli, toy, capsys):
    found, _ = collected(NBGRADER)
    work = toy.root / "grading/submitted"
    assert cli("collect", "01_toy", work) == cli("collect", "01_toy", work / "ada") == 1
    assert "where collected work goes" in capsys.readouterr().err
    assert sum(path.is_file() for path in work.rglob("*")) == len(found)


def test_a_lesson_is_no_student(cli, tmp_path, capsys):
    (tmp_path / "ada/01_toy").mkdir(parents=True)
    (tmp_path / "ada/01_toy/toy.ipynb").write_bytes(b"ada")
    assert cli("collect", "01_toy", tmp_path / "ada") == 1
    assert "no work that can be told apart" in capsys.readouterr().err


def test_a_folder_that_cannot_be_read_stops_it(cli, tmp_path, monkeypatch, capsys):
    for student in ("ada", "bela"):
        (tmp_path / "work" / student).mkdir(parents=True)
        (tmp_path / "work" / student / "toy.ipynb").write_bytes(b"work")
    refuse(monkeypatch, os, "scandir", "work/ada")
    assert cli("collect", "01_toy", tmp_path / "work") == 1
    assert "ada cannot be read: give yourself the right to read it" in capsys.readouterr().err


def test_a_fresh_class_is_collected_whatever_the_path_of_programs(toy, tmp_path):
    (tmp_path / "work/ada").mkdir(parents=True)
    (tmp_path / "work/ada/toy.ipynb").write_bytes(b"ada")
    run = "from course.cli import main; main()"
    command = [sys.executable, "-c", run, "collect", "01_toy", tmp_path / "work"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "COURSE_ROOT": str(toy.root)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (toy.root / "grading/gradebook.db").is_file()


@pytest.mark.parametrize(
    ("separator", "code"), [(",", "cp1252"), (";", "cp1252"), (";", "utf-8-sig")]
)
def test_a_roster_that_a_spreadsheet_has_saved_is_read(collected, toy, separator, code):
    old = toy.root / "grading/rosters/01_toy.csv"
    old.parent.mkdir()
    lines = ["student,system,id,name,email,sid,late", "jurgen,canvas,17,Jürgen,,,late"]
    old.write_text("\n".join(lines).replace(",", separator), code)
    _, roster = collected(FOLDERS)
    assert sorted(roster) == ["ada", "bela", "jurgen"]
    assert (roster["jurgen"]["name"], roster["jurgen"]["late"]) == ("Jürgen", "late")


def test_collecting_again_replaces_a_students_work_whole(collected, cli, toy, tmp_path):
    collected(FOLDERS)
    again = tmp_path / "again/bela"
    again.mkdir(parents=True)
    (again / "other.ipynb").write_bytes(b"new")
    assert cli("collect", "01_toy", again.parent) == 0
    work = toy.root / "grading/submitted"
    assert [path.name for path in (work / "bela/01_toy").iterdir()] == ["other.ipynb"]
    assert (work / "ada/01_toy/toy.ipynb").read_bytes() == b"ada"


def test_names_cannot_leave_the_folder(collected):
    found, _ = collected(
        {
            "Eve_1_assignsubmission_file_/../../../evil.ipynb": b"up",
            "Eve_1_assignsubmission_file_/a:b.ipynb": b"colon",
        }
    )
    assert found == {"eve/01_toy/a_b.ipynb": b"colon"}


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "broken metadata"])
def test_what_is_no_download_gets_one_sentence(cli, tmp_path, capsys, kind):
    place = tmp_path / "download"
    if kind != "missing":
        place.mkdir() if kind != "text" else place.write_text("hello")
    if kind == "broken metadata":
        (place / "submission_metadata.yml").write_text("a: [")
    assert cli("collect", "01_toy", place) == 1
    err = capsys.readouterr().err.strip()
    assert err.startswith("course: ")
    assert "\n" not in err


def test_formgrader_knows_the_names(collected, toy):
    from nbgrader.api import Gradebook

    collected(MOODLE)
    with Gradebook(f"sqlite:///{toy.root}/grading/gradebook.db") as book:
        student = book.find_student("jurgen-muller")
        assert (student.first_name, student.last_name) == ("Jürgen", "Müller")


def test_names_of_files_do_not_command_the_terminal(collected, capsys):
    collected({"Eve_1_assignsubmission_file_/x\x1b[2Jy\n.pdf": b"1"})
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "1 file left aside: xy .pdf." in out


def test_damaged_work_is_told_and_the_rest_is_collected(cli, toy, tmp_path, capsys):
    place = tmp_path / "download.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("ada/toy.ipynb", b"ada's work")
        archive.writestr("bea/toy.ipynb", b"bea's work")
    place.write_bytes(place.read_bytes().replace(b"bea's work", b"bea's WORK", 1))
    assert cli("collect", "01_toy", place) == 1
    told = capsys.readouterr()
    assert "1 student, from folders." in told.out
    assert "the work of 1 student could not be unpacked (bea/toy.ipynb is damaged)" in told.err
    assert (toy.root / "grading/submitted/ada/01_toy/toy.ipynb").read_bytes() == b"ada's work"
    assert not (toy.root / "grading/submitted/bea").exists()


def test_a_time_stays_beside_the_work_that_it_is_of(collected, toy, capsys):
    collected(CANVAS)
    for name in ("smithbob", "wellslane"):
        (toy.root / f"grading/submitted/{name}/01_toy/timestamp.txt").write_text("2026-03-01")
    again = {name: b"changed" if b"lane again" in data else data for name, data in CANVAS.items()}
    capsys.readouterr()
    found, _ = collected(again)
    assert found["smithbob/01_toy/timestamp.txt"] == b"2026-03-01"
    assert "wellslane/01_toy/timestamp.txt" not in found
    assert "wellslane/01_toy/timestamp.txt (it was of older work)" in capsys.readouterr().out
