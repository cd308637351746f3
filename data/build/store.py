"""Write data files that come out the same to the byte, and keep their checksums."""

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

DATA = Path(__file__).resolve().parent.parent
EFFORT = 6  # of the WebP encoder, the most there is; changes sizes, not pixels
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can hold


def write_npz(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Save arrays as a compressed .npz file whose bytes depend on their values alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, buffer.getvalue(), compresslevel=9)


def content_digest(path: Path) -> str:
    """Hash what a file holds (arrays, pixels), so that another zlib or libwebp changes nothing."""
    if path.suffix == ".webp":
        with Image.open(path) as image:
            return hashlib.sha256(image.convert("RGBA").tobytes()).hexdigest()
    if path.suffix != ".npz":
        return file_digest(path)
    digest = hashlib.sha256()
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            digest.update(name.encode() + archive.read(name))
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def record(paths: list[Path], *, script: str, data: Path = DATA) -> None:
    """Enter files in the manifest of the data folder, with the script that makes them.

    What the script made before and no longer makes is deleted.
    """
    manifest = data / "manifest.json"
    entries = json.loads(manifest.read_text()) if manifest.exists() else {}
    stale = [name for name, entry in entries.items() if entry["script"] == script]
    for name in stale:
        del entries[name]
        if data / name not in paths:
            (data / name).unlink(missing_ok=True)
    for path in paths:
        entries[path.relative_to(data).as_posix()] = {
            "bytes": path.stat().st_size,
            "content": content_digest(path),
            "script": script,
            "sha256": file_digest(path),
        }
    write_json(manifest, entries)


def write_sheet(path: Path, sprites: list[np.ndarray], *, columns: int, quality: int) -> None:
    """Save square RGBA sprites of one size as a WebP sheet, row by row; quality 100 loses nothing.

    Clear pixels are set to black first, so that no hidden colour is kept.
    """
    size = len(sprites[0])
    rows = -(-len(sprites) // columns)
    sheet = np.zeros((rows * size, columns * size, 4), "uint8")
    for index, sprite in enumerate(sprites):
        top, left = index // columns * size, index % columns * size
        sheet[top : top + size, left : left + size] = sprite * (sprite[..., 3:] > 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"lossless": True, "exact": True} if quality == 100 else {"quality": quality}
    Image.fromarray(sheet).save(path, method=EFFORT, **options)


def write_json(path: Path, value) -> None:
    """Save a value as indented JSON with its keys in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
