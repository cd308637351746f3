"""Printed digits: the drawing style that no training scene shows."""

import numpy as np

from helpers.datasets import detection_scenes, digits
from helpers.printed import FONTS, INK, printed_digits


def test_every_font_gives_the_ten_digits():
    images, labels = printed_digits()
    assert images.shape == (10 * len(FONTS), 28, 28)
    assert images.dtype == np.uint8
    assert labels.reshape(len(FONTS), 10).tolist() == [list(range(10))] * len(FONTS)


def test_they_are_as_large_as_handwritten_ones_and_in_the_middle():
    images, _ = printed_digits()
    for image in images:
        rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
        sides = np.ptp(rows) + 1, np.ptp(columns) + 1
        assert INK - 1 <= max(sides) <= INK
        assert abs(rows.mean() - 13.5) <= 1
        assert abs(columns.mean() - 13.5) <= 1


def test_no_two_digits_of_a_font_are_the_same():
    images, _ = printed_digits()
    for font in images.reshape(len(FONTS), 10, -1).astype(int):
        apart = abs(font[:, None] - font[None]).sum(axis=2) + 10**9 * np.eye(10, dtype=int)
        assert apart.min() > 2_000


def test_a_reader_of_handwriting_reads_most_of_them():
    """Nearest neighbour among 2,000 handwritten digits: right far more often than by chance."""
    images, labels = printed_digits()
    known, names = digits("train")
    known, names = known[:2000].reshape(2000, -1), names[:2000]
    flat = images.reshape(len(images), -1) / 255
    nearest = ((flat[:, None] - known[None]) ** 2).sum(axis=2).argmin(axis=1)
    assert np.mean(names[nearest] == labels) > 0.5


def test_unseen_scenes_show_printed_digits_with_their_boxes():
    images, objects = detection_scenes("test", 6, sprites="digits", styles="unseen")
    handwritten, _ = detection_scenes("test", 6, sprites="digits")
    assert not np.array_equal(images, handwritten)
    for thing in objects:
        sides = thing.boxes[:, 2:] - thing.boxes[:, :2]
        assert (sides > 0).all()
        assert (sides[:, 1] >= sides[:, 0] - 1).all()  # printed digits stand upright
        assert ((thing.labels >= 0) & (thing.labels < 10)).all()
