"""Draw small networks as circles and lines, with numbers on them."""

import matplotlib.pyplot as plt

from helpers.figures import BLUE, ORANGE


def draw_network(ax: plt.Axes, layers, weights, *, below=None, gap: float = 1.0):
    """Draw a network: one column of circles a layer, a number in each circle and on each line.

    Args:
        ax: the axes; they lose their frame.
        layers: for each layer, the texts in its circles from top to bottom.
        weights: for each pair of neighbouring layers, a table of texts: row i, column j stands on
            the line from unit i to unit j.
        below: for each layer, the texts under its circles, in the second colour; None for none.
        gap: vertical distance of the circles; the columns lie 2 apart.
    """
    places = [
        [(2.0 * k, gap * ((len(units) - 1) / 2 - i)) for i in range(len(units))]
        for k, units in enumerate(layers)
    ]
    for k, table in enumerate(weights):
        for i, row in enumerate(table):
            for j, text in enumerate(row):
                _draw_line(ax, places[k][i], places[k + 1][j], text)
    for k, units in enumerate(layers):
        for i, text in enumerate(units):
            x, y = places[k][i]
            ax.add_patch(plt.Circle((x, y), 0.3, facecolor="white", edgecolor=BLUE, zorder=3))
            ax.text(x, y, text, ha="center", va="center", color=BLUE, zorder=4)
            if below:
                ax.text(x, y - 0.38, below[k][i], ha="center", va="top", color=ORANGE, zorder=4)
    reach = gap * (max(map(len, layers)) - 1) / 2 + 0.75
    ax.set(xlim=(-0.5, 2.0 * len(layers) - 1.5), ylim=(-reach, reach), aspect="equal")
    ax.axis("off")
    return ax


def _draw_line(ax, start, end, text) -> None:
    (x0, y0), (x1, y1) = start, end
    ax.plot([x0, x1], [y0, y1], color="#BBBBBB", linewidth=1.2, zorder=1)
    share = 0.34 if y0 != y1 else 0.5  # lines that cross carry their numbers before the crossing
    ax.text(
        x0 + share * (x1 - x0), y0 + share * (y1 - y0), text, ha="center", va="center", size=9,
        zorder=2, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    )  # fmt: skip
