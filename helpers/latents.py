"""Draw latent codes in the plane, and many small images as one sheet."""

import matplotlib.pyplot as plt
import numpy as np

COLOURS = plt.get_cmap("tab10").colors


def draw_codes(ax: plt.Axes, codes: np.ndarray, labels: np.ndarray, *, size: float = 22.0):
    """Draw each code (count, 2) as the digit that it stands for, so that colour is not needed."""
    for label in np.unique(labels):
        own = codes[labels == label]
        colour = COLOURS[int(label) % len(COLOURS)]
        ax.scatter(*own.T, s=size, marker=f"${label}$", color=colour, linewidth=0.2)
    ax.set(xlabel="first number of the code", ylabel="second number")
    return ax


def sheet(images: np.ndarray, *, columns: int) -> np.ndarray:
    """Lay images (count, height, width) or (count, height, width, 1) out row by row as one image.

    Args:
        images: values in [0, 1]; a last row that is not full is filled up with 0.
        columns: images in a row.

    Returns:
        Shape (rows * height, columns * width).

    Raises:
        ValueError: there is no image, or the images are neither grey nor of one channel.
    """
    images = np.asarray(images)
    if images.ndim == 4 and images.shape[-1] == 1:
        images = images[..., 0]
    if images.ndim != 3 or not len(images):
        raise ValueError(f"images must have shape (count, height, width), got {images.shape}")
    count, height, width = images.shape
    rows = -(-count // columns)
    filled = np.zeros((rows * columns, height, width), images.dtype)
    filled[:count] = images
    grid = filled.reshape(rows, columns, height, width)
    return grid.swapaxes(1, 2).reshape(rows * height, columns * width)


def draw_sheet(ax: plt.Axes, images, *, columns: int, title: str = "", below: str = ""):
    """Draw many small images as one sheet without axes."""
    ax.imshow(sheet(images, columns=columns), vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[], title=title)
    ax.set_xlabel(below, size=9)
    ax.grid(False)
    return ax
