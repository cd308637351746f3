"""The plane's drawings and the panels: they draw what they say and leave the axes' limits alone."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.panels import draw_image, draw_table
from helpers.plane import draw_arrow, draw_line, draw_rings


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    ax.set(xlim=(-1, 2), ylim=(-3, 4))
    yield ax
    plt.close(figure)


@pytest.mark.parametrize(("w", "b"), [((1.0, -2.0), 0.5), ((0.0, 3.0), -1.0), ((2.0, 0.0), 0.0)])
def test_every_point_of_the_line_has_score_zero(ax, w, b):
    draw_line(ax, w, b)
    np.testing.assert_allclose(ax.lines[0].get_xydata() @ np.array(w) + b, 0, atol=1e-9)
    assert (*ax.get_xlim(), *ax.get_ylim()) == (-1, 2, -3, 4)


def test_zero_weights_have_no_line_and_no_arrow(ax):
    draw_line(ax, (0, 0), 1.0)
    draw_arrow(ax, (0, 0), (0, 0), label="w")
    assert not ax.lines and not ax.texts


def test_rings_take_one_point_or_many_or_none(ax):
    for points, count in (((1, 2), 1), ([[0, 0], [1, 1]], 2), (np.empty((0, 2)), 0)):
        draw_rings(ax, points)
        assert len(ax.collections[-1].get_offsets()) == count


def test_a_table_leaves_out_what_is_not_a_number(ax):
    draw_table(ax, [[1, np.nan, 30], [np.nan, 5, 6]], title="counts")
    assert sorted(text.get_text() for text in ax.texts) == ["1", "30", "5", "6"]


def test_an_image_has_no_ticks(ax):
    draw_image(ax, np.zeros((3, 2)), below="a caption")
    assert len(ax.get_xticks()) == 0 and ax.get_xlabel() == "a caption"
