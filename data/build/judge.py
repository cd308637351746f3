"""Make data/judge: the classifier that judges made digits, trained on the embedded digits."""

import sys
from pathlib import Path

from store import write_npz

ROOT = Path(__file__).resolve().parents[2]
EPOCHS = 12


def build(data: Path, folder: Path) -> list[Path]:
    """Train the network of `helpers.digit_judge` and write its weights to data/judge/judge.npz."""
    sys.path.insert(0, str(ROOT))
    import keras
    import numpy as np

    from helpers.checkpoints import pack_weights
    from helpers.datasets import digits
    from helpers.digit_judge import build_digit_judge
    from helpers.training import seed_everything

    (images, labels), (test_images, test_labels) = digits("train"), digits("test")
    seed_everything(0)
    judge = build_digit_judge()
    steps = -(-len(images) // 64) * EPOCHS
    rate = keras.optimizers.schedules.CosineDecay(1e-3, steps)
    judge.compile(optimizer=keras.optimizers.Adam(rate), loss="sparse_categorical_crossentropy")
    judge.fit(images[..., None], labels, batch_size=64, epochs=EPOCHS, verbose=0)
    named = np.asarray(judge(test_images[..., None])).argmax(axis=1)
    print(f"judge: test accuracy {np.mean(named == test_labels):.4f}")
    write_npz(data / "judge" / "judge.npz", pack_weights(judge))
    return [data / "judge" / "judge.npz"]
