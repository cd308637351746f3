"""Whose file is it in a download of Gradescope? submission_metadata.yml says so."""

from collections.abc import Callable

import yaml

from course.lms.downloads import Damaged, File
from course.lms.people import Handed, Person
from grading.errors import UserError

METADATA = "submission_metadata.yml"


def gradescope(files: list[File]) -> Callable[[File], list[Handed]] | None:
    """Return the rule that a metadata file states; None of a download that is not Gradescope's.

    The file counts only beside the folders that it names, and only where all of them lie in one: a
    student may hand in one as well.

    Raises:
        UserError: the file stands beside submissions, and cannot be read.
    """
    tops = {file.parts[0] for file in files if len(file.parts) > 1}
    for file in files:
        depth = len(file.parts) - 1
        if file.name == METADATA and (depth == 0 or (depth == 1 and len(tops) == 1)):
            beside = {f.parts[depth] for f in files if len(f.parts) > depth + 1}
            return _rule(file, beside)
    return None


def _rule(metadata: File, beside: set[str]) -> Callable[[File], list[Handed]] | None:
    """Return the rule of a metadata file: {folder: {":submitters": [...], ...}}."""
    try:
        entries = yaml.safe_load(b"".join(metadata.pieces()))
        if not beside & set(entries):
            return None
        people = {folder: _submitters(entry) for folder, entry in entries.items()}
    except (Damaged, yaml.YAMLError, AttributeError, TypeError, KeyError, ValueError) as error:
        if not any(name.startswith("submission") for name in beside):
            return None
        reason = str(error).partition("\n")[0]
        raise UserError(f"{METADATA} is not as Gradescope writes it: {reason}") from error
    moments = {folder: _text(entry.get(":created_at")) for folder, entry in entries.items()}
    depth = len(metadata.parts) - 1

    def rule(file: File) -> list[Handed]:
        folder, *inside = file.parts[depth:] or [""]
        if not inside or folder not in people:
            return []
        name = "/".join(inside)
        return [Handed(who, name, file, moment=moments[folder]) for who in people[folder]]

    return rule


def _submitters(entry: dict) -> list[Person]:
    return [
        Person(
            "gradescope",
            _text(who.get(":sid") or who.get(":email") or who[":name"]),
            _text(who[":name"]),
            _text(who.get(":email")),
            _text(who.get(":sid")),
        )
        for who in entry[":submitters"]
    ]


def _text(value: object) -> str:
    return str(value or "").encode("utf-8", "replace").decode()
