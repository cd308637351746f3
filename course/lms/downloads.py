"""The files of a class as they were downloaded: a folder, or a zip that is read in place."""

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grading.entries import is_clutter
from grading.errors import UserError
from grading.files import refuse_unreadable
from grading.submissions import LARGEST

_CHUNK = 1 << 20  # bytes


class Damaged(Exception):  # noqa: N818 - a fact about a download, told to the instructor
    """A file of the download cannot be unpacked; the text says which and why."""


@dataclass(frozen=True)
class File:
    """One downloaded file.

    Attributes:
        parts: its folders and name below the download.
        chunks: yields its bytes, piece by piece; raises Damaged where they cannot be unpacked.
    """

    parts: tuple[str, ...]
    chunks: Callable[[], Iterator[bytes]]

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.parts[-1]

    @property
    def path(self) -> str:
        """The file's name with its folders."""
        return str(PurePosixPath(*self.parts))

    def pieces(self, most: int = LARGEST + 1) -> Iterator[bytes]:
        """Yield the file's first bytes, `most` of them.

        Raises:
            Damaged: they cannot be unpacked.
        """
        for chunk in self.chunks():
            yield chunk[:most]
            most -= len(chunk)
            if most <= 0:
                return


def files_of(download: Path) -> tuple[list[File], list[File]]:
    """Return the files of a download, and those whose names point out of it.

    Raises:
        UserError: there is no such folder or zip, nothing is in it, or a folder cannot be read.
    """
    if not download.exists():
        raise UserError(f"there is no {download}")
    if download.is_dir():
        found, outside = list(_in_folder(download)), []
    elif zipfile.is_zipfile(download):
        found, outside = _in_zip(download)
    else:
        raise UserError(f"{download} is neither a folder nor a whole zip file")
    if not found:
        raise UserError(f"{download} holds no files")
    return found, outside


def _in_folder(folder: Path) -> Iterator[File]:
    for place, folders, names in os.walk(folder, onerror=refuse_unreadable, followlinks=False):
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        for name in sorted(names):
            path = Path(place) / name
            if not is_clutter(name) and path.is_file() and not path.is_symlink():
                parts = tuple(map(_readable, path.relative_to(folder).parts))
                yield File(parts, lambda path=path: _of_file(path))


def _readable(name: str) -> str:
    """Return a name that is text: what is no UTF-8 in it was Latin-1, as old systems write."""
    return re.sub("[\udc80-\udcff]", lambda byte: chr(ord(byte[0]) - 0xDC00), name)


def _of_file(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        error.filename = str(path)  # what a broken disk raises names no file
        refuse_unreadable(error)


def _in_zip(archive: Path) -> tuple[list[File], list[File]]:
    """Return the files of a zip, and those whose names point out of it; hidden ones are left out.

    The zip stays open: each file's chunks use it.
    """
    try:
        opened = zipfile.ZipFile(archive)
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        raise UserError(f"{archive} is damaged ({error}): download it again") from error
    found, outside = [], []
    for item in opened.infolist():
        name = item.filename.replace("\\", "/")  # as some programs on Windows write it
        parts = PurePosixPath(name).parts
        points_out = ".." in parts or name.startswith("/")
        if not parts or name.endswith("/") or any(map(is_clutter, set(parts) - {".."})):
            continue
        file = File(tuple(map(_readable, parts)), lambda item=item: _of_member(opened, item))
        (outside if points_out else found).append(file)
    return found, outside


def _of_member(opened: zipfile.ZipFile, item: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with opened.open(item) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except Exception as error:  # zlib, lzma and bz2 each raise their own
        raise Damaged(f"{item.filename} {_why(item, error)}") from error


def _why(item: zipfile.ZipInfo, error: Exception) -> str:
    if item.flag_bits & 1:
        return "has a password"
    if isinstance(error, NotImplementedError):
        return "is packed in a way that Python cannot unpack"
    return "is damaged"
