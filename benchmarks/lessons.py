"""Lessons side by side with public recipes: `python benchmarks/lessons.py cnn [--seeds 3]`."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PARTS = ("cnn", "unet", "vae", "dcgan")  # benchmarks/cnn.py, ...


def main() -> None:
    """Run one comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    import_module(f"benchmarks.{options.part}").compare(options.seeds)


if __name__ == "__main__":
    main()
