"""Find what students handed in: one folder a student, with a notebook somewhere in it."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from grading.archives import Archives
from grading.entries import holds_cells, is_clutter, is_notebook, student_folders
from grading.errors import UserError
from grading.files import refuse_unreadable, writable
from grading.moments import in_utc, read_moment

DEEPEST = 5  # folders in folders that are looked into
MOST_FILES = 2000
TIME = "timestamp.txt"  # when work was handed in, as nbgrader writes it
LARGEST = 50_000_000  # bytes; an honest lesson with its figures is under one million
MOST_BYTES = 400_000_000  # of all files that are looked into, unpacked; a zip bomb ends here
DAMAGED = 5_000_000  # bytes that a file counts which gave none, after unpacking who knows how many


@dataclass(frozen=True)
class HandedIn:
    """One file that may be the notebook.

    Attributes:
        name: its path below the student's folder, for messages.
        data: its bytes; at most LARGEST + 1 of them.
        notes: sentences for the student where it was not the file that was asked for.
    """

    name: str
    data: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """One student's folder."""

    student: str
    folder: Path

    def handed_in(self, slug: str, lesson: str, marks: frozenset[str]) -> HandedIn | None:
        """Return the notebook of a lesson, or None.

        The file of the lesson's name comes first where it holds any cells, then the one that shows
        most of the lesson's marks; one that shows none is another lesson's, whatever it is called.

        Args:
            slug: the notebook's name without its ending.
            lesson: the lesson's folder name.
            marks: the grade_ids of the lesson's answers.

        Raises:
            UserError: the grader has no right to read a file or folder of the student's.
        """
        names = (f"{lesson}/{slug}.ipynb", f"{slug}.ipynb")
        read = [(name, _read(self.folder / name, self.folder)) for name in names]
        asked = [HandedIn(name, data) for name, data in read if data is not None]
        for item in asked:
            if holds_cells(item.data):
                return item
        best = _best(_candidates(self.folder), slug, marks)
        if best is None:
            return asked[0] if asked else None
        why = f"{asked[0].name} holds no cells" if asked else f"it should be called {slug}.ipynb"
        name = writable(best.name)
        return HandedIn(name, best.data, (f"the file {name} was graded: {why}",))

    def timestamp(self, lesson: str) -> str:
        """Return when the work was handed in, from nbgrader's timestamp.txt; '' if not known."""
        moment = read_moment(self.written_time(lesson))
        return in_utc(moment) if moment else ""

    def written_time(self, lesson: str) -> str:
        """Return what timestamp.txt says, whatever it is; '' where there is none."""
        for place in (self.folder / lesson, self.folder):
            data = _read(place / TIME, self.folder)
            if data is not None:
                return data[:100].decode("utf-8-sig", "replace").strip()
        return ""


def find_submissions(folder: Path) -> list[Submission]:
    """Return the submissions below a folder: one folder a student, in alphabetical order.

    Raises:
        UserError: the folder is missing or a file, or holds no student's folder.
    """
    folder = folder.resolve()  # other machines of a cluster have another current folder
    if folder.is_file():
        raise UserError(f"{folder} is a file: run course collect LESSON {folder} first")
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}: --submissions takes one folder a student")
    students = student_folders(folder)
    if not students:
        raise UserError(f"{folder} holds no submissions: expected one folder a student in it")
    return [Submission(writable(path.name), path) for path in students]


def fingerprint(handed_in: HandedIn | None, *against: str) -> str:
    """Return a hash of a submission's bytes and of what it is graded against."""
    digest = hashlib.sha256(handed_in.data if handed_in else b"")
    for text in against:
        digest.update(text.encode())
    return digest.hexdigest()


def _best(candidates, slug: str, marks: frozenset[str]) -> HandedIn | None:
    """Return the candidate that is likeliest the lesson's notebook; holds one or two at a time."""
    best, highest = None, None
    for item in candidates:
        rank = _rank(item, slug, marks)
        likely = 2 * rank[0] >= len(marks) or all(rank[:2])
        if likely and (highest is None or rank > highest):
            best, highest = item, rank
    return best


def _candidates(folder: Path):
    """Yield every file below a folder, or in an archive there, that may be a notebook."""
    seen = 0
    for item in _every_candidate(folder):
        yield item
        seen += len(item.data) or DAMAGED
        if seen > MOST_BYTES:
            return


def _every_candidate(folder: Path):
    archives = Archives()
    for path in _plain_files(folder):
        name = str(path.relative_to(folder))
        if is_notebook(path.name):
            data = _read(path, folder)
            if data is not None:
                yield HandedIn(name, data)
        elif path.suffix.lower() == ".zip":
            for member, data in archives.read(path, is_notebook, LARGEST + 1):
                yield HandedIn(f"{name}/{member}", data)


def _plain_files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refuse_unreadable, followlinks=False):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(f for f in folders if depth < DEEPEST and not is_clutter(f))
        found += [Path(place) / name for name in sorted(names) if not is_clutter(name)]
        if len(found) > MOST_FILES:
            break
    return found[:MOST_FILES]


def _rank(item: HandedIn, slug: str, marks: frozenset[str]) -> tuple[int, bool, int]:
    """Rank a candidate: how many of the lesson's marks it shows, its name, how shallow it lies."""
    text = item.data.decode("utf-8", "ignore")
    shown = sum(mark in text for mark in marks)
    return (shown, slug.lower() in Path(item.name).name.lower(), -item.name.count("/"))


def _read(path: Path, folder: Path) -> bytes | None:
    """Return a plain file's first bytes; None for what is missing, a link, a pipe or a device."""
    links = [path, *(p for p in path.parents if p != folder and p.is_relative_to(folder))]
    try:
        if any(place.is_symlink() for place in links):
            return None
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    except PermissionError as error:
        refuse_unreadable(error)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        return file.read(LARGEST + 1)
