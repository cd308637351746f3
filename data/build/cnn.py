"""Make data/cnn: lesson 3's network, trained by lesson 3's own code on the embedded digits."""

import sys
from pathlib import Path

from store import write_npz

ROOT = Path(__file__).resolve().parents[2]
EPOCHS = 10


def build(data: Path, folder: Path) -> list[Path]:
    """Train `build_cnn()` as the lesson does and write its weights to data/cnn/cnn.npz."""
    sys.path.insert(0, str(ROOT))
    import keras
    import numpy as np
    from keras import layers

    from course.taught import taught
    from helpers.checkpoints import pack_weights
    from helpers.datasets import digits
    from helpers.training import seed_everything

    given = {"keras": keras, "layers": layers, "np": np, "log_folder": lambda run: folder / run}
    lesson = taught("03_cnn", "build_cnn", "cosine_lr", "train", **given)
    train, validation, test = (digits(split) for split in ("train", "validation", "test"))
    sets = [(images[..., None], labels) for images, labels in (train, validation, test)]
    seed_everything(0)
    model = lesson["build_cnn"]()
    lesson["train"](model, (*sets[0], *sets[1]), lr=0.003, epochs=EPOCHS)
    accuracy = np.mean(np.asarray(model(sets[2][0])).argmax(axis=1) == sets[2][1])
    print(f"cnn: test accuracy {accuracy:.4f}")
    write_npz(data / "cnn" / "cnn.npz", pack_weights(model))
    return [data / "cnn" / "cnn.npz"]
