"""Make data/yolo: lesson 8's detector, trained by lesson 8's own code on embedded scenes."""

import sys
from pathlib import Path

from store import write_npz

ROOT = Path(__file__).resolve().parents[2]
SCENES, EPOCHS, GRID, SIDE, DIGITS = 6_000, 9, 6, 96, 10
LEARNED = ("responsible", "yolo_loss", "build_yolo", "encode_targets")


def build(data: Path, folder: Path) -> list[Path]:
    """Train `build_yolo` as the lesson does and write its weights to data/yolo/yolo.npz."""
    sys.path.insert(0, str(ROOT))
    import keras
    import numpy as np
    from keras import layers, ops

    from course.taught import taught
    from helpers.checkpoints import pack_weights
    from helpers.datasets import detection_scenes
    from helpers.training import seed_everything
    from helpers.yolo import grid_iou, unpack

    given = {"keras": keras, "layers": layers, "np": np, "ops": ops}
    given |= {"unpack": unpack, "grid_iou": grid_iou}
    lesson = taught("08_yolo", *LEARNED, **given)
    images, objects = detection_scenes("train", SCENES, sprites="digits", size=SIDE, most=8)
    truths = [(thing.boxes / SIDE, thing.labels) for thing in objects]
    encode = lesson["encode_targets"]
    targets = np.array([encode(*truth, GRID, DIGITS) for truth in truths])
    seed_everything(0)
    model = lesson["build_yolo"](GRID, 2, DIGITS)
    steps = EPOCHS * -(-SCENES // 32)
    rate = keras.optimizers.schedules.CosineDecay(
        2e-4, steps - steps // 10, warmup_target=2e-3, warmup_steps=steps // 10
    )
    model.compile(keras.optimizers.Adam(rate), loss=lesson["yolo_loss"])
    model.fit(images, targets, batch_size=32, epochs=EPOCHS, verbose=2)
    write_npz(data / "yolo" / "yolo.npz", pack_weights(model))
    return [data / "yolo" / "yolo.npz"]
