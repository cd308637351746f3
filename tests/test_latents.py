"""Sheets hold each image in its place; codes are drawn as digits."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.latents import draw_codes, draw_sheet, sheet


def test_images_stand_row_by_row():
    images = np.arange(5.0)[:, None, None] * np.ones((5, 2, 3))
    result = sheet(images, columns=3)
    assert result.shape == (4, 9)
    assert result[::2, ::3].tolist() == [[0, 1, 2], [3, 4, 0]]
    assert np.array_equal(result[:2, 3:6], images[1])


def test_a_channel_is_dropped():
    images = np.random.default_rng(0).uniform(size=(4, 3, 2, 1))
    assert np.array_equal(sheet(images, columns=2), sheet(images[..., 0], columns=2))


@pytest.mark.parametrize("shape", [(0, 2, 2), (2, 2), (1, 2, 2, 3)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="count, height, width"):
        sheet(np.zeros(shape), columns=2)


def test_the_drawings_return_their_axes():
    figure, ax = plt.subplots()
    codes, labels = np.zeros((4, 2)), np.array([3, 3, 1, 0])
    assert draw_codes(ax, codes, labels) is ax
    assert len(ax.collections) == 3
    assert draw_sheet(ax, np.zeros((4, 2, 2)), columns=2, title="none") is ax
    plt.close(figure)
