"""Whose file is it? Each system writes that into names in its own way.

Canvas ("Download submissions"): smithbob_340934_208490284_perceptron-1.ipynb, with LATE behind the
name of late work. Moodle ("Download all submissions"): Bob Smith_19164_assignsubmission_file_, as a
folder or in front of the file's name. Gradescope ("Export submissions"): submission_123/, with the
people in submission_metadata.yml. Anything else: one folder a student, and in it the files, or as
nbgrader has it a folder a lesson. Only what lies outermost tells the system: what is further in,
students have named.
"""

import re
from collections.abc import Callable

from course.lms.downloads import File
from course.lms.gradescope import gradescope
from course.lms.people import Handed, Person
from grading.entries import is_notebook

_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?:(?P<late>LATE|late)_)?(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)",
    re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)",
    re.DOTALL,
)


def recognise(files: list[File], lesson: str) -> tuple[str, list[Handed], list[File]]:
    """Return the system that a download comes from, what was handed in, and what belongs to nobody.

    Args:
        files: the download.
        lesson: the lesson's folder name, which plain folders may hold.

    Raises:
        UserError: Gradescope's metadata cannot be read.
    """
    depth = 0
    while _is_above(depth, files, lesson):
        depth += 1
    for system, of_file in (("canvas", _canvas), ("moodle", _moodle)):
        rule = _rule(of_file, files, depth)
        if rule:
            return system, *_sorted(files, rule)
    rule = gradescope(files)
    if rule:
        return "gradescope", *_sorted(files, rule)
    return "folders", *_sorted(files, _folders(files, lesson, depth))


def _sorted(files: list[File], rule: Callable) -> tuple[list[Handed], list[File]]:
    handed, rest = [], []
    for file in files:
        found = rule(file)
        handed += found
        rest += [file] * (not found)
    return handed, rest


def _rule(of_file: Callable, files: list[File], depth: int) -> Callable | None:
    """Return a system's rule if most of what lies outermost, or every single file, follows it."""
    outermost = {f.parts[: depth + 1]: f for f in files if len(f.parts) > depth}
    for known, deepest in ((outermost.values(), depth), (files, _ANY)):
        following = sum(bool(of_file(file, deepest)) for file in known)
        if following == len(known) or (deepest == depth and 2 * following > len(known)):
            return lambda file, deepest=deepest: of_file(file, deepest)
    return None


_ANY = 1_000_000  # folders above a file


def _canvas(file: File, deepest: int) -> list[Handed]:
    match = _CANVAS.fullmatch(file.name)
    if not match or len(file.parts) > deepest + 1:
        return []
    person = Person("canvas", match["user"], match["name"])
    name = re.sub(r"-\d+(?=\.\w+$)", "", match["file"])  # Canvas counts new attempts
    return [Handed(person, name, file, late=bool(match["late"]))]


def _moodle(file: File, deepest: int) -> list[Handed]:
    for depth, part in enumerate(file.parts[: deepest + 1]):
        match = _MOODLE.fullmatch(part)
        if match:
            inside = file.parts[depth + 1 :]
            name = "/".join(inside) or match["file"] or "unnamed"
            return [Handed(Person("moodle", match["id"], match["name"]), name, file)]
    return []


def _folders(files: list[File], lesson: str, depth: int) -> Callable:
    """Return the rule of one folder a student, below folders that hold all the others.

    Where a student's folder has one for the lesson, the work is what that holds.
    """
    filed = {file.parts[depth] for file in files if file.parts[depth + 1 : -1][:1] == (lesson,)}

    def rule(file: File) -> list[Handed]:
        if len(file.parts) < depth + 2 or file.parts[depth] == lesson:
            return []
        name, *inside = file.parts[depth:]
        if name in filed:
            inside = inside[1:] if inside[0] == lesson else []
        person = Person("folders", name, name)
        return [Handed(person, "/".join(inside), file)] if inside else []

    return rule


def _is_above(depth: int, files: list[File], lesson: str) -> bool:
    """Tell whether one folder of this depth holds all the others, and is no student's own."""
    filed = [file for file in files if len(file.parts) > depth + 1]
    names = {file.parts[depth] for file in filed}
    inside = {file.parts[depth + 1] for file in filed if len(file.parts) > depth + 2}
    own = any(is_notebook(file.name) for file in filed if len(file.parts) == depth + 2)
    if len(names) != 1 or not inside or own or lesson in inside:
        return False
    return not any(map(_MOODLE.fullmatch, names))
