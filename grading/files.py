"""Write files whole or not at all."""

import os
import tempfile
from pathlib import Path

from grading.errors import UserError


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file so that a reader, or Ctrl-C, never meets half of it.

    Raises:
        UserError: the folder cannot be written to, or the disk is full.
    """
    data = data.encode("utf-8") if isinstance(data, str) else data
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
