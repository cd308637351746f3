"""Whose file is it? Each system writes that into names in its own way.

Canvas ("Download submissions"): smithbob_340934_208490284_perceptron-1.ipynb, with LATE behind the
name of late work. Moodle ("Download all submissions"): Bob Smith_19164_assignsubmission_file_, as a
folder or in front of the file's name. Gradescope ("Export submissions"): submission_123/, with the
people in submission_metadata.yml. Anything else: one folder a student, and in it the files, or as
nbgrader has it a folder a lesson.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from course.lms.downloads import File
from grading.errors import UserError

_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?:(?P<late>LATE|late)_)?(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)"
)
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_file_?(?P<file>.*)")
_METADATA = "submission_metadata.yml"


@dataclass(frozen=True)
class Person:
    """Who handed something in, as far as a system tells.

    Attributes:
        system: "canvas", "moodle", "gradescope" or "folders".
        id: the system's number for the person; Moodle's is one for each assignment.
        name: as the system writes it.
        email, sid: address and student number, or "".
    """

    system: str
    id: str
    name: str
    email: str = ""
    sid: str = ""


@dataclass(frozen=True)
class Handed:
    """One file of one person.

    Attributes:
        person: whose it is.
        name: the name that the student gave it.
        file: where it lies.
        late: True where the system calls it late.
        moment: when it was handed in, as text, or "".
    """

    person: Person
    name: str
    file: File
    late: bool = False
    moment: str = ""


def recognise(files: list[File], lesson: str) -> tuple[str, list[Handed], list[File]]:
    """Return the system that a download comes from, what was handed in, and what belongs to nobody.

    Args:
        files: the download.
        lesson: the lesson's folder name, which plain folders may hold.

    Raises:
        UserError: Gradescope's metadata cannot be read.
    """
    metadata = next((file for file in files if file.name == _METADATA), None)
    if metadata:
        return "gradescope", *_sorted(files, _gradescope(metadata))
    for system, rule in (("moodle", _moodle), ("canvas", _canvas)):
        handed, rest = _sorted(files, rule)
        if len(handed) > len(rest):
            return system, handed, rest
    return "folders", *_sorted(files, _folders(files, lesson))


def _sorted(files: list[File], rule: Callable) -> tuple[list[Handed], list[File]]:
    handed, rest = [], []
    for file in files:
        found = rule(file)
        handed += found
        rest += [file] * (not found)
    return handed, rest


def _canvas(file: File) -> list[Handed]:
    match = _CANVAS.fullmatch(file.name)
    if not match:
        return []
    person = Person("canvas", match["user"], match["name"])
    name = re.sub(r"-\d+(?=\.\w+$)", "", match["file"])  # Canvas counts new attempts
    return [Handed(person, name, file, late=bool(match["late"]))]


def _moodle(file: File) -> list[Handed]:
    for depth, part in enumerate(file.parts):
        match = _MOODLE.fullmatch(part)
        if match:
            inside = file.parts[depth + 1 :]
            name = "/".join(inside) or match["file"] or "unnamed"
            return [Handed(Person("moodle", match["id"], match["name"]), name, file)]
    return []


def _gradescope(metadata: File) -> Callable:
    """Return the rule that a metadata file states: {folder: {":submitters": [...], ...}}."""
    try:
        entries = yaml.safe_load(metadata.read())
        people = {folder: _submitters(entry) for folder, entry in entries.items()}
    except (yaml.YAMLError, AttributeError, TypeError, KeyError) as error:
        reason = str(error).partition("\n")[0]
        raise UserError(f"{_METADATA} is not as Gradescope writes it: {reason}") from error
    moments = {folder: str(entry.get(":created_at", "")) for folder, entry in entries.items()}

    def rule(file: File) -> list[Handed]:
        folder = next((part for part in file.parts[:-1] if part in people), None)
        if folder is None:
            return []
        name = "/".join(file.parts[file.parts.index(folder) + 1 :])
        return [Handed(who, name, file, moment=moments[folder]) for who in people[folder]]

    return rule


def _submitters(entry: dict) -> list[Person]:
    return [
        Person(
            "gradescope",
            str(who.get(":sid") or who.get(":email") or who[":name"]),
            str(who[":name"]),
            str(who.get(":email") or ""),
            str(who.get(":sid") or ""),
        )
        for who in entry[":submitters"]
    ]


def _folders(files: list[File], lesson: str) -> Callable:
    """Return the rule of one folder a student, below folders that hold all the others.

    Where a student's folder has one for the lesson, the work is what that holds.
    """
    depth = 0
    while _is_above(depth, files, lesson):
        depth += 1
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
    """Tell whether one folder of this depth holds everything, and is no student's own."""
    if len({file.parts[: depth + 1] for file in files}) > 1 or len(files[0].parts) <= depth + 2:
        return False
    return all(file.parts[depth + 1] != lesson for file in files if len(file.parts) > depth + 2)
