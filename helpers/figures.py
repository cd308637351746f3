"""Figures that every lesson draws: image grids, curves, decision boundaries, weights as images."""

import io
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image, Markdown, display

STYLE = Path(__file__).with_name("course.mplstyle")
BLUE, ORANGE, GREEN, PINK, AMBER, SKY, BLACK = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
)  # fmt: skip


def use_style() -> None:
    """Give every figure of the notebook the course's look."""
    plt.style.use(STYLE)


def show(figure: plt.Figure, caption: str, *, photographs: bool = False) -> None:
    """Display a figure with a one-sentence caption that states the finding, and close it.

    The caption is the image's alternative text too, for readers who cannot see it. A figure full
    of photographs is half the size as a JPEG.
    """
    kind, draw = ("jpeg", to_jpeg) if photographs else ("png", to_png)
    display(Image(draw(figure), format=kind, metadata={"alt": caption}))
    display(Markdown(f"*{caption}*"))
    plt.close(figure)


def to_png(figure: plt.Figure) -> bytes:
    """Draw a figure as a PNG of at most 256 colours, about a third of the usual size."""
    from PIL import Image as PillowImage

    small = io.BytesIO()
    method = PillowImage.Quantize.FASTOCTREE
    _picture(figure).quantize(256, method=method).save(small, "png", optimize=True)
    return small.getvalue()


def to_jpeg(figure: plt.Figure) -> bytes:
    """Draw a figure as a JPEG."""
    small = io.BytesIO()
    _picture(figure).save(small, "jpeg", quality=75, optimize=True)
    return small.getvalue()


def _picture(figure: plt.Figure):
    """Draw a figure as a Pillow image."""
    from PIL import Image as PillowImage

    raw = io.BytesIO()
    figure.savefig(raw, format="png", metadata={"Software": None})
    return PillowImage.open(raw).convert("RGB")


def image_grid(
    images, labels=None, *, columns: int = 8, size: float = 1.0, title: str = ""
) -> plt.Figure:
    """Draw images in a grid with their labels under them.

    Args:
        images: shape (count, height, width) or (count, height, width, 3), values in [0, 1].
        labels: one text or number an image, or None.
        columns: images in a row.
        size: the side of one image in inches.
        title: the finding, above the grid.
    """
    images = np.asarray(images)
    rows = -(-len(images) // columns)
    height = size * (1.25 if labels is not None else 1.05)
    figure, axes = plt.subplots(
        rows, columns, figsize=(size * columns, height * rows), squeeze=False
    )
    for i, ax in enumerate(axes.flat):
        ax.axis("off")
        if i < len(images):
            ax.imshow(images[i], vmin=0, vmax=1)
        if i < len(images) and labels is not None:
            ax.text(
                0.5, -0.04, str(labels[i]), ha="center", va="top", transform=ax.transAxes, size=10
            )
    if title:
        figure.suptitle(title, x=0.01, ha="left", size=12)
    return figure


def draw_curves(
    ax: plt.Axes, curves: dict, *, xlabel: str, ylabel: str, title: str, log: bool = False
):
    """Draw named curves over 1, 2, 3, ... and return the axes; `log` makes y logarithmic."""
    for name, values in curves.items():
        ax.plot(
            np.arange(1, len(values) + 1),
            values,
            label=name,
            marker="o" if len(values) < 3 else None,
        )
    if log:
        ax.set_yscale("log")
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    if len(curves) > 1:
        ax.legend()
    return ax


def draw_points(ax: plt.Axes, X, y, *, size: float = 28):
    """Draw points of shape (count, 2): class 0 as blue circles, class 1 as orange squares."""
    for label, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "s")):
        chosen = X[np.asarray(y) == label]
        ax.scatter(
            *chosen.T,
            c=colour,
            marker=marker,
            s=size,
            edgecolor="white",
            label=f"class {label}",
            zorder=3,
        )
    return ax


def draw_regions(
    ax: plt.Axes, classify, *, limits: tuple[float, float, float, float], steps: int = 200
):
    """Tint the plane by class: `classify` maps points (count, 2) to values from 0 to 1."""
    left, right, bottom, top = limits
    across, up = np.meshgrid(np.linspace(left, right, steps), np.linspace(bottom, top, steps))
    values = np.asarray(classify(np.column_stack([across.ravel(), up.ravel()])), dtype=float)
    levels = np.linspace(0, 1, 11)
    values = values.reshape(steps, steps)
    ax.contourf(across, up, values, levels=levels, cmap=_tint(), vmin=0, vmax=1)
    ax.set(xlim=(left, right), ylim=(bottom, top))
    ax.grid(False)
    return ax


def draw_weights(ax: plt.Axes, weights, *, title: str = "", limit: float | None = None):
    """Draw weights (height, width): blue pulls towards class 0, red towards class 1, white is 0."""
    weights = np.asarray(weights)
    limit = limit or float(np.abs(weights).max()) or 1.0
    ax.imshow(weights, cmap="RdBu_r", vmin=-limit, vmax=limit)
    ax.set(xticks=[], yticks=[], title=title)
    ax.grid(False)
    return ax


def _tint():
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("course", ["#BBD7EA", "#FFFFFF", "#F6CFB4"])
