"""Who is who: the students' folders beside the names and numbers that a system knows them by."""

from dataclasses import astuple, dataclass, fields
from itertools import zip_longest
from pathlib import Path

from course.lms.tables import csv_text, harmless, own_words, read_table
from grading.errors import UserError
from grading.files import write_whole


@dataclass(frozen=True)
class Entry:
    """One student of one lesson's roster."""

    student: str
    system: str
    id: str
    name: str
    email: str = ""
    sid: str = ""
    late: str = ""


COLUMNS = [field.name for field in fields(Entry)]


def write_roster(path: Path, entries: list[Entry]) -> None:
    """Write a roster; students of an older one who are not in the new one stay.

    Raises:
        UserError: the older one cannot be read, or the new one cannot be written.
    """
    known = {entry.student: entry for entry in (read_roster(path) if path.is_file() else [])}
    known |= {entry.student: entry for entry in entries}
    rows = [map(harmless, astuple(known[student])) for student in sorted(known)]
    write_whole(path, csv_text([COLUMNS, *rows]))


def read_roster(path: Path) -> list[Entry]:
    """Return a roster's entries.

    Raises:
        UserError: it is missing or lacks a column.
    """
    if not path.is_file():
        raise UserError(f"{path} is missing: run course collect first")
    head, rows = read_table(path, COLUMNS)
    told = [dict(zip_longest(head, row[: len(head)], fillvalue="")) for row in rows if row]
    return [Entry(**{name: own_words(row[name]) for name in COLUMNS}) for row in told]
