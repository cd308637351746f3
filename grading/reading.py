"""Read a student's notebook, whatever saved it: only cells, their text and their marks count."""

import json
from dataclasses import dataclass

import nbformat

from grading.salvage import salvage_json
from grading.submissions import LARGEST, HandedIn
from grading.wording import count

LONGEST = 200_000  # characters of a cell; the longest of a lesson has a few thousand
MOST_CELLS = 5_000
MOST_CODE = 1_000_000  # characters of all code cells; a lesson has under a hundred thousand
MOST_TEXT = 4_000_000  # characters of all cells, pictures that Colab writes into text among them


class Unreadable(Exception):  # noqa: N818 - a fact about a submission, told to the student
    """The submission holds no notebook that can be read; the text says why."""


@dataclass(frozen=True)
class Read:
    """A student's cells as a notebook of today's format, and what was mended to read them."""

    notebook: nbformat.NotebookNode
    notes: tuple[str, ...]


def read_notebook(handed_in: HandedIn) -> Read:
    """Read a notebook of any nbformat version, encoding or editor; outputs are left behind.

    Raises:
        Unreadable: the file or its text is too large, or it is no JSON or no notebook.
    """
    name = handed_in.name
    if len(handed_in.data) > LARGEST:
        raise Unreadable(f"{name} is larger than {LARGEST // 1_000_000} MB")
    text, encoding = decode(handed_in.data)
    notes = [*handed_in.notes]
    if encoding:
        notes.append(f"the file is not saved as UTF-8: it was read as {encoding}")
    found = _parse(text)
    if found is None:
        found = salvage_json(text)
        notes.append("the file is damaged: the cells that can still be read were taken")
    if not isinstance(found, dict):
        raise Unreadable(f"{name} is not a notebook: it is not the JSON that one is")
    cells = _cells(found, name)
    if long := sum(len(_source(cell)) > LONGEST for cell in cells):
        cut = f"the text of {count(long, 'cell')} was left out"
        notes.append(f"{cut}: a cell may have {LONGEST:,} characters")
    if found.get("nbformat") != 4:
        notes.append("the notebook has an old format: it was brought up to date")
    notebook = _notebook(cells)
    _refuse_long(notebook.cells, name)
    return Read(notebook, tuple(notes))


def _refuse_long(cells: list, name: str) -> None:
    """Refuse more text than can be rebuilt in seconds."""
    code = sum(len(cell.source) for cell in cells if cell.cell_type == "code")
    if code > MOST_CODE:
        raise Unreadable(f"{name} holds more than {MOST_CODE:,} characters of code")
    if sum(len(cell.source) for cell in cells) > MOST_TEXT:
        raise Unreadable(f"{name} holds more than {MOST_TEXT:,} characters of text")


def decode(data: bytes) -> tuple[str, str]:
    """Return a file's text, and its encoding where it is not UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _parse(text: str):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _cells(found: dict, name: str) -> list[dict]:
    sheets = found.get("worksheets")
    raw = found.get("cells")
    if raw is None and isinstance(sheets, list):  # nbformat 3 and older
        raw = [c for s in sheets if isinstance(s, dict) for c in _list(s.get("cells"))]
    cells = [cell for cell in _list(raw) if isinstance(cell, dict)]
    if not cells and _list(raw):
        raise Unreadable(f"{name} has a cell without text")
    if not cells:
        raise Unreadable(f"{name} holds no cells")
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"{name} has more than {MOST_CELLS} cells")
    return cells


def _notebook(cells: list[dict]) -> nbformat.NotebookNode:
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.from_dict(_cell(cell)) for cell in cells]
    return notebook


def _cell(raw: dict) -> dict:
    kind = raw.get("cell_type") if raw.get("cell_type") in ("markdown", "raw") else "code"
    if raw.get("cell_type") in ("heading", "html"):
        kind = "markdown"
    source = _source(raw)
    source = source if len(source) <= LONGEST else ""
    if raw.get("cell_type") == "heading" and isinstance(raw.get("level"), int):
        source = "#" * min(6, raw["level"]) + f" {source}"
    marks = raw.get("metadata") if isinstance(raw.get("metadata"), dict) else {}
    marks = marks.get("nbgrader") if isinstance(marks.get("nbgrader"), dict) else None
    cell = {"cell_type": kind, "source": _writable(source), "metadata": {}}
    if marks is not None:
        plain = {key: value for key, value in marks.items() if isinstance(value, str | int | float)}
        cell["metadata"]["nbgrader"] = plain
    if isinstance(raw.get("id"), str):
        cell["id"] = raw["id"]
    return cell


def _source(raw: dict) -> str:
    source = raw.get("source", raw.get("input", raw.get("code", "")))
    source = "".join(map(str, source)) if isinstance(source, list) else source
    return source if isinstance(source, str) else ""


def _writable(text: str) -> str:
    """Replace what no file can hold (halves of surrogate pairs) and end lines as Python does."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")


def _list(value) -> list:
    return value if isinstance(value, list) else []
