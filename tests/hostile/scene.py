"""Set the scene: a course tree with secrets in it, and witnesses that must stay as they are."""

import contextlib
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from course.build import build_release, build_solution
from course.grading import enter_lesson
from course.lessons import Course
from grading.folders import Folders
from tests.conftest import ROOT, write_toy
from tests.hostile.attack import LESSON, Attack, submission

PORT = 18427


def build(root: Path) -> Course:
    """Lay out and build a course with the lesson to attack, its helpers copied, not linked."""
    course = write_toy(root, LESSON.read_text("utf-8"))
    (root / "helpers").unlink()
    shutil.copytree(ROOT / "helpers", root / "helpers")
    lesson = course.lesson("01_toy")
    build_solution(lesson)
    build_release(lesson)
    enter_lesson(lesson, Folders(root / "grading"))
    with Gradebook(f"sqlite:///{root}/grading/gradebook.db") as book:
        book.add_student("witness", last_name="KEY-BOOK")
    return course


def hand_in(course: Course, student: str, attack: Attack | None) -> Path:
    """Write one submission where nbgrader collects them."""
    lesson = course.lesson("01_toy")
    place = course.root / "grading/submitted" / student / "01_toy"
    place.mkdir(parents=True)
    if attack and attack.deliver == "symlink":
        (place / "toy.ipynb").symlink_to(lesson.solution)
    else:
        nbformat.write(submission(attack, lesson), place / "toy.ipynb")
    return place


def hand_in_other(course: Course) -> None:
    """Write the submission of another student, with a secret in it."""
    place = hand_in(course, "z-honest-other", None) / "toy.ipynb"
    text = place.read_text("utf-8")
    place.write_text(text.replace("# A lesson to attack", "# A lesson to attack KEY-OTHER", 1))


@contextlib.contextmanager
def secrets(folder: Path) -> Iterator[None]:
    """Put secrets where attacks look: the environment, /tmp, a server, a socket."""
    stolen = Path("/tmp") / f"KEY-{os.getpid()}.txt"
    stolen.write_text("KEY-TMP")
    before = {name: os.environ.get(name) for name in ("COURSE_KEY", "HOME")}
    os.environ.update(COURSE_KEY="KEY-ENV", HOME=str(folder))
    server = _server()
    witness = socket.socket(socket.AF_UNIX)
    witness.bind(f"\0hostile-witness-{os.getpid()}")
    if server:
        threading.Thread(target=_serve, args=(server,), daemon=True).start()
    try:
        yield
    finally:
        if server:
            server.close()
        witness.close()
        stolen.unlink()
        Path("/tmp/KEY-ESCAPED").unlink(missing_ok=True)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def disturbed(course: Course, home: Path) -> list[str]:
    """Return what an attack has changed that is none of its business."""
    found = []
    with Gradebook(f"sqlite:///{course.root}/grading/gradebook.db") as book:
        if book.find_student("witness").last_name != "KEY-BOOK":
            found.append("the gradebook was written to")
    for place in (course.root / "grading/submitted").glob("*honest*/01_toy/toy.ipynb"):
        if place.read_text("utf-8") == "owned":
            found.append("another submission was overwritten")
    if (course.root / "helpers/owned.py").exists():
        found.append("a module was left among the helpers")
    if (home / ".ipython/profile_default/startup/99-hostile-suite.py").exists():
        found.append("a start-up file was left")
    if Path("/tmp/KEY-ESCAPED").exists():
        found.append("code ran in the grader itself")
    return found


def _server() -> socket.socket | None:
    """Return a server on the loopback; None where another run of the suite has it already."""
    try:
        return socket.create_server(("127.0.0.1", PORT))
    except OSError:
        return None


def _serve(server: socket.socket) -> None:
    while True:
        try:
            client, _ = server.accept()
        except OSError:
            return
        with client:
            client.sendall(b"KEY-NET")
