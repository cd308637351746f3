"""The reader that judges made-up digits: it reads real ones and is not sure of a blur."""

import numpy as np
import pytest

pytest.importorskip("keras")

from helpers.datasets import digits
from helpers.digit_reader import digit_reader, share_sure


@pytest.fixture(scope="module")
def reader():
    return digit_reader()


def test_it_reads_the_test_digits(reader):
    images, labels = digits("test")
    named = np.asarray(reader(images[..., None])).argmax(axis=1)
    assert np.mean(named == labels) == pytest.approx(0.987, abs=0.001)


def test_it_is_surer_of_digits_than_of_their_mean(reader):
    images = digits("test")[0][:500, ..., None]
    blurred = np.repeat(images.mean(axis=0, keepdims=True), 3, axis=0)
    assert share_sure(reader, images) > 0.9
    assert share_sure(reader, blurred) == 0.0


def test_the_share_counts_images(reader):
    images = digits("test")[0][:4, ..., None]
    assert share_sure(reader, images, least=0.0) == 1.0
    assert share_sure(reader, images, least=1.1) == 0.0
