"""Look into zip files that students hand in, without unpacking anything to the disk."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from grading.entries import is_clutter
from grading.files import refuse_unreadable

MOST_MEMBERS = 20_000  # of all zip files in one student's folder
LONGEST_TABLES = 10_000_000  # bytes of their tables of contents, each read at once and whole
_DAMAGE = (OSError, ValueError, NotImplementedError, zipfile.BadZipFile)


class Archives:
    """The zip files of one student: each is opened once, and all share a bound on the work.

    Attributes:
        members: how many members may still be looked at.
        bytes: how many bytes may still be read to open zip files.
    """

    def __init__(self):
        self.members, self.bytes = MOST_MEMBERS, LONGEST_TABLES

    def read(
        self, archive: Path, wanted: Callable[[str], bool], limit: int
    ) -> Iterator[tuple[str, bytes]]:
        """Yield name and first bytes of the wanted files of a zip file; nothing of a damaged one.

        Raises:
            UserError: there is no right to read it.
        """
        try:
            if archive.is_symlink() or not archive.is_file():  # a pipe would never open
                return
            with _Counted(archive.open("rb", buffering=0)) as file:
                yield from self._read(file, wanted, limit)
        except PermissionError as error:
            refuse_unreadable(error)
        except _DAMAGE:
            return

    def _read(self, file: "_Counted", wanted, limit: int) -> Iterator[tuple[str, bytes]]:
        file.left = self.bytes
        try:
            opened = zipfile.ZipFile(file)
        finally:
            self.bytes, file.left = file.left, None
        items = opened.infolist()[: self.members]
        self.members -= len(items)
        for item in items:
            if _is_plain(item) and wanted(item.filename):
                yield item.filename, read_member(opened, item, limit)


class _Counted(io.BufferedReader):
    """A file that refuses to be read beyond `left` bytes, where that is a number."""

    left: int | None = None

    def read(self, size: int | None = -1) -> bytes:
        if self.left is None:
            return super().read(size)
        if self.left <= 0 or (size or 0) > self.left:
            raise zipfile.BadZipFile("its table of contents is too long")
        data = super().read(size)
        self.left -= len(data)
        return data


def read_member(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, limit: int) -> bytes:
    """Return the first bytes of a file in a zip file; b"" where it is damaged or has a password.

    The archive comes opened, so that its table of contents is read only once.
    """
    try:
        with archive.open(name) as file:
            return file.read(limit)
    except Exception:  # zipfile, zlib, lzma and bz2 each raise their own
        return b""


def _is_plain(item: zipfile.ZipInfo) -> bool:
    return not item.is_dir() and not any(map(is_clutter, PurePosixPath(item.filename).parts))
