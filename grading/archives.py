"""Look into zip files that students hand in, without unpacking anything to the disk."""

import zipfile
from pathlib import Path, PurePosixPath

from grading.files import refuse_unreadable


def members(archive: Path, *, limit: int) -> list[str]:
    """Return the names of the plain files in a zip file, hidden ones left out; [] of a damaged one.

    Raises:
        UserError: there is no right to read it.
    """
    if archive.is_symlink():
        return []
    try:
        with zipfile.ZipFile(archive) as opened:
            names = [item.filename for item in opened.infolist()[:limit] if not item.is_dir()]
    except PermissionError as error:
        refuse_unreadable(error)
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return []
    return [name for name in names if not _is_hidden(name)]


def read_member(archive: Path | zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return the first bytes of a file in a zip file; b"" where it is damaged or has a password.

    Who reads many files of a large one gives it opened: its table of contents is read only once.
    """
    try:
        if isinstance(archive, Path):
            with zipfile.ZipFile(archive) as opened:
                return read_member(opened, name, limit)
        with archive.open(name) as file:
            return file.read(limit)
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, EOFError):
        return b""
    except Exception:  # zlib, lzma and bz2 each raise their own
        return b""


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
