"""Make data/nuclei from PyPI's `stardist`: one microscopy image with 125 labelled nuclei."""

import shutil
from pathlib import Path

import numpy as np
from packages import fetch_wheel
from PIL import Image
from store import write_npz


def build(data: Path, folder: Path) -> list[Path]:
    """Write the image (uint8) and the number of the nucleus at each pixel (uint8, 0 is none)."""
    source = fetch_wheel("stardist", "0.9.2", folder)
    images = source / "stardist" / "data" / "images"
    path = data / "nuclei" / "nuclei.npz"
    image = np.asarray(Image.open(images / "img2d.tif"))
    labels = np.asarray(Image.open(images / "mask2d.tif"))
    _, numbered = np.unique(labels, return_inverse=True)
    write_npz(
        path,
        {"image": image.astype("uint8"), "labels": numbered.reshape(512, 512).astype("uint8")},
    )
    licence = path.parent / "LICENSE.txt"
    shutil.copyfile(next(source.glob("stardist-*.dist-info/licenses/LICENSE.txt")), licence)
    return [path, licence]
