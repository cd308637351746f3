"""What a student's cells print and draw, as outputs of a notebook: bounded, and without scripts."""

import base64
import html
import re

import bleach
from nbformat.v4 import new_output

from grading.harmless import harmless_markdown

PICTURES = {"image/png": b"\x89PNG\r\n", "image/jpeg": b"\xff\xd8\xff"}
TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex")
PIECES_AT_MOST = 2_000  # outputs of one cell
LINES_AT_MOST = 500  # of a traceback
LETTERS_AT_MOST = 20_000  # of an error's text, and of each line of its traceback
_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a b br caption code col colgroup dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s"
        " small span strong sub sup table tbody td tfoot th thead tr u ul",
    )
)
_ATTRIBUTES = {"*": ["align", "colspan", "rowspan"], "a": ["href", "title"]}
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")


class Outputs:
    """Gathers the outputs of a notebook's cells from what the student's process reports.

    Args:
        limit: bytes that one cell may print and draw.
    """

    def __init__(self, limit: int):
        self.limit = limit
        self.cell: list = []
        self.named: dict[str, list] = {}
        self.room = limit
        self.clear_next = False
        self.muted = False

    def start_cell(self, cell: list, *, muted: bool = False) -> None:
        """Put what comes into a cell's list of outputs; into none where `muted`."""
        self.cell, self.room, self.clear_next, self.muted = cell, self.limit, False, muted

    def take(self, facts) -> None:
        """Take one piece of output as it came; what is no output is dropped."""
        handler = _KINDS.get(facts.get("type")) if type(facts) is dict else None
        if handler is None or self.muted or len(self.cell) >= PIECES_AT_MOST:
            return
        if self.clear_next:
            self.cell.clear()
            self.clear_next = False
        handler(self, facts)

    def stream(self, name: str, text: str) -> None:
        """Add printed text, to the text before it where it came the same way."""
        text = _text(text)[: max(0, self.room)]
        self.room -= len(text)
        last = self.cell[-1] if self.cell else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        elif text:
            self.cell.append(new_output("stream", name=name, text=text))

    def _stream(self, facts) -> None:
        if facts.get("name") in ("stdout", "stderr"):
            self.stream(facts["name"], facts.get("text"))

    def _display(self, facts, kind="display_data") -> None:
        data, metadata = _bundle(facts.get("data")), _metadata(facts.get("metadata"))
        self.room -= sum(map(len, data.values()))
        if not data or self.room < 0:
            return
        name = _text(facts.get("id"))[:100]
        if facts.get("update") is True and name:
            for output in self.named.get(name, []):
                output.data, output.metadata = dict(data), dict(metadata)
            self.room += sum(map(len, data.values()))  # it takes the place of another
            return
        made = new_output(kind, data=data, metadata=metadata)
        self.cell.append(made)
        if name and len(self.named) < PIECES_AT_MOST:
            self.named.setdefault(name, []).append(made)

    def _result(self, facts) -> None:
        self._display({**facts, "id": "", "update": False})

    def _clear(self, facts) -> None:
        self.clear_next = True
        if facts.get("wait") is not True:
            self.cell.clear()
            self.clear_next = False

    def _error(self, facts) -> None:
        lines = facts.get("lines") if type(facts.get("lines")) is list else []
        self.error(facts.get("name"), facts.get("text"), lines)

    def error(self, name: str, text: str, lines: list[str]) -> None:
        """Add an error, cut to a length that can be read, in letters that a file can hold."""
        lines = [_text(line)[:LETTERS_AT_MOST] for line in lines[:LINES_AT_MOST]]
        name, text = _text(name)[:200], _text(text)[:LETTERS_AT_MOST]
        self.cell.append(new_output("error", ename=name, evalue=text, traceback=lines))


_KINDS = {
    "stream": Outputs._stream,
    "display": Outputs._display,
    "result": Outputs._result,
    "clear": Outputs._clear,
    "error": Outputs._error,
}


def _text(value) -> str:
    """Return a text that a file can hold, or an empty one."""
    return value.encode("utf-8", "replace").decode() if type(value) is str else ""


def _bundle(data) -> dict[str, str]:
    """Keep the formats of a display that can be shown safely."""
    data = data if type(data) is dict else {}
    kept = {}
    for kind in TEXTS:
        if type(data.get(kind)) is str:
            kept[kind] = _harmless(kind, _text(data[kind]))
    for kind, begin in PICTURES.items():
        picture = _picture(data.get(kind), begin)
        if picture:
            kept[kind] = picture
    return kept


def _harmless(kind: str, text: str) -> str:
    if kind == "text/plain":
        return text
    if kind == "text/html":
        return bleach.clean(text[:200_000], tags=_TAGS, attributes=_ATTRIBUTES, strip=True)
    if kind == "text/markdown":
        return harmless_markdown(text)
    return html.escape(text, quote=False)


def _picture(data, begin: bytes) -> str:
    """Return a picture's bytes as base64, or an empty text where they are no such picture."""
    if type(data) is str and _BASE64.fullmatch(data):
        try:
            data = base64.b64decode(data)
        except ValueError:
            return ""
    if type(data) is not bytes or not data.startswith(begin):
        return ""
    return base64.b64encode(data).decode()


def _metadata(metadata) -> dict:
    """Keep the plain facts about each format, such as a picture's alternative text and size."""
    metadata = metadata if type(metadata) is dict else {}
    kept = {}
    for kind in PICTURES:
        facts = metadata.get(kind)
        if type(facts) is dict:
            kept[kind] = {
                key: _text(value)[:2_000] if type(value) is str else value
                for key, value in facts.items()
                if key in ("alt", "width", "height") and type(value) in (str, int)
            }
    return kept
