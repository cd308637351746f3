"""The files of a class as they were downloaded: a folder, or a zip that is read in place."""

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grading.archives import members, read_member
from grading.errors import UserError
from grading.files import refuse_unreadable
from grading.submissions import LARGEST, is_clutter

MOST_FILES = 2_000_000  # of a class


@dataclass(frozen=True)
class File:
    """One downloaded file.

    Attributes:
        parts: its folders and name below the download.
        read: returns its bytes, at most LARGEST + 1 of them.
    """

    parts: tuple[str, ...]
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.parts[-1]


def files_of(download: Path) -> list[File]:
    """Return the files of a download, without a folder that holds all the others.

    Raises:
        UserError: there is no such folder or zip, nothing is in it, or a folder cannot be read.
    """
    if download.is_dir():
        found = list(_in_folder(download))
    elif zipfile.is_zipfile(download):
        found = list(_in_zip(download))
    else:
        raise UserError(f"{download} is neither a folder nor a zip file")
    if not found:
        raise UserError(f"{download} holds no files")
    return found


def _in_folder(folder: Path) -> Iterator[File]:
    for place, folders, names in os.walk(folder, onerror=refuse_unreadable, followlinks=False):
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        for name in sorted(names):
            path = Path(place) / name
            if not is_clutter(name) and path.is_file() and not path.is_symlink():
                yield File(path.relative_to(folder).parts, lambda path=path: _head(path))


def _in_zip(archive: Path) -> Iterator[File]:
    names = members(archive, limit=MOST_FILES)
    opened = zipfile.ZipFile(archive) if names else None  # kept: each file's read uses it
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if ".." not in parts and not name.startswith("/"):
            yield File(parts, lambda name=name: read_member(opened, name, LARGEST + 1))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
