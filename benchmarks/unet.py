"""Lesson 7's U-Net beside keras-io's oxford_pets_image_segmentation, on the same scenes."""

import keras
import numpy as np
from keras import layers, ops

from benchmarks.race import Goal, Stopwatch, race
from course.taught import taught
from helpers.datasets import segmentation_scenes
from helpers.training import seed_everything

IOU = 0.8  # mean over 400 test scenes of held-out emoji on held-out photographs
TRAIN, TEST = 1500, 400
OUR_EPOCHS = 7  # as taught
THEIR_EPOCHS = 25  # half of the 50 published ones: each takes several of ours


def build_pets_unet(channels: int = 3, classes: int = 2) -> keras.Model:
    """Build the network of keras-io's example (Chollet, 2019): 2.06 million parameters.

    Down: a convolution of stride 2, then three stages of two separable convolutions and a max
    pooling. Up: four stages of two transposed convolutions and an upsampling. A 1 x 1 convolution
    goes round each stage; nothing is handed over from the way down to the way up.
    """
    inputs = keras.Input((None, None, channels))
    x = _normed(layers.Conv2D(32, 3, strides=2, padding="same")(inputs))
    around = x = layers.ReLU()(x)
    for filters in (64, 128, 256):
        for _ in range(2):
            x = layers.SeparableConv2D(filters, 3, padding="same")(layers.ReLU()(x))
            x = _normed(x)
        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
        around = layers.Conv2D(filters, 1, strides=2, padding="same")(around)
        around = x = layers.Add()([x, around])
    for filters in (256, 128, 64, 32):
        for _ in range(2):
            x = _normed(layers.Conv2DTranspose(filters, 3, padding="same")(layers.ReLU()(x)))
        x = layers.UpSampling2D(2)(x)
        around = layers.Conv2D(filters, 1, padding="same")(layers.UpSampling2D(2)(around))
        around = x = layers.Add()([x, around])
    outputs = layers.Conv2D(classes, 3, padding="same", activation="softmax")(x)
    return keras.Model(inputs, outputs)


def _normed(x):
    return layers.BatchNormalization()(x)


def train_theirs(seed: int, images, masks, watch: Stopwatch) -> None:
    """Train as the example does: Adam with 0.0001, cross-entropy, batches of 32."""
    seed_everything(seed)
    model = build_pets_unet()
    optimizer = keras.optimizers.Adam(1e-4)
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy")
    calls = [watch]
    model.fit(images, masks, batch_size=32, epochs=THEIR_EPOCHS, verbose=0, callbacks=calls)


def train_ours(seed: int, images, masks, watch: Stopwatch) -> None:
    """Train lesson 7's network by lesson 7's recipe: batches of 16, a cosine from 0.003 to 0."""
    given = {"keras": keras, "layers": layers, "ops": ops, "np": np}
    lesson = taught("07_unet", "dice_loss", "section", "build_unet", **given)

    def loss(y_true, y_pred):
        entropy = keras.losses.binary_crossentropy(y_true, y_pred)
        return ops.mean(entropy, axis=(1, 2)) + lesson["dice_loss"](y_true, y_pred)

    seed_everything(seed)
    model = lesson["build_unet"]()
    steps = -(-len(images) // 16) * OUR_EPOCHS
    rate = keras.optimizers.schedules.CosineDecay(0.003, steps)
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss)
    model.fit(images, masks, batch_size=16, epochs=OUR_EPOCHS, verbose=0, callbacks=[watch])


def compare(seeds: int) -> None:
    """Print processor seconds to the goal for both, and the ratio."""
    images, masks = segmentation_scenes("train", TRAIN, sprites="emoji", size=64)
    test_images, test_masks = segmentation_scenes("test", TEST, sprites="emoji", size=64)
    truth = test_masks[..., 0] > 0.5

    def mean_iou(model) -> float:
        found = model.predict(test_images, batch_size=64, verbose=0)[..., -1] > 0.5
        shared, covered = (np.sum(both, axis=(1, 2)) for both in (truth & found, truth | found))
        return np.mean(np.where(covered, shared / np.maximum(covered, 1), 1.0))

    race(
        Goal("mean IoU on 400 test scenes", IOU, mean_iou),
        seeds,
        ("lesson 7", lambda seed, watch: train_ours(seed, images, masks, watch)),
        ("keras-io pets", lambda seed, watch: train_theirs(seed, images, masks, watch)),
    )
