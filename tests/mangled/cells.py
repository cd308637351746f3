"""Mangle cells: delete, copy, move, merge, split, and take their marks away."""

import copy
import random
from collections.abc import Iterator

from nbformat.v4 import new_code_cell

from grading.cells import grade_id
from tests.mangled.case import Book, Mangled, index


def each_answer(book: Book) -> Iterator[Mangled]:
    """Yield the cases that happen to one answer, for every answer of the lesson."""
    for name in book.answers:
        yield from _whole_cell(book, name)
    for name in book.code:
        yield from _merged(book, name)
        yield from _split(book, name)
        yield from _moved(book, name)


def whole_notebook(book: Book) -> Iterator[Mangled]:
    """Yield the cases that happen to all cells at once."""
    yield _edited(book, "all checks deleted", _delete_checks)
    yield _edited(book, "every check emptied", _empty_checks)
    yield _edited(book, "everything but the answers deleted", _only_answers)
    yield _edited(book, "all cells in reverse", lambda cells: cells[::-1])
    yield _edited(book, "every cell twice", lambda cells: [c for x in cells for c in (x, _twin(x))])
    yield _edited(book, "every graded cell twice", _copied_graded)
    yield _edited(book, "all flags flipped", _flipped)
    yield _edited(book, "all points changed", _repriced)
    yield _edited(book, "all cell ids changed", _new_ids, silent=True)
    yield _edited(book, "all cell ids the same", _one_id, silent=True)
    yield _edited(book, "all marks lost, ids kept", _unmarked)
    yield _edited(book, "all marks and ids lost", lambda cells: _no_ids(_unmarked(cells)))
    yield _edited(book, "all marks renamed", _renamed)
    yield _edited(book, "marks that are no marks", _nonsense)
    for seed in range(5):
        yield _edited(book, f"cells shuffled {seed}", lambda cells, s=seed: _shuffled(cells, s))
    for share in (2, 3):
        yield _edited(book, f"every {share}th mark lost", lambda c, s=share: _some_unmarked(c, s))


def _edited(book: Book, name: str, edit, **facts) -> Mangled:
    notebook = book.copy()
    notebook.cells = edit(notebook.cells)
    return book.case(name, notebook, **facts)


def _whole_cell(book: Book, name: str) -> Iterator[Mangled]:
    notebook = book.copy()
    del notebook.cells[index(notebook, name)]
    yield book.case(f"{name} deleted", notebook, lost=frozenset([name]))

    notebook = book.copy()
    place = index(notebook, name)
    notebook.cells.insert(place + 1, _twin(notebook.cells[place]))
    yield book.case(f"{name} copied", notebook)

    notebook = book.copy()
    notebook.cells.insert(index(notebook, name) + 1, _twin(book.at(name)))
    yield book.case(f"{name} copied before it was answered", notebook)

    notebook = book.copy()
    cell = notebook.cells[index(notebook, name)]
    cell.metadata.nbgrader.update(solution=False, grade=True, locked=True, points=100)
    yield book.case(f"{name} flipped", notebook)

    notebook = book.copy()
    cell = notebook.cells[index(notebook, name)]
    cell.cell_type = "raw" if cell.cell_type == "code" else "code"
    yield book.case(f"{name} turned into a {cell.cell_type} cell", notebook)

    notebook = book.copy()
    notebook.cells[index(notebook, name)].metadata = {}
    yield book.case(f"{name} without its marks", notebook)


def _merged(book: Book, name: str) -> Iterator[Mangled]:
    for above in (True, False):
        notebook = book.copy()
        place = index(notebook, name) - above
        upper, lower = notebook.cells[place], notebook.cells.pop(place + 1)
        upper.source += f"\n\n{lower.source}"
        where = "above" if above else "below"
        yield book.case(f"{name} merged with the cell {where}", notebook)
    later = book.code[book.code.index(name) + 1 :]
    for other in later[:1]:
        for joint in ("\n\n", "\n"):
            notebook = book.copy()
            cell = notebook.cells.pop(index(notebook, other))
            notebook.cells[index(notebook, name)].source += joint + cell.source
            yield book.case(f"{name} merged with {other} by {len(joint)} lines", notebook)
        notebook = book.copy()
        first, last = index(notebook, name), index(notebook, other)
        between = [cell.source for cell in notebook.cells[first : last + 1]]
        notebook.cells[first].source = "\n\n".join(between)
        del notebook.cells[first + 1 : last + 1]
        yield book.case(f"{name} merged with all down to {other}", notebook)


