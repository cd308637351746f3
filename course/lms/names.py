"""Names of folders and files that every system can write and that stay apart."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple
from itertools import chain, count
from pathlib import Path, PurePosixPath

from course.lms.people import Person
from course.lms.roster import Entry

LONGEST = 150  # bytes of a file's or folder's name; systems take 255, and others add to it
DEEPEST = 4  # parts of a path in a student's folder of a lesson; the grader looks no deeper
_REFUSED = re.compile('[\x00-\x1f\x7f<>:"|?*\\\\/\ud800-\udfff]')


def folder_names(people: Iterable[Person], known: Iterable[Entry]) -> dict[Person, str]:
    """Return a folder name for each person, no two alike.

    Who has a folder keeps it; where people share a name, the system's number comes behind it.

    Args:
        people: who handed something in now.
        known: who did before.
    """
    known = [entry for entry in known if entry.student == safe_part(entry.student)]
    kept = {(entry.system, entry.id): entry.student for entry in known}
    before = [Person(entry.system, entry.id, entry.name) for entry in known]
    everybody = {(p.system, p.id): plain_name(p) for p in [*before, *people]}
    sharing = Counter(map(_key, everybody.values()))
    taken = {_key(entry.student) for entry in known}
    names = {}
    for person in sorted(people, key=astuple):
        name = kept.pop((person.system, person.id), "")
        if not name:
            shared = sharing[_key(plain_name(person))] > 1
            name = next(n for n in _candidates(person, shared=shared) if _key(n) not in taken)
        taken.add(_key(name))
        names[person] = name
    return names


def _candidates(person: Person, *, shared: bool) -> Iterable[str]:
    """Yield the names that a person may get, the best first."""
    names = [plain_name(person)]
    if person.system != "folders":
        names.append(f"{names[0]}-{_slug(person.id) or _mark(person.id)}")
    best = names[-1:] if shared else names
    return chain(best, (f"{names[-1]}-{number}" for number in count(2)))


def plain_name(person: Person) -> str:
    """Return the folder name of a person who shares it with nobody."""
    if person.system == "folders":
        name = safe_part(person.name).lstrip("._")  # the grader passes over such folders
    else:
        name = _slug(person.name) or _slug(person.id)
    return name or f"student-{_mark(person.id)}"


def _slug(text: str) -> str:
    """Return a name in small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-")


def _mark(text: str) -> str:
    """Return a few letters and digits for a text that has none of them."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _key(name: str) -> str:
    """Return what two names have in common that some file systems take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def safe_path(name: str) -> Path:
    """Return a path that stays below its folder and that every system can write."""
    parts = [part for part in PurePosixPath(name).parts if part not in ("/", "..", ".")]
    return Path(*[safe_part(part) for part in parts[-DEEPEST:]] or ["unnamed"])


def safe_part(name: str) -> str:
    """Return a file's or folder's name without what some systems refuse; its suffix stays."""
    plain = _REFUSED.sub("_", name)
    if len(plain.encode()) <= LONGEST:
        return plain
    suffix = PurePosixPath(plain).suffix
    suffix = suffix if len(suffix.encode()) <= 20 else ""
    return plain.encode()[: LONGEST - len(suffix.encode())].decode("utf-8", "ignore") + suffix


def free_place(folder: Path, path: Path) -> Path:
    """Return a place below a folder where nothing lies yet: the path, or one much like it."""
    if any((folder / parent).is_file() for parent in path.parents):
        path = Path(path.name)
    place, number = folder / path, 2
    while place.exists():
        place = folder / path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return place
