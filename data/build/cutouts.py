"""Make data/cutouts-gpl from Debian's `tuxpaint-stamps-default`: photographed things, cut out."""

import shutil
from pathlib import Path

import numpy as np
from packages import fetch_debian
from PIL import Image
from store import write_json, write_sheet

PACKAGE, VERSION = "tuxpaint-stamps-default", "2022.06.04-1"
SIZE = 128
FOLDS = 3
SEED = 7
CLASSES = {  # class: folders of stamps
    "bird": ["animals/birds"],
    "mammal": ["animals/mammals", "animals/marsupials"],
    "produce": ["food/fruit", "food/vegetables", "food/nuts", "food/spices"],
    "flower": ["plants/flowers"],
    "sea_or_insect": ["animals/fish", "animals/insects", "animals/shellfish"],
    "tool": ["household/tools", "hobbies"],
}
DRAWN = {"hedgehog", "echidna"}  # drawings among the photographs
POOR = {"albino_peahen", "garlics", "shrimp", "walnut_shelled"}
PAIRS = {  # the same animal or thing photographed twice stays in one split
    "gnu-baby": "gnu",
    "gnu-baby-stand": "gnu",
    "gnu-sitting": "gnu",
    "gnu-stand": "gnu",
    "lion-2": "lion",
    "pig_golden2": "pig_golden",
    "rabbit-2": "rabbit",
}


def build(data: Path, folder: Path) -> list[Path]:
    """Write the sheet of sprites, their names, classes and splits, and the licence."""
    root = fetch_debian(PACKAGE, VERSION, folder)
    stamps = root / "usr" / "share" / "tuxpaint" / "stamps"
    found = [(kind, path) for kind in CLASSES for path in find_stamps(stamps, CLASSES[kind])]
    target = data / "cutouts-gpl"
    write_sheet(target / "cutouts.webp", [fit(path) for _, path in found], columns=16, quality=90)
    names = [path.stem for _, path in found]
    labels = [kind for kind, _ in found]
    write_json(
        target / "cutouts.json",
        {"class": labels, "folds": deal_folds(names, labels), "name": names, "size": SIZE},
    )
    shutil.copyfile(root / "usr/share/doc" / PACKAGE / "copyright", target / "copyright")
    shutil.copyfile("/usr/share/common-licenses/GPL-2", target / "GPL-2")
    return [target / name for name in ("cutouts.webp", "cutouts.json", "copyright", "GPL-2")]


def find_stamps(stamps: Path, folders: list[str]) -> list[Path]:
    """List the photographs below some folders, leaving out drawings, toys and mirror images."""
    unwanted = ("cartoon", "toys", "plastic")
    return [
        path
        for folder in folders
        for path in sorted((stamps / folder).glob("**/*.png"))
        if not any(part in unwanted for part in path.parts)
        and "_mirror" not in path.stem
        and path.stem not in DRAWN | POOR
    ]


def fit(path: Path) -> np.ndarray:
    """Crop a stamp to what can be seen and centre it in a SIZE x SIZE square."""
    stamp = Image.open(path).convert("RGBA")
    stamp = stamp.crop(stamp.getchannel("A").point(lambda alpha: 255 * (alpha > 16)).getbbox())
    scale = SIZE / max(stamp.size)
    shape = [max(1, round(side * scale)) for side in stamp.size]
    square = Image.new("RGBA", (SIZE, SIZE))
    corner = tuple((SIZE - side) // 2 for side in shape)
    square.paste(stamp.resize(shape, Image.Resampling.LANCZOS), corner)
    return np.asarray(square)


def deal_folds(names: list[str], labels: list[str]) -> list[list[str]]:
    """Split each class three times: three fifths to train on, a fifth to validate, one to test.

    The three test sets share no sprite.
    """
    rng = np.random.default_rng(SEED)
    fifth = {}
    for kind in CLASSES:
        members = [name for name, label in zip(names, labels, strict=True) if label == kind]
        groups = sorted({PAIRS.get(name, name) for name in members})
        for place, index in enumerate(rng.permutation(len(groups))):
            fifth[kind, groups[index]] = place * 5 // len(groups)
    kept = [fifth[kind, PAIRS.get(name, name)] for name, kind in zip(names, labels, strict=True)]
    return [[split_name(part, fold) for part in kept] for fold in range(FOLDS)]


def split_name(part: int, fold: int) -> str:
    if part == fold:
        return "test"
    return "validation" if part == (fold + 3) % 5 else "train"
