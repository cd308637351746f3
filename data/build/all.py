"""Make the embedded data again: `python data/build/all.py`, or some sets: `... all.py digits`."""

import importlib
import sys
import tempfile
from pathlib import Path

from packages import PackageUnavailableError
from store import DATA, record

SETS = ("digits", "cutouts", "emoji", "photos", "nuclei", "backbone", "cnn", "yolo", "judge")


def build_set(name: str, *, data: Path = DATA) -> list[Path]:
    """Build one set in a temporary folder and enter its files in the manifest."""
    with tempfile.TemporaryDirectory() as folder:
        paths = importlib.import_module(name).build(data, Path(folder))
    record(paths, script=name, data=data)
    return paths


def main(names: list[str]) -> None:
    unknown = sorted(set(names) - set(SETS))
    if unknown:
        sys.exit(f"a set must be one of {', '.join(SETS)}, got {', '.join(unknown)}")
    for name in names or SETS:
        try:
            paths = build_set(name)
        except PackageUnavailableError as error:
            sys.exit(f"{name} was left as it is: {error}")
        size = sum(path.stat().st_size for path in paths)
        print(f"{name}: {len(paths)} files, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
