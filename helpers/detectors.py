"""Draw what a detector says: boxes with names, the grid of cells, the stages of a detector."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.figures import AMBER, BLUE, GREEN, ORANGE, PINK, SKY
from helpers.panels import draw_image

CLASS_COLOURS = (
    ORANGE, SKY, AMBER, GREEN, PINK, BLUE, "#F0E442", "#FFFFFF", "#B8A1FF", "#A6FF8C"
)  # fmt: skip
LABEL = {"facecolor": "black", "edgecolor": "none", "alpha": 0.7, "pad": 1}


def class_colour(label: int) -> str:
    """Return the colour of a class; after ten classes the colours begin again."""
    return CLASS_COLOURS[int(label) % len(CLASS_COLOURS)]


def draw_boxes(ax: plt.Axes, boxes, labels, *, side: float, texts=None, style: str = "-", width=2):
    """Draw boxes on an image, each in the colour of its class.

    Args:
        ax: axes that show an image of `side` by `side` pixels.
        boxes: shape (k, 4): left, top, right, bottom as fractions of the image.
        labels: int (k,): the class of each box.
        side: of the image, in pixels.
        texts: one text a box, written at its top left corner, or None.
        style: of the lines, "-" or "--".
        width: of the lines, one number or one a box.
    """
    boxes = np.asarray(boxes, dtype=float).reshape(-1, 4) * side - 0.5  # pixels begin at -0.5
    for k, (left, top, right, bottom) in enumerate(boxes):
        colour = class_colour(labels[k])
        line = float(np.broadcast_to(width, len(boxes))[k])
        ax.add_patch(
            plt.Rectangle(
                (left, top), right - left, bottom - top, fill=False, color=colour, lw=line, ls=style
            )
        )
        if texts is not None:
            place = np.clip(left, 0, 0.75 * side), max(top, 0.07 * side)
            ax.text(*place, texts[k], size=8, color="white", va="bottom", bbox=LABEL)
    ax.set(xlim=(-0.5, side - 0.5), ylim=(side - 0.5, -0.5))
    return ax


def draw_scene(ax: plt.Axes, image, boxes, labels, *, names=None, scores=None, title="", below=""):
    """Draw an image with its boxes, their class names and, where given, their scores."""
    draw_image(ax, image, title=title, below=below)
    texts = None
    if names is not None:
        texts = [names[label] for label in labels]
    if names is not None and scores is not None:
        texts = [f"{text} {score:.2f}" for text, score in zip(texts, scores, strict=True)]
    return draw_boxes(ax, boxes, labels, side=len(image), texts=texts)


def draw_grid(ax: plt.Axes, grid: int, *, side: float):
    """Draw the lines between grid x grid cells on an image of `side` by `side` pixels."""
    for place in np.linspace(0, side, grid + 1)[1:-1] - 0.5:
        ax.axhline(place, color="white", linewidth=0.8, alpha=0.8)
        ax.axvline(place, color="white", linewidth=0.8, alpha=0.8)
    return ax


def draw_stages(ax: plt.Axes, rows: dict, *, heavy: str = "*"):
    """Draw detectors as rows of boxes joined by arrows.

    Args:
        ax: the axes; they lose their frame.
        rows: for each name the texts of its stages, in order; a text that begins with `heavy` is
            drawn in the second colour, without the mark: where the time goes.
        heavy: the mark.
    """
    for y, (name, stages) in enumerate(rows.items()):
        ax.text(-0.15, -y, name, ha="right", va="center", weight="bold")
        for x, text in enumerate(stages):
            hot = text.startswith(heavy)
            look = {"boxstyle": "round,pad=0.4", "facecolor": "#F6CFB4" if hot else "#DCEBF5"}
            edge = ORANGE if hot else BLUE
            ax.text(
                x + 0.42, -y, text.removeprefix(heavy), ha="center", va="center", size=9,
                bbox={**look, "edgecolor": edge},
            )  # fmt: skip
            if x:
                arrow = {"arrowstyle": "->", "color": "grey"}
                ax.annotate("", (x + 0.06, -y), (x - 0.22, -y), arrowprops=arrow, zorder=0)
    longest = max(map(len, rows.values()))
    ax.set(xlim=(-1.0, longest), ylim=(0.5 - len(rows), 0.5))
    ax.axis("off")
    return ax
