"""Write files whole or not at all, and refuse those that cannot be read."""

import os
import re
import tempfile
from pathlib import Path
from typing import NoReturn

from grading.errors import UserError


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file so that a reader, or Ctrl-C, never meets half of it.

    Letters of a text that no file can hold (halves of surrogate pairs) become question marks.

    Raises:
        UserError: the folder cannot be written to, or the disk is full.
    """
    data = data.encode("utf-8", "replace") if isinstance(data, str) else data
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def writable(name: str) -> str:
    """Return a file's or folder's name with bytes that are no UTF-8 written out, as %DCFF."""
    return re.sub("[\ud800-\udfff]", lambda half: f"%{ord(half[0]):X}", name)


def refuse_unreadable(error: OSError) -> NoReturn:
    """Stop where a file or folder cannot be read: work in it would count as not handed in.

    Raises:
        UserError: always; `os.walk` takes this function as its `onerror`.
    """
    advice = ": give yourself the right to read it" if isinstance(error, PermissionError) else ""
    raise UserError(f"{error.filename} cannot be read{advice}") from error
