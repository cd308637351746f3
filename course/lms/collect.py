"""Lay out a downloaded class as the grader and nbgrader want it: STUDENT/LESSON/files."""

from dataclasses import dataclass
from pathlib import Path

from course.lms.downloads import Damaged, files_of
from course.lms.layout import write_work
from course.lms.names import folder_names, plain_name
from course.lms.people import Handed, Person
from course.lms.roster import Entry, read_roster, write_roster
from course.lms.systems import recognise
from grading.entries import is_notebook
from grading.errors import UserError
from grading.submissions import TIME
from grading.wording import one_line

_EXPECTED = "a download of Canvas, Moodle or Gradescope, or one folder a student"


@dataclass(frozen=True)
class Collected:
    """What came of a download.

    Attributes:
        system: where it came from.
        students: the folders' names of those whose work was collected.
        without: those of them who handed in no file that can hold a notebook.
        aside: files that belong to nobody, hold no notebook or have names that no disk takes.
        renamed: students who share a name, so that the system's number was added.
        damaged: files that cannot be unpacked; what their students handed in before is kept.
    """

    system: str
    students: list[str]
    without: list[str]
    aside: list[str]
    renamed: list[str]
    damaged: list[str]


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
    files, outside = files_of(download)
    system, handed, rest = recognise(files, lesson)
    if not handed:
        raise UserError(f"{download} holds no work that can be told apart: expected {_EXPECTED}")
    work: dict[Person, list[Handed]] = {item.person: [] for item in handed}
    for item in handed:
        kept = _may_hold_a_notebook(item) or _is_moment(item)
        (work[item.person] if kept else rest).append(item if kept else item.file)
    known = read_roster(roster) if roster.is_file() else []
    names = folder_names(work, known)
    write_roster(roster, [_entry(names[person], person, work[person]) for person in work])
    aside = [file.path for file in outside] + [file.name for file in rest]
    return _written(system, names, work, lesson, submitted, aside)


def _written(system, names, work, lesson: str, submitted: Path, aside: list[str]) -> Collected:
    """Write everybody's files, and tell what came of it; `aside` grows."""
    students, without, damaged = [], [], []
    for person, items in work.items():
        name = names[person]
        try:
            aside += write_work(submitted / name / lesson, items, submitted)
        except Damaged as error:
            damaged.append(str(error))
            continue
        students.append(name)
        if not any(map(_may_hold_a_notebook, items)):
            without.append(name)
    shared = [names[p] for p in names if names[p] != plain_name(p) and p.system != "folders"]
    return Collected(
        system, sorted(students), sorted(without), aside, sorted(shared), sorted(damaged)
    )


def _may_hold_a_notebook(item: Handed) -> bool:
    return is_notebook(item.name) or item.name.lower().endswith(".zip")


def _is_moment(item: Handed) -> bool:
    """Tell whether nbgrader wrote a file; in a download of another system a student may have."""
    return item.person.system == "folders" and item.name == TIME


def _entry(student: str, person: Person, items: list[Handed]) -> Entry:
    late = "late" if any(item.late for item in items) else ""
    name = one_line(person.name)
    return Entry(student, person.system, person.id, name, person.email, person.sid, late)
