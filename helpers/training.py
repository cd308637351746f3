"""Training with a live picture: progress, curves that grow, TensorBoard logs and a seed."""

import random
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image, display

from helpers.figures import draw_curves, to_png
from helpers.logs import log_folder


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy, TensorFlow and Keras, so that a run can be repeated."""
    import keras

    random.seed(seed)
    np.random.seed(seed)
    keras.utils.set_random_seed(seed)


@contextmanager
def uncompiled() -> Iterator[None]:
    """Let Keras take each step as it comes within the block, instead of compiling it first.

    For a few steps of a tiny network: compiling takes a second or more, whatever the size.
    """
    import tensorflow

    before = tensorflow.config.functions_run_eagerly()
    tensorflow.config.run_functions_eagerly(True)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*does not apply to tf.data functions")
            yield
    finally:
        tensorflow.config.run_functions_eagerly(before)


class LiveCurves:
    """A picture of curves that is redrawn in place as training goes on.

    Args:
        total: the number of epochs or steps that will come.
        ylabel: the unit on the y axis.
        seconds: the least time between two redraws; the last one always happens.
    """

    def __init__(self, total: int, *, ylabel: str = "loss", seconds: float = 1.0):
        self.total, self.ylabel, self.seconds = total, ylabel, seconds
        self.curves: dict[str, list[float]] = {}
        self._begun = time.monotonic()
        self._drawn = -np.inf
        self._handle = None

    def update(self, **values: float) -> None:
        """Add one value to each named curve, and redraw where it is time."""
        for name, value in values.items():
            self.curves.setdefault(name.replace("_", " "), []).append(float(value))
        done = max(map(len, self.curves.values()))
        if done >= self.total or time.monotonic() - self._drawn > self.seconds:
            self.draw(done)

    def draw(self, done: int) -> None:
        """Redraw the picture now."""
        figure, ax = plt.subplots(figsize=(5.6, 2.9))
        title = f"{done} of {self.total} epochs" if done < self.total else f"{done} epochs"
        draw_curves(ax, self.curves, xlabel="epoch", ylabel=self.ylabel, title=title)
        ax.set_xlim(0.5, self.total + 0.5)
        ax.xaxis.get_major_locator().set_params(integer=True)
        latest = ", ".join(f"{name} {values[-1]:.3g}" for name, values in self.curves.items())
        alt = {"alt": f"Curves of the {self.ylabel} over {title}; at the end: {latest}"}
        picture = Image(to_png(figure), format="png", metadata=alt)
        plt.close(figure)
        if self._handle is None:
            self._handle = display(picture, display_id=True)
        else:
            self._handle.update(picture)
        self._drawn = time.monotonic()


def watch(run: str, epochs: int, *, metric: str = "accuracy", histograms: bool = False) -> list:
    """Return callbacks for `model.fit(..., verbose=0)`: live curves and TensorBoard logs.

    Args:
        run: the name of this run in TensorBoard.
        epochs: how many epochs will come.
        metric: the metric whose training and validation curves are drawn.
        histograms: True to log the weights' histograms each epoch as well.
    """
    import keras

    curves = LiveCurves(epochs, ylabel=metric)

    def on_epoch_end(epoch, logs):
        names = {metric: "training", f"val_{metric}": "validation"}
        curves.update(**{label: logs[key] for key, label in names.items() if key in logs})

    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=int(histograms))
    return [keras.callbacks.LambdaCallback(on_epoch_end=on_epoch_end), board]
