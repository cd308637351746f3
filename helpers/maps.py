"""Draw points of the plane as the pictures that they stand for."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.offsetbox import AnnotationBbox, OffsetImage

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")


def draw_map(
    ax: plt.Axes, points: np.ndarray, images: np.ndarray, labels: np.ndarray, names, *, pixels=22
):
    """Draw each point as its image, framed in the colour of its class.

    Args:
        ax: the axes; its ticks are removed, since the directions of a map have no unit.
        points: shape (count, 2).
        images: shape (count, height, width, 3), values in [0, 1].
        labels: int (count,), an index into names.
        names: the classes, at most seven, for the legend.
        pixels: the side of a picture on the map, in points.
    """
    for label, name in enumerate(names):
        own = points[labels == label]
        ax.scatter(*own.T, s=30, marker="s", color=COLOURS[label], label=name)
    for point, image, label in zip(points, images, labels, strict=True):
        stamp = OffsetImage(image, zoom=pixels / image.shape[0])
        frame = {"edgecolor": COLOURS[label], "linewidth": 1.6, "boxstyle": "square,pad=0"}
        ax.add_artist(AnnotationBbox(stamp, point, pad=0, bboxprops=frame))
    ax.set(xticks=[], yticks=[])
    ax.margins(0.06)
    ax.grid(False)
    return ax
