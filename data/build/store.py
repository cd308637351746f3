"""Write data files that come out the same to the byte, and keep their checksums."""

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent
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
    """Hash what a file holds: for .npz the arrays, so that another zlib changes nothing."""
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
    """Enter files in the manifest of the data folder, with the script that makes them."""
    manifest = data / "manifest.json"
    entries = json.loads(manifest.read_text()) if manifest.exists() else {}
    stale = [name for name, entry in entries.items() if entry["script"] == script]
    for name in stale:
        del entries[name]
    for path in paths:
        entries[path.relative_to(data).as_posix()] = {
            "bytes": path.stat().st_size,
            "content": content_digest(path),
            "script": script,
            "sha256": file_digest(path),
        }
    manifest.write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n")
