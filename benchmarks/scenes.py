"""Print how many composites a second one core makes: `python benchmarks/scenes.py`."""

import os
import time

from helpers.biased_scenes import biased_scenes
from helpers.scenes import detection_scenes, segmentation_scenes

COUNT = 2_000


def measure(make, **options) -> float:
    """Return images a second of processor time, best of three, once the data is read."""
    make("train", 10, **options)
    seconds = []
    for seed in range(3):
        start = time.process_time()
        make("train", COUNT, seed=seed, **options)
        seconds.append(time.process_time() - start)
    return COUNT / min(seconds)


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print("images a second of processor time, one core")
    for size in (64, 96, 128):
        for sprites in ("digits", "emoji", "cutouts"):
            rates = [
                measure(make, sprites=sprites, size=size)
                for make in (segmentation_scenes, detection_scenes)
            ]
            columns = f"segmentation {rates[0]:6.0f}  detection {rates[1]:6.0f}"
            print(f"{size:4d} px  {sprites:8s} {columns}")
        print(f"{size:4d} px  biased   classification {measure(biased_scenes, size=size):6.0f}")


if __name__ == "__main__":
    main()
