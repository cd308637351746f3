"""Run what a lesson teaches: its model answers, outside the notebook."""

import jupytext

from course.lessons import find_course


def taught(lesson: str, *exercises: str, **given) -> dict:
    """Run model answers and given cells of a lesson and return the names they define.

    Args:
        lesson: folder name, such as "03_cnn".
        exercises: grade_ids of solution cells or of given ones, in the order in which they are run.
        given: what the cells find defined, such as `np` and `keras`.

    Raises:
        KeyError: the lesson has no such cell of that grade_id.
    """
    notebook = jupytext.read(find_course().lesson(lesson).source, fmt="py:percent")
    marked = [
        cell
        for cell in notebook.cells
        if not cell.metadata.get("nbgrader", {"grade": True})["grade"]
    ]
    sources = {cell.metadata["nbgrader"]["grade_id"]: cell.source for cell in marked}
    names = dict(given)
    for exercise in exercises:
        exec(compile(sources[exercise], f"{lesson}/{exercise}", "exec"), names)
    return names
