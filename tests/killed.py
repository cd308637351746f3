"""Kill a class run at every point where it writes, and let it go on: python -m tests.killed FOLDER.

FOLDER is a built course whose gradebook knows the lesson 01_toy. Grading itself is replaced by
ready results, so that hundreds of kills take seconds. Prints one line of JSON.
"""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from course.grading import class_run
from course.lessons import Course
from grading import classrun
from grading.folders import Folders
from grading.grade import Graded, read_master
from grading.results import GRADED, Result
from grading.score import score_notebook
from grading.submissions import Submission

STUDENTS = ("ada", "bela", "chidi")


def main(root: Path) -> None:
    """Kill run after run, each one event later than the last, and print what was seen."""
    calm = _fresh(root, "calm")
    assert _in_child(root, calm, 0) == 0
    want, kills = _contents(calm), 0
    seen = {"whole": True, "same": True, "graded_twice": 0}
    while True:
        place = _fresh(root, f"killed-{kills}")
        if _in_child(root, place, kills + 1) == 0:
            break
        kills += 1
        seen["whole"] &= _is_whole(place)
        done = len(list(place.glob("autograded/*/01_toy/result.json")))
        assert _in_child(root, place, 0) == 0
        seen["graded_twice"] += int((place / "graded").read_text()) - (len(STUDENTS) - done)
        seen["same"] &= _contents(place) == want
        shutil.rmtree(place)
    print(json.dumps({"kills": kills, **seen}))


def _fresh(root: Path, name: str) -> Path:
    place = root / "runs" / name
    place.mkdir(parents=True)
    shutil.copy(root / "grading/gradebook.db", place / "gradebook.db")
    return place


def _in_child(root: Path, place: Path, kill_at: int) -> int:
    """Run the class in a forked process that kills itself at an event; return its wait status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    code = 1
    try:
        _run_class(root, place, kill_at)
        code = 0
    except Exception:
        traceback.print_exc()
    os._exit(code)


def _run_class(root: Path, place: Path, kill_at: int) -> None:
    lesson = Course(root).lesson("01_toy")
    run = class_run(lesson, Folders(place))
    graded = []
    classrun.grade_all = lambda run, submissions: (
        _ready(run, item, graded) for item in submissions
    )
    _arm(kill_at)
    classrun.grade_class(run, [Submission(name, root / "handed-in" / name) for name in STUDENTS])
    (place / "graded").write_text(str(len(graded)))


def _ready(run, submission: Submission, graded: list) -> Graded:
    """Return a full result at once."""
    graded.append(submission)
    master = read_master(run.files)
    notebook = master.solution
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
    checks = score_notebook(notebook, master.hidden)
    result = Result(
        master.lesson, submission.student, GRADED, checks=checks, answers={"add": "answer"},
        fingerprint=master.fingerprint(submission, master.find(submission)),
    )  # fmt: skip
    return Graded(result, notebook)


def _arm(kill_at: int) -> None:
    """Count writes to the disk and to the gradebook, and die by SIGKILL at one of them."""
    count = 0

    def tick(*_arguments) -> None:
        nonlocal count
        count += 1
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_commit", "after_commit", "after_flush"):
        event.listen(Session, name, tick)
    replace = Path.replace

    def counted(path: Path, target: Path):
        tick()
        replace(path, target)
        tick()

    Path.replace = counted


def _is_whole(place: Path) -> bool:
    with contextlib.closing(sqlite3.connect(place / "gradebook.db")) as book:
        sound = book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        halves = book.execute(
            "SELECT count(*) FROM submitted_assignment a WHERE"
            " (SELECT count(*) FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id"
            " WHERE n.assignment_id = a.id AND g.auto_score IS NOT NULL) != 4"
        ).fetchone()
    return sound and halves == (0,)


def _contents(place: Path) -> dict:
    """Return the scores in the gradebook and the files of a run."""
    with contextlib.closing(sqlite3.connect(place / "gradebook.db")) as book:
        scores = book.execute(
            "SELECT a.student_id, c.name, g.auto_score, g.needs_manual_grade FROM grade g"
            " JOIN submitted_notebook n ON g.notebook_id = n.id"
            " JOIN submitted_assignment a ON n.assignment_id = a.id"
            " JOIN base_cell c ON g.cell_id = c.id ORDER BY 1, 2"
        ).fetchall()
    files = sorted(str(p.relative_to(place)) for p in place.rglob("*") if p.is_file())
    return {"scores": scores, "files": [f for f in files if f != "graded" and "/." not in f]}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
