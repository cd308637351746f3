"""Draw small networks as circles and lines, with numbers on them."""

import matplotlib.pyplot as plt

from helpers.figures import BLUE, ORANGE

STRIDE = 2.6  # from one column of circles to the next


def draw_network(ax: plt.Axes, layers, weights, *, slopes=None, below=None, gap: float = 1.0):
    """Draw a network: one column of circles a layer, a number in each circle and on each line.

    Args:
        ax: the axes; they lose their frame.
        layers: for each layer, the texts in its circles from top to bottom.
        weights: for each pair of neighbouring layers, a table of texts: row i, column j stands on
            the line from unit i to unit j.
        slopes: tables like those of weights, drawn beside them in the second colour; None for none.
        below: for each layer, the texts under its circles, in the second colour; None for none.
        gap: vertical distance of the circles; the columns lie 2.6 apart.
    """
    places = [
        [(STRIDE * k, gap * ((len(units) - 1) / 2 - i)) for i in range(len(units))]
        for k, units in enumerate(layers)
    ]
    for k, table in enumerate(weights):
        for i, row in enumerate(table):
            for j, text in enumerate(row):
                slope = slopes[k][i][j] if slopes else ""
                _draw_line(ax, places[k][i], places[k + 1][j], text, slope)
    for k, units in enumerate(layers):
        for i, text in enumerate(units):
            x, y = places[k][i]
            ax.add_patch(plt.Circle((x, y), 0.4, facecolor="white", edgecolor=BLUE, zorder=3))
            ax.text(x, y, text, ha="center", va="center", color=BLUE, zorder=4)
            if below:
                ax.text(x, y - 0.46, below[k][i], ha="center", va="top", color=ORANGE, zorder=4)
    reach = gap * (max(map(len, layers)) - 1) / 2 + 0.85
    ax.set(xlim=(-0.6, STRIDE * (len(layers) - 1) + 0.6), ylim=(-reach, reach), aspect="equal")
    ax.axis("off")
    return ax


def _draw_line(ax, start, end, weight, slope) -> None:
    (x0, y0), (x1, y1) = start, end
    ax.plot([x0, x1], [y0, y1], color="#BBBBBB", linewidth=1.2, zorder=1)
    crossing = 0.5 if y0 == y1 else 0.3  # lines that cross carry their numbers before the crossing
    for text, share, colour in ((weight, crossing - 0.05, BLUE), (slope, crossing + 0.07, ORANGE)):
        ax.text(
            x0 + share * (x1 - x0), y0 + share * (y1 - y0), text, ha="center", va="center", size=10,
            color=colour, zorder=2, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )  # fmt: skip
