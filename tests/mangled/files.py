"""Mangle files: other editors, formats, encodings, names, archives, and half of the bytes."""

import copy
import io
import json
import zipfile
from collections.abc import Iterator

import nbformat

from grading.cells import grade_id
from tests.mangled.case import Book, Mangled, index


def each_file(book: Book) -> Iterator[Mangled]:
    """Yield the cases that happen to the file."""
    data = nbformat.writes(book.solved).encode()
    yield Mangled("untouched", {f"{book.slug}.ipynb": data}, silent=True)
    yield from _named(book, data)
    yield from _packed(book, data)
    yield from _encoded(book)
    yield from _formats(book)
    yield from _cut(book, data)
    yield from _glued(book, data)


def _named(book: Book, data: bytes) -> Iterator[Mangled]:
    slug = book.slug
    yield Mangled("in the lesson's folder", {f"{book.name}/{slug}.ipynb": data}, silent=True)
    for name in (
        f"{slug} (1).ipynb", f"Copy of {slug}.ipynb", f"{slug}-Copy1.ipynb", f"{slug}.ipynb.txt",
        f"{slug}.ipynb.json", f"{slug}.json", f"{slug.upper()}.IPYNB", "Untitled.ipynb",
        "été.ipynb",        f"my work/week 1/{slug}.ipynb", f"{book.name}/{book.name}/{slug}.ipynb",
        f"a b/{slug} final.ipynb",
    ):  # fmt: skip
        yield Mangled(f"as {name}", {name: data})
    other = b'{"cells": [{"cell_type": "code", "source": "1"}], "nbformat": 4}'
    yield Mangled("beside another notebook", {"other.ipynb": other, f"my {slug}.ipynb": data})
    clutter = {".DS_Store": b"\x00", "__MACOSX/._x.ipynb": b"\x00", "notes.txt": b"hello"}
    yield Mangled("among clutter", {**clutter, f"{slug}.ipynb": data}, silent=True)


def _packed(book: Book, data: bytes) -> Iterator[Mangled]:
    inside = f"{book.name}/{book.slug}.ipynb"
    yield Mangled("as a zip", {"work.zip": _zip({f"{book.slug}.ipynb": data})})
    yield Mangled("as a zip of a folder", {"work.zip": _zip({inside: data})})
    clutter = {"__MACOSX/" + inside: b"\x00", ".ipynb_checkpoints/x-checkpoint.ipynb": b"{}"}
    yield Mangled("as a zip from a Mac", {"work.zip": _zip({**clutter, inside: data})})
    yield Mangled("as a zip in a folder", {f"{book.name}/work.ZIP": _zip({inside: data})})
    broken = {"broken.zip": b"PK\x03\x04 no zip", f"{book.slug}.ipynb": data}
    yield Mangled("beside a broken zip", broken, silent=True)


def _encoded(book: Book) -> Iterator[Mangled]:
    notebook = book.copy()
    notebook.cells[index(notebook, book.code[0])].source += "\n# Größe, naïve, façade"
    text = json.dumps(notebook, ensure_ascii=False)
    name = f"{book.slug}.ipynb"
    for encoding in ("cp1252", "utf-16", "utf-16-le", "utf-8-sig"):
        data = text.encode(encoding, "xmlcharrefreplace")
        data = b"\xff\xfe" + data if encoding == "utf-16-le" else data
        yield Mangled(f"saved as {encoding}", {name: data}, silent=encoding == "utf-8-sig")
    crlf = copy.deepcopy(notebook)
    for cell in crlf.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    yield book.case("with the lines of Windows", crlf, silent=True)
    lines = [{**cell, "source": cell.source.splitlines(True)} for cell in notebook.cells]
    one_line = json.dumps({**notebook, "cells": lines}).encode()
    yield Mangled("on one line", {name: one_line}, silent=True)


def _formats(book: Book) -> Iterator[Mangled]:
    name = f"{book.slug}.ipynb"
    yield Mangled("saved by Colab", {name: _colab(book)})
    old = copy.deepcopy(book.solved)
    old.nbformat_minor = 2
    for cell in old.cells:
        cell.pop("id", None)
    yield Mangled("nbformat 4.2, without ids", {name: json.dumps(old).encode()}, silent=True)
    yield Mangled("nbformat 3", {name: json.dumps(_version3(book)).encode()})
    bare = [{"cell_type": c.cell_type, "source": c.source} for c in book.solved.cells]
    yield Mangled("nothing but cells", {name: json.dumps({"cells": bare}).encode()})
    extra = json.loads(nbformat.writes(book.solved))
    for cell in extra["cells"]:
        cell["outputs"] = [{"output_type": "nonsense", "data": 3}, None]
        cell["execution_count"] = "many"
        cell["unknown"] = {"a": [1]}
    extra["nbformat_minor"] = 99
    yield Mangled("outputs that are none", {name: json.dumps(extra).encode()}, silent=True)
    extra["cells"] += [None, 3, "text", {"cell_type": "code"}, {"source": None}, {"metadata": []}]
    yield Mangled("cells that are none", {name: json.dumps(extra).encode()}, silent=True)


def _colab(book: Book) -> bytes:
    """Save as Colab does: no ids, its own ids among the metadata, other metadata gone."""
    cells = []
    for number, cell in enumerate(book.solved.cells):
        marks = {"id": f"aB{number:010d}", "colab": {"base_uri": "https://localhost:8080/"}}
        cells.append({"cell_type": cell.cell_type, "source": cell.source.splitlines(True)})
        cells[-1]["metadata"] = marks | (
            {"nbgrader": cell.metadata.nbgrader} if number % 2 and grade_id(cell) else {}
        )
    top = {
        "colab": {"provenance": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 0, "metadata": top, "cells": cells}
    ).encode()


def _version3(book: Book) -> dict:
    cells = []
    for cell in book.solved.cells:
        key = "input" if cell.cell_type == "code" else "source"
        cells.append({"cell_type": cell.cell_type, key: cell.source, "metadata": cell.metadata})
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


def _cut(book: Book, data: bytes) -> Iterator[Mangled]:
    """Cut the file off in the middle: every answer that stands before the cut counts."""
    text = data.decode()
    for share in (0.3, 0.5, 0.7, 0.9, 0.99):
        cut = text[: int(len(text) * share)]
        whole = [cell for cell in book.answers if _stands_whole(cut, cell)]
        lost = frozenset(book.answers) - frozenset(whole)
        name = f"cut off at {share:.0%}"
        yield Mangled(name, {f"{book.slug}.ipynb": cut.encode()}, lost=lost)


def _stands_whole(cut: str, name: str) -> bool:
    """Tell whether a cell stands in a text up to the brace that closes it."""
    _, found, rest = cut.partition(f'"id": "{name}"')
    return bool(found) and "\n  }" in rest


def _glued(book: Book, data: bytes) -> Iterator[Mangled]:
    name = f"{book.slug}.ipynb"
    yield Mangled("with text after it", {name: data + b"\n\n-- sent from my phone"})
    yield Mangled("with text before it", {name: b"here is my homework:\n" + data})
    yield Mangled("twice in one file", {name: data + data})
    line = '   "execution_count": null,\n'
    conflict = f'<<<<<<< HEAD\n{line}=======\n   "execution_count": 7,\n>>>>>>> theirs\n'
    yield Mangled(
        "with a conflict of Git", {name: data.decode().replace(line, conflict, 3).encode()}
    )


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
