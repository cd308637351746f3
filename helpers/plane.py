"""Draw a linear classifier in the plane: its line, its weight vector, and its plane in 3-D."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.figures import BLACK


def draw_line(
    ax: plt.Axes,
    w,
    b: float,
    *,
    reach: float = 100.0,
    colour=BLACK,
    style: str = "-",
    width: float = 2.0,
    label: str = "",
):
    """Draw the line w . x + b = 0 without moving the axes' limits; no line where w is zero.

    Args:
        ax: the axes; set its limits before.
        w: two weights, shape (2,).
        b: the bias.
        reach: how far the line goes either way from its point nearest to the origin.
        colour: any Matplotlib colour.
        style: any Matplotlib line style.
        width: in points.
        label: the line's name in the legend.
    """
    w = np.asarray(w, dtype=float)
    length = np.hypot(*w)
    if length == 0:
        return ax
    nearest = -float(b) * w / length**2
    along = np.array([-w[1], w[0]]) / length
    ends = np.array([nearest - reach * along, nearest + reach * along])
    limits = ax.get_xlim(), ax.get_ylim()
    ax.plot(*ends.T, color=colour, linestyle=style, linewidth=width, label=label or None)
    ax.set(xlim=limits[0], ylim=limits[1])
    return ax


def draw_arrow(ax: plt.Axes, start, vector, *, colour=BLACK, label: str = "", width: float = 2.2):
    """Draw a vector as an arrow from a point, with its name beside its tip; none if it is zero."""
    start, vector = np.asarray(start, dtype=float), np.asarray(vector, dtype=float)
    if not vector.any():
        return ax
    tip = start + vector
    ax.annotate(
        "",
        xy=tip,
        xytext=start,
        arrowprops={
            "arrowstyle": "-|>",
            "color": colour,
            "linewidth": width,
            "mutation_scale": 13,
            "shrinkA": 0,
            "shrinkB": 0,
        },
        zorder=5,
    )
    if label:
        beside = 9 * vector / np.hypot(*vector)
        ax.annotate(
            label, tip, xytext=beside, textcoords="offset points", color=colour, ha="center",
            va="center", zorder=6,
        )  # fmt: skip
    return ax


def draw_rings(ax: plt.Axes, X, *, size: float = 180.0):
    """Ring points of shape (count, 2), to point at them."""
    ring = {"facecolor": "none", "edgecolor": BLACK, "linewidth": 1.6}
    ax.scatter(*np.asarray(X, dtype=float).reshape(-1, 2).T, s=size, zorder=4, **ring)
    return ax


def draw_surface(ax, heights, *, limits: tuple[float, float], colour=BLACK, alpha: float = 0.25):
    """Draw a tinted plane in 3-D axes: `heights` maps grids of x1 and x2 to the third axis."""
    across, up = np.meshgrid(np.linspace(*limits, 12), np.linspace(*limits, 12))
    ax.plot_surface(across, up, heights(across, up), color=colour, alpha=alpha, linewidth=0)
    return ax