def _split(book: Book, name: str) -> Iterator[Mangled]:
    lines = book.copy().cells[index(book.solved, name)].source.splitlines()
    for cut in sorted({1, len(lines) // 2, len(lines) - 1} - {0, len(lines)}):
        for keeps_mark in (True, False):
            notebook = book.copy()
            place = index(notebook, name)
            upper, lower = notebook.cells[place], _twin(notebook.cells[place])
            upper.source, lower.source = "\n".join(lines[:cut]), "\n".join(lines[cut:])
            if not keeps_mark:
                lower.metadata = {}
            notebook.cells.insert(place + 1, lower)
            kept = "with" if keeps_mark else "without"
            if upper.source.strip() and lower.source.strip():
                silent = all(line.startswith("#") for line in lines[cut:])  # the answer is above
                case = f"{name} split at line {cut} {kept} its mark"
                yield book.case(case, notebook, silent=silent)


def _moved(book: Book, name: str) -> Iterator[Mangled]:
    notebook = book.copy()
    notebook.cells.append(notebook.cells.pop(index(notebook, name)))
    yield book.case(f"{name} moved to the end", notebook)

    notebook = book.copy()
    place = index(notebook, name)
    notebook.cells.insert(place + 1, new_code_cell(notebook.cells[place].source))
    notebook.cells[place] = _twin(book.at(name))
    yield book.case(f"{name} answered in a new cell below", notebook)

    notebook = book.copy()
    place = index(notebook, name)
    notebook.cells.append(new_code_cell(notebook.cells.pop(place).source))
    yield book.case(f"{name} deleted and answered at the end", notebook)


def _twin(cell):
    twin = copy.deepcopy(cell)
    twin.id = f"{cell.id}-twin"[:64]
    return twin


def _delete_checks(cells):
    return [cell for cell in cells if not cell.metadata.get("nbgrader", {}).get("locked")]


def _empty_checks(cells):
    for cell in cells:
        if cell.metadata.get("nbgrader", {}).get("locked"):
            cell.source = ""
    return cells


def _only_answers(cells):
    return [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]


def _copied_graded(cells):
    return [c for cell in cells for c in ([cell, _twin(cell)] if grade_id(cell) else [cell])]


def _flipped(cells):
    for cell in filter(grade_id, cells):
        marks = cell.metadata.nbgrader
        marks.update(solution=not marks.solution, grade=not marks.grade, locked=not marks.locked)
    return cells


def _repriced(cells):
    for cell in filter(grade_id, cells):
        cell.metadata.nbgrader.points = 1000
    return cells


def _new_ids(cells):
    for number, cell in enumerate(cells):
        cell.id = f"c{number:04d}"
    return cells


def _one_id(cells):
    for cell in cells:
        cell.id = "same"
    return cells


def _unmarked(cells):
    for cell in cells:
        cell.metadata = {}
    return cells


def _no_ids(cells):
    return _new_ids(cells)


def _renamed(cells):
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        if grade_id(cell):
            cell.metadata.nbgrader.grade_id = f"cell-{number}"
    return cells


def _nonsense(cells):
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        cell.metadata.nbgrader = [None, "marks", 7, {"grade_id": ["a"]}][number % 4]
    return cells


def _shuffled(cells, seed: int):
    random.Random(seed).shuffle(cells)
    return cells


def _some_unmarked(cells, share: int):
    for cell in cells[::share]:
        cell.metadata = {}
    return cells
