"""Write one student's files: all of them or, where the download is damaged, none."""

import errno
import shutil
import tempfile
from filecmp import cmp
from pathlib import Path

from course.lms.names import free_place, safe_path
from course.lms.people import Handed
from grading.errors import UserError
from grading.files import write_whole
from grading.moments import read_moment
from grading.submissions import LARGEST, TIME

LARGEST_ZIP = 1_000_000_000  # bytes
_OF_NAMES = {  # what a system says about a name that it does not take
    *(errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.EEXIST),
    *(errno.ENOTDIR, errno.EISDIR, errno.ENOENT),
}


def write_work(folder: Path, items: list[Handed], scratch_in: Path) -> list[str]:
    """Write one student's files beside the old ones, then put them in their place.

    Args:
        folder: the student's folder of the lesson.
        items: the files.
        scratch_in: a folder on the same disk.

    Returns:
        The files that were left aside, each with the reason.

    Raises:
        Damaged: a file cannot be unpacked; the old ones are kept.
        UserError: a file cannot be read or written.
    """
    scratch_in.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch_in, prefix=".collect-") as scratch:
        fresh = Path(scratch) / "new"
        fresh.mkdir()
        aside = [reason for item in items if (reason := _write(item, fresh))]
        moment = last_moment(items)
        if moment:
            write_whole(fresh / TIME, moment)
        aside += _keep_time(folder, fresh)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            shutil.move(folder, Path(scratch) / "old")
        fresh.rename(folder)
    return aside


def _keep_time(folder: Path, fresh: Path) -> list[str]:
    """Keep the time that was written beside the same files before; told where files changed."""
    if not (folder / TIME).is_file() or (fresh / TIME).exists():
        return []
    old, new = (_files(place) for place in (folder, fresh))
    if old == new and all(cmp(folder / name, fresh / name, shallow=False) for name in new):
        shutil.copy(folder / TIME, fresh / TIME)
        return []
    return [f"{folder.parent.name}/{folder.name}/{TIME} (it was of older work)"]


def _files(folder: Path) -> set[Path]:
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return found - {Path(TIME)}


def _write(item: Handed, folder: Path) -> str:
    """Write one file; returns its name and the reason where it is left aside, else ""."""
    is_zip = item.name.lower().endswith(".zip")  # its table of contents stands at its end
    most = LARGEST_ZIP if is_zip else LARGEST
    place, size = folder / safe_path(item.name), 0
    try:
        place = free_place(folder, safe_path(item.name))
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            for chunk in item.file.pieces(most + 1):
                size += file.write(chunk)
    except OSError as error:
        if error.errno in _OF_NAMES:
            return f"{item.file.path} ({error.strerror})"
        raise UserError(f"{item.file.path} cannot be written: {error.strerror}") from error
    if is_zip and size > most:
        place.unlink()
        return f"{item.file.path} (larger than {most // 1_000_000:,} MB)"
    return ""


def last_moment(items: list[Handed]) -> str:
    """Return when the last of the files was handed in, as nbgrader writes it; "" if not known."""
    moments = [moment for item in items if (moment := read_moment(item.moment))]
    return max(moments).isoformat(sep=" ") if moments else ""
