"""The gradebook holds the last result of each submission, whole, whatever happened before."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.grading import enter_lesson
from course.sample import with_solutions
from grading import classrun
from grading.errors import UserError
from grading.folders import Folders
from grading.record import Recorder
from grading.results import (
    CRASHED,
    GRADED,
    MISSING,
    TIMED_OUT,
    UNGRADABLE,
    UNREADABLE,
    Check,
    Result,
)
from grading.submissions import Submission
from tests.conftest import ROOT

DUE = datetime(2026, 3, 1, 12, 0)
CELLS = {"add-check": 1, "add-hidden": 1, "twice-check": 1, "binary-check": 1, "reflection": 2}


@pytest.fixture
def folders(toy) -> Folders:
    """A gradebook that knows the toy lesson."""
    folders = Folders(toy.root / "grading")
    enter_lesson(toy.lesson("01_toy"), folders)
    return folders


def result(score: float = 1.0, *, status=GRADED, answer="an answer", **facts) -> Result:
    """Return a result in which every check earns a share of its points."""
    checks = tuple(
        Check(name, name.split("-")[0], points, None if name == "reflection" else score * points)
        for name, points in CELLS.items()
    )
    answers = dict.fromkeys(("add", "twice", "binary", "reflection"), answer)
    return Result("01_toy", "ada", status, checks=checks, answers=answers, **facts)


def nothing(status: str) -> Result:
    """Return the explicit 0 of a submission that could not be graded."""
    checks = tuple(Check(name, name.split("-")[0], p, 0.0) for name, p in CELLS.items())
    return Result("01_toy", "ada", status, "a reason", checks)


def record(folders, *results: Result, config=None) -> None:
    previous = None
    with Recorder(folders.gradebook, config) as recorder:
        for one in results:
            recorder.record(one, "toy", previous)
            previous = one


def submission(folders, read):
    with Gradebook(f"sqlite:///{folders.gradebook}") as book:
        return read(book.find_submission("01_toy", "ada"))


def by_hand(folders, points: float) -> None:
    with Gradebook(f"sqlite:///{folders.gradebook}") as book:
        grade = book.find_grade("reflection", "toy", "01_toy", "ada")
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


@pytest.mark.parametrize("status", [MISSING, UNREADABLE, TIMED_OUT])
def test_a_failed_resubmission_keeps_no_points_of_the_first(folders, status):
    record(folders, result(1.0))
    by_hand(folders, 2.0)
    assert submission(folders, lambda s: s.score) == 6
    record(folders, nothing(status))
    assert submission(folders, lambda s: s.score) == 0
    assert not submission(folders, lambda s: s.needs_manual_grade)


@pytest.mark.parametrize("status", [CRASHED, UNGRADABLE])
def test_points_given_by_hand_survive_a_grading_that_failed(folders, status):
    record(folders, result(1.0))
    by_hand(folders, 2.0)
    record(folders, nothing(status))
    assert submission(folders, lambda s: s.score) == 2
    with Recorder(folders.gradebook) as recorder:
        recorder.record(result(1.0), "toy", replace(nothing(status), answers=result().answers))
    assert submission(folders, lambda s: s.score) == 6
    assert not submission(folders, lambda s: s.needs_manual_grade)


def test_they_survive_a_whole_run_that_failed(toy, cli, monkeypatch):
    lesson, book = toy.lesson("01_toy"), Folders(toy.root / "grading")
    (book.submitted / "ada/01_toy").mkdir(parents=True)
    shutil.copy(lesson.solution, book.submitted / "ada/01_toy/toy.ipynb")
    assert cli("grade", "01_toy") == 0
    by_hand(book, 2.0)
    with monkeypatch.context() as patch:
        patch.setattr(
            classrun, "grade_here", lambda one, work, _, *, given_up, **how: map(given_up, work)
        )
        assert cli("grade", "01_toy", "--force") == 0
    assert submission(book, lambda s: s.score) == 2
    assert cli("grade", "01_toy") == 0
    assert submission(book, lambda s: s.score) == 6
    assert not submission(book, lambda s: s.needs_manual_grade)


def test_points_given_by_hand_go_with_the_answer_they_were_given_for(folders):
    record(folders, result(1.0))
    by_hand(folders, 2.0)
    with Recorder(folders.gradebook) as recorder:
        recorder.record(result(0.0, answer="another"), "toy", result(1.0))
    assert submission(folders, lambda s: s.score) == 0
    assert submission(folders, lambda s: s.needs_manual_grade)


def test_points_given_by_hand_stay_while_the_answer_stays(folders):
    record(folders, result(0.0))
    by_hand(folders, 1.5)
    with Recorder(folders.gradebook) as recorder:
        recorder.record(result(1.0), "toy", result(0.0))
    assert submission(folders, lambda s: s.score) == 5.5
    assert not submission(folders, lambda s: s.needs_manual_grade)


def test_a_result_is_recorded_whole_or_not_at_all(folders):
    record(folders, result(1.0))
    torn = result(0.0)
    torn = replace(torn, checks=(*torn.checks[:-1], Check("reflection", "reflection", 2, "many")))
    with pytest.raises(UserError, match="did not take ada's result"):
        record(folders, torn)
    assert submission(folders, lambda s: s.score) == 4


def test_a_student_is_not_entered_without_a_submission(folders):
    stranger = replace(result(), lesson="07_none", student="zoe")
    with Recorder(folders.gradebook) as recorder, pytest.raises(UserError):
        recorder.record(stranger, "toy")
    with Gradebook(f"sqlite:///{folders.gradebook}") as book:
        assert [student.id for student in book.students] == []


PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin
class HourByHour(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600 + {extra}
c.AssignLatePenalties.plugin_class = HourByHour
"""


