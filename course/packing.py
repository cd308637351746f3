"""Put many answers into few submissions, such that none can disturb another's check.

Grading costs seconds a submission and milliseconds an answer. Two answers may share a submission
when neither exercise uses, directly or through others, what the other defines. What none of them
needs is left unsolved: its checks fail at once, and nobody reads what they say.
"""

import ast
import re

from nbformat import NotebookNode

from course.banks import Answer
from grading.cells import grade_id, is_grade, is_solution
from grading.judge.needed import needed_cells
from grading.score import exercise_of


def pack_answers(answers: list[Answer], solution) -> list[list[Answer]]:
    """Return groups of answers, each with at most one answer an exercise and all independent."""
    related = related_exercises(solution)
    defined, _ = _definitions(solution)
    packs: list[list[tuple[Answer, set[str]]]] = []
    for answer in answers:
        own = set(re.findall(r"\w+", answer.source))  # a variant may call other exercises
        called = {other for other, names in defined.items() if names & own}
        near = called.union({answer.exercise}, *(related.get(o, set()) for o in called))
        fitting = (pack for pack in packs if not any(_disturb(answer, near, *old) for old in pack))
        pack = next(fitting, None)
        if pack is None:
            packs.append(pack := [])
        pack.append((answer, near))
    return [[answer for answer, _ in pack] for pack in packs]


def _disturb(answer: Answer, near: set[str], other: Answer, others_near: set[str]) -> bool:
    return other.exercise in near or answer.exercise in others_near


def idle_exercises(notebook, answered: set[str]) -> set[str]:
    """Return the exercises that no check of some others can come to use, directly or not.

    Args:
        notebook: a solved notebook.
        answered: the exercises whose checks count.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cells = [c for c in code if not is_grade(c) or exercise_of(grade_id(c)) in answered]
    certain = [c for c in cells if exercise_of(grade_id(c)) in answered]
    others = {cell.id for cell in cells} - {cell.id for cell in certain}
    needed = needed_cells(NotebookNode(cells=cells), others)
    return {grade_id(c) for c in cells if is_solution(c) and c.id in others - needed}


def related_exercises(solution) -> dict[str, set[str]]:
    """Return for each exercise those whose answers its checks may feel, and the other way round."""
    defined, used = _definitions(solution)
    users = {exercise: _reach(exercise, defined, used) for exercise in defined}
    related = {exercise: set(others) for exercise, others in users.items()}
    for exercise, others in users.items():
        for other in others:
            related[other].add(exercise)
    return related


def _definitions(solution) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return what each exercise's solution defines, and what its cells mention."""
    defined, used = {}, {}
    for cell in solution.cells:
        marks = cell.metadata.get("nbgrader")
        if not marks or cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        exercise = exercise_of(marks.grade_id)
        used.setdefault(exercise, set()).update(_mentioned(tree))
        if marks.solution:
            defined[exercise] = {name for node in tree.body for name in _defined(node)}
    return defined, used


def _reach(exercise, defined, used) -> set[str]:
    """Return all exercises whose definitions an exercise uses, directly or through others."""
    found, queue = set(), [exercise]
    while queue:
        names = used.get(queue.pop(), set())
        for other, own in defined.items():
            if other != exercise and other not in found and own & names:
                found.add(other)
                queue.append(other)
    return found


def _mentioned(tree) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _defined(node) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {
        name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
    }
