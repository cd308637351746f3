"""The bird feeder: the same pictures for the same seed, and cut-outs by their names."""

import numpy as np
import pytest

from helpers.bird_feeder import OTHER_BIRDS, PARROT, feeder_scenes
from helpers.sprites import cutout_named


def test_pictures_are_the_same_for_the_same_seed():
    images, labels = feeder_scenes("train", 12, seed=3)
    again, same = feeder_scenes("train", 12, seed=3)
    assert images.shape == (12, 48, 48, 3)
    assert images.dtype == np.float32
    assert 0 <= images.min() < images.max() <= 1
    assert np.array_equal(images, again)
    assert np.array_equal(labels, same)


def test_both_answers_come_up_and_splits_differ():
    images, labels = feeder_scenes("train", 40)
    others, _ = feeder_scenes("test", 40)
    assert set(labels) == {0, 1}
    assert not np.array_equal(images, others)


def test_the_parrot_is_more_colourful_than_any_other_bird():
    def colour(name):
        sprite = cutout_named(name)
        return np.average(np.ptp(sprite[..., :3], axis=-1), weights=sprite[..., 3])

    assert colour(PARROT) > max(map(colour, OTHER_BIRDS))


def test_an_unknown_cutout_or_split_is_named():
    with pytest.raises(ValueError, match="got 'dodo'"):
        cutout_named("dodo")
    with pytest.raises(ValueError, match="got 'holidays'"):
        feeder_scenes("holidays", 3)
