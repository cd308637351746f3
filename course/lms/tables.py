"""Tables as CSV: read as spreadsheets and Canvas write them, and written by the standard."""

import csv
import io
from collections.abc import Collection
from pathlib import Path

from grading.errors import UserError
from grading.reading import decode


def read_table(path: Path, needed: Collection[str]) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of a CSV file, with commas or semicolons, in UTF-8 or cp1252.

    Args:
        path: the file.
        needed: names that its head must hold.

    Raises:
        UserError: it is empty, is no CSV, or lacks a column.
    """
    text, _ = decode(path.read_bytes())
    if not text.strip():
        raise UserError(f"{path} is empty")
    for separator in ",;":
        try:
            head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        except csv.Error as error:
            raise UserError(f"{path} cannot be read as CSV: {error}") from error
        if set(needed) <= set(head):
            return head, rows
    raise UserError(f"{path} should have the columns {', '.join(needed)}")


def csv_text(rows: list) -> str:
    """Return rows as CSV (RFC 4180, 2005)."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def harmless(text: str) -> str:
    """Keep a spreadsheet from taking a student's name for a formula: an apostrophe goes before."""
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def own_words(text: str) -> str:
    """Return what `harmless` was given."""
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text: str) -> bool:
    return text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
