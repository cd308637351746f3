"""Grades in the form that Canvas and Moodle import.

Canvas (lib/gradebook_importer.rb): the columns Student, ID, SIS User ID, SIS Login ID, Section,
then one for each assignment, "Title (number)" where it is there already; a row "Points Possible"
comes first. A student is found by ID. What Canvas exports (lib/gradebook_exporter.rb) depends on
rights and settings: SIS User ID may be missing, Integration ID and Root Account may come before
Section, LastName and FirstName may stand for Student, and semicolons for commas. Moodle (the
assignment's offline grading worksheet, mod/assign/feedback/offline): Identifier ("Participant
123"), Grade and Last modified (grade) must be there; the identifier belongs to one assignment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.lms.roster import Entry
from course.lms.tables import csv_text, harmless, read_table
from grading.errors import UserError

CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
MOODLE = [
    "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade",
    "Grade can be changed", "Last modified (submission)", "Last modified (grade)",
]  # fmt: skip


@dataclass(frozen=True)
class Grade:
    """One student's points, late penalty taken off."""

    student: str
    points: float


def canvas_csv(
    grades: list[Grade],
    roster: list[Entry],
    column: str,
    most: float,
    own: tuple[list[str], list[list[str]]] | None = None,
) -> tuple[str, list[str]]:
    """Return Canvas' CSV, and the students for whom it has no row.

    Args:
        grades: points by student.
        roster: who they are in Canvas.
        column: the assignment's title, "Title (number)" where it is there already.
        most: the points that can be had.
        own: the head and rows of Canvas' own gradebook, which are kept; None takes the students
            from the roster.
    """
    people = {e.student: e for e in roster if e.system == "canvas"}
    points = {people[g.student].id: g.points for g in grades if g.student in people}
    head, rows = own or (CANVAS, _rows_of(people.values()))
    at = head.index("ID")
    table = [[*row, _number(points.get(row[at]))] for row in rows]
    written = {row[at] for row in rows}
    lost = [g.student for g in grades if g.student not in people]
    lost += [s for s, e in people.items() if e.id in points and e.id not in written]
    possible = ["    Points Possible", *[""] * (len(head) - 1), _number(most)]
    return csv_text([[*head, column], possible, *table]), lost


def read_exported(exported: Path, column: str | None) -> tuple[list[str], list[list[str]]]:
    """Return the head and the students' rows of a gradebook that Canvas exported, up to Section.

    Args:
        exported: the file.
        column: an assignment that must be in it, "Title (number)"; None for a new one.

    Raises:
        UserError: it is no gradebook of Canvas, or lacks the column.
    """
    head, rows = read_table(exported, ("ID", "Section"))
    if column is not None and column not in head:
        raise UserError(f"{exported} has no column {column!r}")
    at, width = head.index("ID"), head.index("Section") + 1
    students = [row[:width] for row in rows if len(row) >= width and row[at].strip().isdigit()]
    return head[:width], students


def _rows_of(people: Iterable[Entry]) -> list[list[str]]:
    return [[harmless(entry.name), entry.id, "", "", ""] for entry in people]


def moodle_csv(grades: list[Grade], roster: list[Entry], most: float) -> tuple[str, list[str]]:
    """Return Moodle's grading worksheet, and the students for whom it has no row."""
    people = {entry.student: entry for entry in roster if entry.system == "moodle"}
    rows = []
    for grade in grades:
        if who := people.get(grade.student):
            status = "Submitted for grading"
            person = [f"Participant {who.id}", harmless(who.name), harmless(who.email), status]
            rows.append([*person, _number(grade.points), _number(most), "Yes", "-", "-"])
    return csv_text([MOODLE, *rows]), [g.student for g in grades if g.student not in people]


def plain_csv(grades: list[Grade], roster: Iterable[Entry], most: float) -> str:
    """Return one row a student: folder, name, e-mail, number, points, the most there are."""
    people = {entry.student: entry for entry in roster}
    nobody = Entry("", "", "", "")
    rows = [["student", "name", "email", "sid", "points", "of"]]
    for grade in grades:
        who = people.get(grade.student, nobody)
        told = [harmless(text) for text in (grade.student, who.name, who.email, who.sid)]
        rows.append([*told, _number(grade.points), _number(most)])
    return csv_text(rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
