"""Find, verify and read the files under `data/`."""

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path

import numpy as np

SPLITS = ("train", "validation", "test")


def data_folder() -> Path:
    """Return the folder of the embedded data: COURSE_DATA where it is set, else `data/`."""
    default = Path(__file__).resolve().parent.parent / "data"
    return Path(os.environ.get("COURSE_DATA") or default)


def verified_path(name: str) -> Path:
    """Return the path of a data file whose checksum agrees with the manifest.

    Args:
        name: path below the data folder, such as "digits/digits.npz".

    Raises:
        FileNotFoundError: the file, the manifest, or the file's line in it is missing.
        OSError: the file's SHA-256 differs from the manifest's.
    """
    folder = data_folder()
    path = folder / name
    entry = _manifest(folder / "manifest.json").get(name)
    if entry is None:
        raise FileNotFoundError(f"{name} must be listed in {folder / 'manifest.json'}: it is not")
    restore = "copy `data/` from the course again"
    if not path.is_file():
        raise FileNotFoundError(f"{path} must exist with SHA-256 {entry['sha256']}: {restore}")
    stamp = path.stat()
    found = _digest(path, stamp.st_size, stamp.st_mtime_ns)
    if found != entry["sha256"]:
        raise OSError(f"{path} must have SHA-256 {entry['sha256']}, got {found}: {restore}")
    return path


def load_arrays(name: str) -> dict[str, np.ndarray]:
    """Read every array of a verified .npz file."""
    with np.load(verified_path(name), allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


def to_unit(pixels: np.ndarray) -> np.ndarray:
    """Turn uint8 pixels in [0, 255] into float32 in [0, 1]."""
    return pixels.astype("float32") / np.float32(255)


def _manifest(path: Path) -> dict:
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} must exist: copy `data/` from the course again or set COURSE_DATA"
        )
    try:
        return json.loads(path.read_text())
    except ValueError as error:
        raise OSError(
            f"{path} must hold JSON ({error}): copy `data/` from the course again"
        ) from error


@lru_cache(maxsize=64)
def _digest(path: Path, size: int, modified: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
