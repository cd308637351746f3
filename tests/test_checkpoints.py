"""Trained weights fit the network that a lesson teaches, and no other."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from course.taught import taught  # noqa: E402
from helpers.checkpoints import load_trained, pack_weights  # noqa: E402
from helpers.datasets import digits  # noqa: E402


@pytest.fixture(scope="module")
def build_cnn():
    given = {"keras": keras, "layers": keras.layers, "np": np}
    return taught("03_cnn", "build_cnn", **given)["build_cnn"]


def test_the_shipped_network_reads_the_digits(build_cnn):
    model = build_cnn()
    load_trained(model, "cnn/cnn.npz")
    images, labels = digits("test")
    named = np.asarray(model(images[:500, ..., None])).argmax(axis=1)
    assert np.mean(named == labels[:500]) > 0.97


def test_another_network_is_refused_with_both_shapes(build_cnn):
    with pytest.raises(ValueError, match=r"\(3, 3, 1, 16\).*this one has.*\(3, 3, 1, 4\)"):
        load_trained(build_cnn(4), "cnn/cnn.npz")


def test_packed_weights_keep_their_order_and_round_kernels_alone(build_cnn):
    model = build_cnn(4)
    packed = pack_weights(model)
    assert sorted(packed) == list(packed)
    assert [a.shape for a in packed.values()] == [w.shape for w in model.get_weights()]
    assert {a.dtype.name for a in packed.values() if a.ndim > 1} == {"float16"}


def test_an_exercise_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="build_rocket"):
        taught("03_cnn", "build_rocket")
