"""Save the cells of a notebook file that is no JSON any more: cut off, glued on to, or merged."""

import json
import re

_MARK = re.compile(r"(?m)^(?:<{7}.*|={7}\r?|>{7}.*)(?:\n|\Z)")


def salvage_json(text: str) -> dict | None:
    """Return a notebook with the cells that can still be read, or None where there are none.

    Handles what Git leaves in a conflict (its first side is taken), text before or after the
    notebook, and a file that ends in the middle.
    """
    text = _first_sides(text)
    start = text.find("{")
    if start < 0:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return _whole_cells(text)


def _first_sides(text: str) -> str:
    """Return a text with the first side of each of Git's conflicts, in one pass over its marks."""
    kept, place, begin, middle = [], 0, None, None
    for mark in _MARK.finditer(text):
        kind = mark[0][0]
        if kind == "<":
            begin = begin or mark
        elif kind == "=":
            middle = begin and (middle or mark)
        elif middle:
            kept += [text[place : begin.start()], text[begin.end() : middle.start()]]
            place, begin, middle = mark.end(), None, None
    return "".join([*kept, text[place:]])


def _whole_cells(text: str) -> dict | None:
    """Read cell after cell, up to the first that is cut off."""
    begun = re.search(r'"cells"\s*:\s*\[', text)
    version = re.search(r'"nbformat"\s*:\s*(\d)', text)
    if not begun:
        return None
    cells, place, decoder = [], begun.end(), json.JSONDecoder()
    while True:
        begin = re.compile(r"[\s,]*(?=\{)").match(text, place)
        if not begin:
            break
        try:
            cell, place = decoder.raw_decode(text, begin.end())
        except (ValueError, RecursionError):
            break
        cells.append(cell)
    return {"cells": cells, "nbformat": int(version[1]) if version else 4} if cells else None
