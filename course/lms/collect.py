"""Lay out a downloaded class as the grader and nbgrader want it: STUDENT/LESSON/files."""

import re
import shutil
import tempfile
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.lms.downloads import File, files_of
from course.lms.roster import Entry, write_roster
from course.lms.systems import Handed, Person, recognise
from grading.errors import UserError
from grading.moments import read_moment
from grading.submissions import is_notebook


@dataclass(frozen=True)
class Collected:
    """What came of a download.

    Attributes:
        system: where it came from.
        students: their folders' names.
        without: those of them who handed in no file that can hold a notebook.
        aside: files that belong to nobody, or hold no notebook.
        renamed: students who share a name, so that the system's number was added.
    """

    system: str
    students: list[str]
    without: list[str]
    aside: list[File]
    renamed: list[str]


def collect(download: Path, lesson: str, submitted: Path, roster: Path) -> Collected:
    """Copy a class's files into one folder a student; a student's older files are replaced whole.

    Args:
        download: a folder or zip from Canvas, Moodle or Gradescope, or with a folder a student.
        lesson: the lesson's folder name.
        submitted: where the students' folders go.
        roster: the CSV file that says who is who.

    Raises:
        UserError: the download cannot be read or is collected already, or nobody handed anything
            in.
    """
    if download.resolve().is_relative_to(submitted.resolve()):
        raise UserError(f"{download} lies in {submitted}, where collected work goes")
    system, handed, aside = recognise(files_of(download), lesson)
    if not handed:
        raise UserError(f"{download} holds no work that can be told apart: expected {_EXPECTED}")
    names = _folder_names({item.person for item in handed})
    work: dict[Person, list[Handed]] = {item.person: [] for item in handed}
    for item in handed:
        kept = _may_hold_a_notebook(item) or _is_moment(item)
        (work[item.person] if kept else aside).append(item if kept else item.file)
    for person, items in work.items():
        _write(submitted / names[person] / lesson, items)
    write_roster(roster, [_entry(names[person], person, work[person]) for person in work])
    with_one = {item.person for item in handed if _may_hold_a_notebook(item)}
    without = sorted(names[person] for person in work if person not in with_one)
    shared = sorted(names[p] for p in names if names[p] != _plain(p) and p.system != "folders")
    return Collected(system, sorted(names.values()), without, aside, shared)


_EXPECTED = "a download of Canvas, Moodle or Gradescope, or one folder a student"


def _may_hold_a_notebook(item: Handed) -> bool:
    return is_notebook(item.name) or item.name.lower().endswith(".zip")


def _is_moment(item: Handed) -> bool:
    """Tell whether nbgrader wrote a file; in a download of another system a student may have."""
    return item.person.system == "folders" and item.name == "timestamp.txt"


def _folder_names(people: set[Person]) -> dict[Person, str]:
    """Return a folder name for each person; where two share a name, the number comes behind it."""
    sharing: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        sharing[_plain(person)].append(person)
    return {
        person: name if len(group) == 1 else f"{name}-{_slug(person.id)}"
        for name, group in sharing.items()
        for person in group
    }


def _plain(person: Person) -> str:
    if person.system == "folders":
        return person.name
    return _slug(person.name) or _slug(person.id)


def _slug(text: str) -> str:
    """Return a name in small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _write(folder: Path, items: list[Handed]) -> None:
    """Write one student's files beside the old ones, then put them in their place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".collect-") as scratch:
        fresh = Path(scratch) / "new"
        fresh.mkdir()
        for item in items:
            place = _free(fresh / _safe(item.name))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(item.file.read())
        moment = _moment(items)
        if moment:
            (fresh / "timestamp.txt").write_text(moment, "utf-8")
        if folder.exists():
            shutil.move(folder, Path(scratch) / "old")
        fresh.rename(folder)


def _safe(name: str) -> Path:
    """Return a path that stays below its folder and that every system can write."""
    parts = [part for part in PurePosixPath(name).parts if part not in ("/", "..", ".")]
    plain = [re.sub(r"[\x00-\x1f<>:\"|?*\\]", "_", part)[:150] for part in parts]
    return Path(*plain or ["unnamed"])


def _free(path: Path) -> Path:
    """Return the path, or one with a number where a file of that name is there already."""
    number, place = 2, path
    while place.exists():
        place = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return place


def _moment(items: list[Handed]) -> str:
    """Return when the last of the files was handed in, as nbgrader writes it; "" if not known."""
    moments = [moment for item in items if (moment := read_moment(item.moment))]
    return max(moments).isoformat(sep=" ") if moments else ""


def _entry(student: str, person: Person, items: list[Handed]) -> Entry:
    late = "late" if any(item.late for item in items) else ""
    return Entry(student, person.system, person.id, person.name, person.email, person.sid, late)
