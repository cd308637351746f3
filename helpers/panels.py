"""Draw single panels of a figure: one image with its captions, one table as a heat map."""

import matplotlib.pyplot as plt
import numpy as np


def draw_image(ax: plt.Axes, image, *, title: str = "", below: str = ""):
    """Draw one image (height, width) or (height, width, 3), values in [0, 1], without axes."""
    ax.imshow(np.asarray(image), vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[], title=title)
    ax.set_xlabel(below, size=9)
    ax.grid(False)
    return ax


def draw_table(ax: plt.Axes, table, *, title: str, colours: str = "Blues", most: float = 0.0):
    """Draw a table of counts as a heat map with its numbers; cells that are NaN stay empty.

    Args:
        ax: the axes; ticks carry the numbers of rows and columns.
        table: shape (rows, columns).
        title: the finding.
        colours: a Matplotlib colour map from light to dark.
        most: the value of the darkest colour; the largest value if it is 0.
    """
    table = np.asarray(table, dtype=float)
    most = most or float(np.nanmax(table))
    ax.imshow(table, cmap=colours, vmin=0, vmax=most)
    for row, column in zip(*np.nonzero(~np.isnan(table)), strict=True):
        value = table[row, column]
        shade = "white" if value > 0.6 * most else "black"
        ax.text(column, row, f"{value:.0f}", ha="center", va="center", size=9, color=shade)
    ax.set(xticks=range(table.shape[1]), yticks=range(table.shape[0]), title=title)
    ax.grid(False)
    return ax
