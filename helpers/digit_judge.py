"""A trained classifier that judges made digits, as Inception judges made photographs."""

import numpy as np

from helpers.checkpoints import load_trained

FEATURES = 64  # numbers an image, from the last layer but one


def build_digit_judge():
    """Return the judge, untrained: images (batch, 28, 28, 1) -> probabilities (batch, 10).

    Its layer "features" holds what the Fréchet distance compares: 64 numbers, none negative.
    """
    import keras
    from keras import layers

    judge = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32, 64):
        judge.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        judge.add(layers.MaxPooling2D(2))
    judge.add(layers.Flatten())
    judge.add(layers.Dense(FEATURES, activation="relu", name="features"))
    judge.add(layers.Dense(10, activation="softmax"))
    return judge


def digit_judge():
    """Return the judge with the weights in `data/judge`, frozen."""
    judge = build_digit_judge()
    load_trained(judge, "judge/judge.npz")
    judge.trainable = False
    return judge


def features(judge, images, *, batch_size: int = 500) -> np.ndarray:
    """Return what the judge's last layer but one makes of images, shape (count, 64).

    Args:
        judge: a model of `build_digit_judge`.
        images: shape (count, 28, 28, 1), values in [0, 1].
        batch_size: images at a time.
    """
    import keras

    body = keras.Model(judge.inputs[0], judge.get_layer("features").output)
    parts = range(0, len(images), batch_size)
    rows = [np.asarray(body(images[i : i + batch_size], training=False)) for i in parts]
    return np.concatenate(rows)
