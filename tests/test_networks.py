"""The drawing of small networks."""

import matplotlib.pyplot as plt
import pytest

from helpers.networks import draw_network

LAYERS = [["a", "b"], ["c", "d", "e"], ["f"]]
WEIGHTS = [[["1", "2", "3"], ["4", "5", "6"]], [["7"], ["8"], ["9"]]]


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def drawn_texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_every_unit_is_a_circle_and_every_weight_a_line(ax):
    assert draw_network(ax, LAYERS, WEIGHTS) is ax
    assert len(ax.patches) == 6
    assert len(ax.lines) == 9


def test_every_text_is_drawn_once(ax):
    draw_network(ax, LAYERS, WEIGHTS)
    assert sorted(drawn_texts(ax)) == sorted("abcdef123456789")


def test_slopes_and_texts_below_are_drawn_in_another_colour(ax):
    slopes = [[["s"] * 3] * 2, [["t"]] * 3]
    draw_network(ax, LAYERS, WEIGHTS, slopes=slopes, below=[["u", "v"], ["w", "x", "y"], ["z"]])
    colours = {text.get_text(): text.get_color() for text in ax.texts}
    assert {colours[name] for name in "stuvwxyz"}.isdisjoint({colours["a"], colours["1"]})


def test_all_circles_lie_inside_the_limits(ax):
    draw_network(ax, LAYERS, WEIGHTS, gap=3.0)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for circle in ax.patches:
        x, y = circle.center
        assert left <= x - circle.radius and x + circle.radius <= right
        assert bottom <= y - circle.radius and y + circle.radius <= top
