"""Save the cells of a notebook file that is no JSON any more: cut off, glued on to, or merged."""

import json
import re

_CONFLICT = re.compile(r"(?m)^<{7}.*\n((?:.*\n)*?)={7}\n(?:.*\n)*?>{7}.*\n?")


def salvage_json(text: str) -> dict | None:
    """Return a notebook with the cells that can still be read, or None where there are none.

    Handles what Git leaves in a conflict (its first side is taken), text before or after the
    notebook, and a file that ends in the middle.
    """
    text = _CONFLICT.sub(r"\1", text)
    start = text.find("{")
    if start < 0:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return _whole_cells(text)


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