@pytest.mark.parametrize(
    ("hours", "extra", "penalty"), [(-1, 0, 0), (0, 0, 0), (1.5, 0, 1.5), (99, 0, 4), (1, -9, 0)]
)
def test_late_work_loses_what_nbgraders_plugin_says(folders, toy, hours, extra, penalty):
    with (toy.root / "nbgrader_config.py").open("a") as config:
        config.write(PLUGIN.format(extra=extra))
    with Gradebook(f"sqlite:///{folders.gradebook}") as book:
        book.update_or_create_assignment("01_toy", duedate=DUE)
    handed_in = str(DUE + timedelta(hours=hours))
    record(folders, result(1.0, timestamp=handed_in), config=toy.root)
    assert submission(folders, lambda s: s.late_submission_penalty) == penalty
    record(folders, result(1.0), config=toy.root)  # handed in again, without a time
    assert submission(folders, lambda s: s.late_submission_penalty) == 0


def test_points_given_by_hand_count_in_the_late_penalty(folders, toy):
    with (toy.root / "nbgrader_config.py").open("a") as config:
        config.write(PLUGIN.format(extra=0))
    with Gradebook(f"sqlite:///{folders.gradebook}") as book:
        book.update_or_create_assignment("01_toy", duedate=DUE)
    record(folders, result(1.0, timestamp=str(DUE + timedelta(hours=9))), config=toy.root)
    by_hand(folders, 2.0)
    assert submission(folders, lambda s: s.late_submission_penalty) == 4  # all there was
    for lesson, penalty in (("07_none", 4), ("01_toy", 6)):
        with Recorder(folders.gradebook, toy.root) as recorder:
            recorder.renew_penalties(lesson)
        assert submission(folders, lambda s: s.late_submission_penalty) == penalty


TIMES = {
    "2026-03-01 13:00:00.000000 +0100\n": "2026-03-01 12:00:00",
    "2026-03-01 12:00:00 UTC": "2026-03-01 12:00:00",
    "2026-03-01T12:00:00Z": "2026-03-01 12:00:00",
    "\ufeff2026-03-01 12:00": "2026-03-01 12:00:00",
    "2026/3/1 12:00:00.5": "2026-03-01 12:00:00.500000",
    "2026-03-01": "2026-03-01 00:00:00",
    "2026-03-01 13:00:00 UTC+01:00": "2026-03-01 12:00:00",
    "2026-03-01 13:00:00 GMT+1": "2026-03-01 12:00:00",
    "2026-03-01 10:30:00 -01:30": "2026-03-01 12:00:00",
    "2026-03-01 13:00:00 Europe/Berlin": "2026-03-01 12:00:00",
    "2026-03-01 13:00:00 CET": "2026-03-01 12:00:00",
}
NO_TIMES = ["yesterday or so", "12:99999999999999999999999999999999", "2026-13-06 23:59"]
NO_TIMES += ["2026-02-30", "06.03.2026", "6. März 2026", "23:59", "2026-03-06 23:59 +99:00"]
NO_TIMES += ["0001-01-01 00:00 +01:00", "2026-03-06 23:59:00 NOWHERE", "2026-03-06 25:00"]


@pytest.mark.parametrize("text", [*TIMES, *NO_TIMES])
def test_a_time_is_read_with_its_offset_or_not_at_all(tmp_path, text):
    (tmp_path / "01_toy").mkdir()
    (tmp_path / "01_toy/timestamp.txt").write_text(text, "utf-8")
    assert Submission("ada", tmp_path).timestamp("01_toy") == TIMES.get(text, "")
    assert Submission("ada", tmp_path).timestamp("02_other") == ""


def test_the_teacher_is_told_of_times_that_nobody_can_read(toy, cli, caplog):
    for student, text in {"ada": "06.03.2026", "bela": "2026-03-06 12:00:00", "chidi": ""}.items():
        (toy.root / "handed-in" / student).mkdir(parents=True)
        (toy.root / "handed-in" / student / "timestamp.txt").write_text(text)
    assert cli("grade", "01_toy", "--submissions", toy.root / "handed-in") == 0
    (message,) = [each for each in caplog.messages if "timestamp.txt" in each]
    assert message.startswith("ada: timestamp.txt says '06.03.2026', which is no time such as 2026")


def test_a_run_killed_at_any_write_goes_on_and_the_gradebook_is_whole(folders, toy):
    lesson = toy.lesson("01_toy")
    solution = nbformat.read(lesson.solution, as_version=4)
    release = nbformat.read(lesson.release, as_version=4)
    for student in ("ada", "bela", "chidi"):
        place = toy.root / "handed-in" / student
        place.mkdir(parents=True)
        nbformat.write(with_solutions(release, solution, lambda p: True), place / "toy.ipynb")
    command = [sys.executable, "-m", "tests.killed", str(toy.root)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen.pop("kills") >= 20
    assert seen == {"whole": True, "same": True, "graded_twice": 0}
