"""Who is who: the students' folders beside the names and numbers that a system knows them by."""

import csv
import io
from dataclasses import astuple, dataclass, fields
from pathlib import Path

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
    rows = [astuple(known[student]) for student in sorted(known)]
    write_whole(path, csv_text([COLUMNS, *rows]))


def read_roster(path: Path) -> list[Entry]:
    """Return a roster's entries.

    Raises:
        UserError: it is missing or has other columns.
    """
    if not path.is_file():
        raise UserError(f"{path} is missing: run course collect first")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and list(rows[0]) != COLUMNS:
        raise UserError(f"{path} should have the columns {', '.join(COLUMNS)}")
    return [Entry(**row) for row in rows]


def csv_text(rows: list) -> str:
    """Return rows as CSV (RFC 4180, 2005)."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
