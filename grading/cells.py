"""Small questions about cells: their mark, their text, what they define."""

import ast
import re
from collections.abc import Iterable


def grade_id(cell) -> str:
    """Return a cell's grade_id, or '' where it has none that can be read."""
    marks = cell.metadata.get("nbgrader")
    found = marks.get("grade_id", "") if isinstance(marks, dict) else ""
    return found if isinstance(found, str) else ""


def is_solution(cell) -> bool:
    """Tell whether nbgrader's mark makes a cell an answer (importing nbgrader takes seconds)."""
    return _flag(cell, "solution")


def is_grade(cell) -> bool:
    """Tell whether nbgrader's mark gives a cell points."""
    return _flag(cell, "grade")


def _flag(cell, name: str) -> bool:
    marks = cell.metadata.get("nbgrader")
    return isinstance(marks, dict) and bool(marks.get(name, False))


def normal(text: str) -> str:
    """Return a text without what editors change unasked: spaces at line ends, blank edges."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def defined_by(stub, solution) -> tuple[str, ...]:
    """Return the names that answer an exercise: those its stub defines, or its solution assigns."""
    names = re.findall(r"(?m)^(?:async +)?(?:def|class) +(\w+)", stub.source)
    if not names and solution.cell_type == "code":
        names = re.findall(r"(?m)^(\w+) *=(?!=)", solution.source)
    return tuple(dict.fromkeys(names)) if stub.cell_type == "code" else ()


def defines(text: str, name: str) -> bool:
    """Tell whether a text defines a name at its top level, broken code included."""
    return bool(_definition(name).search(text))


def definition_start(text: str, names: Iterable[str]) -> int:
    """Return where the first definition of some names starts, decorators and comments included."""
    found = [match.start() for name in names if (match := _definition(name).search(text))]
    lines = text[: min(found)].splitlines(keepends=True) if found else []
    start = min(found, default=-1)
    while lines and re.match(r"[#@]", lines[-1]):
        start -= len(lines.pop())
    return start


def parses(text: str) -> bool:
    """Tell whether a cell's text is Python; lines with IPython's magics count as Python."""
    code = re.sub(r"(?m)^([ \t]*)[%!?].*$", r"\1pass", text)
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def is_indented(text: str) -> bool:
    """Tell whether a text begins inside a block, as the lower half of a split function does."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return first[:1] in (" ", "\t")


def without(text: str, given: Iterable[str]) -> str:
    """Return a text without the lesson's own cells in it, as merged cells have them."""
    for block in given:
        place = text.find(block)
        while place >= 0:
            end = place + len(block)
            whole = text[:place].rpartition("\n")[2].strip() == "" and text[end : end + 1] in "\n"
            if whole:
                text = text[:place] + text[end:]
            place = text.find(block, place if whole else end)
    return text


def _definition(name: str) -> re.Pattern:
    word = re.escape(name)
    made = rf"(?:async +)?(?:def|class) +{word}\b"
    assigned = rf"(?:[\w, ]+[,=] *)?{word} *(?::[^=\n]+)?=(?!=)"
    return re.compile(rf"(?m)^(?:{made}|{assigned})")


def imports_of(source: str) -> list[str]:
    """Return a cell's import statements, wherever in it they stand; [] where it is no Python."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return []
    return [ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
