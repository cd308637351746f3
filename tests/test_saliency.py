"""Gradients of a batch, a network seen through patches, maps of other sizes, empty places."""

import numpy as np
import pytest

from helpers.places import empty_places
from helpers.saliency import (
    edge_map,
    output_gradients,
    patch_sums,
    patch_touches,
    resize_map,
    through_patches,
)


@pytest.fixture
def linear():
    import keras

    model = keras.Sequential(
        [keras.Input((4, 4, 3)), keras.layers.Flatten(), keras.layers.Dense(2)]
    )
    weights = np.random.default_rng(0).normal(size=(48, 2)).astype("float32")
    model.set_weights([weights, np.zeros(2)])
    return model, weights


def test_a_linear_model_has_its_weights_as_gradients(linear):
    model, weights = linear
    images = np.random.default_rng(1).uniform(size=(5, 4, 4, 3))
    got = output_gradients(model, images, 1, batch_size=2)
    assert np.allclose(got, np.broadcast_to(weights[:, 1].reshape(4, 4, 3), got.shape), atol=1e-6)


def test_a_patch_moves_all_its_values(linear):
    model, weights = linear
    image = np.random.default_rng(2).uniform(size=(4, 4, 3)).astype("float32")
    offsets = np.zeros((1, 2, 2, 1), "float32")
    offsets[0, 0, 1] = 0.5
    image_moved = image.copy()
    image_moved[:2, 2:] += 0.5
    seen = through_patches(model, image, patches=2)
    assert np.allclose(seen(offsets), model(image_moved[None]), atol=1e-5)
    slopes = weights[:, 0].reshape(4, 4, 3)
    assert patch_sums(slopes, patches=2)[0, 1] == pytest.approx(slopes[:2, 2:].sum(), abs=1e-5)


def test_an_image_that_the_patches_do_not_divide_is_refused(linear):
    image = np.zeros((4, 4, 3), "float32")
    with pytest.raises(ValueError, match="divides"):
        through_patches(linear[0], image, patches=3)
    with pytest.raises(ValueError, match="divides"):
        patch_touches(linear[0], image, 0, patches=3, delta=0.1)


def test_touches_on_a_linear_model_are_sums_of_weights(linear):
    model, weights = linear
    image = np.random.default_rng(3).uniform(size=(4, 4, 3)).astype("float32")
    got = patch_touches(model, image, 1, patches=2, delta=0.2)
    want = patch_sums(weights[:, 1].reshape(4, 4, 3), patches=2)
    assert np.allclose(got, want, atol=1e-4)


def test_maps_stretch_and_edges_lie_on_the_step():
    assert resize_map(np.ones((2, 3)), 6).shape == (6, 6)
    image = np.zeros((5, 6, 3))
    image[:, 3:] = 1
    assert set(np.argwhere(edge_map(image) > 0)[:, 1]) == {2, 3}


def test_snow_is_paler_than_grass():
    places = empty_places("test", np.array([False, True, False, True]), size=32, seed=1)
    assert places.shape == (4, 32, 32, 3)
    assert places.min() >= 0
    assert places.max() <= 1
    assert places[1::2].mean() > places[::2].mean() + 0.2
