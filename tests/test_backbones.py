import numpy as np
import pytest

from helpers import datasets
from helpers.backbones import decode_predictions, efficientnet_lite0, preprocess_input
from helpers.storage import load_arrays


@pytest.fixture(scope="module")
def network():
    return efficientnet_lite0()


@pytest.fixture(scope="module")
def answers(network):
    """Names of the sample photos, our probabilities, and those of the PyTorch original."""
    reference = load_arrays("backbone/reference.npz")
    photos = np.stack([datasets.photo(name)[16:-16, 16:-16] for name in reference["name"]])
    ours = network.predict(preprocess_input(photos, value_range=(0, 1)), verbose=0)
    return reference["name"], ours, reference["probability"]


def test_probabilities_agree_with_the_original_to_the_precision_of_float16(answers):
    _, ours, original = answers
    np.testing.assert_allclose(ours, original, atol=4e-3)
    np.testing.assert_allclose(ours.sum(axis=1), 1, atol=1e-5)


def test_the_five_best_classes_are_those_of_the_original_almost_always(answers):
    _, ours, original = answers
    best = [set(np.argsort(rows)[-5:]) for rows in (*ours, *original)]
    shared = [len(a & b) for a, b in zip(best[: len(ours)], best[len(ours) :], strict=True)]
    assert min(shared) >= 4
    np.testing.assert_array_equal(ours.argmax(axis=1), original.argmax(axis=1))


@pytest.mark.parametrize(
    ("photo", "classes"),
    [
        ("cat", {"tabby", "tiger cat", "Egyptian cat"}),
        ("espresso", {"espresso"}),
        ("ladybird", {"ladybug"}),
        ("spaniels", {"Sussex spaniel", "cocker spaniel", "clumber"}),
    ],
)
def test_photos_of_what_imagenet_knows_are_named_right(photo, classes, answers):
    names, ours, _ = answers
    synset, name, probability = decode_predictions(ours, top=1)[list(names).index(photo)][0]
    assert name in classes and synset.startswith("n") and probability > 0.3


def test_the_network_has_the_published_number_of_parameters(network):
    assert network.count_params() == 4_694_024  # 4.7 million, moving statistics included


def test_layers_are_named_for_grad_cam_and_freezing(network):
    names = [layer.name for layer in network.layers]
    for name in ("stem_conv", "block1a_dwconv", "block4b_add", "top_activation", "predictions"):
        assert name in names
    assert network.get_layer("top_activation").output.shape == (None, 7, 7, 1280)


@pytest.mark.parametrize(
    ("pooling", "shape"), [(None, (None, 3, 2, 1280)), ("avg", (None, 1280)), ("max", (None, 1280))]
)
def test_without_the_top_it_gives_features_for_any_input_size(pooling, shape):
    model = efficientnet_lite0(
        weights=None, include_top=False, input_shape=(96, 64, 3), pooling=pooling
    )
    assert model.output_shape == shape


def test_preprocessing_is_the_same_for_both_value_ranges():
    pixels = np.array([[[[0, 127, 255]]]], "uint8")
    scaled = preprocess_input(pixels)
    np.testing.assert_allclose(scaled.ravel(), [-127 / 128, 0, 1])
    unit = preprocess_input(pixels / np.float32(255), value_range=(0, 1))
    np.testing.assert_allclose(unit, scaled, atol=1e-6)
    assert scaled.dtype == unit.dtype == np.float32


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: efficientnet_lite0(weights="coco"), "weights must be one of 'imagenet', None"),
        (lambda: efficientnet_lite0(pooling="sum"), "pooling must be .*'max', got 'sum'"),
        (lambda: efficientnet_lite0(input_shape=(224, 224, 1)), r"\(height, width, 3\).*, 1\)"),
        (lambda: efficientnet_lite0(input_shape=(16, 224, 3)), r"sides of 32 or more.*\(16"),
        (lambda: preprocess_input(np.ones((1, 2, 2, 3))), "values 0 to 255, got a maximum of 1"),
        (
            lambda: preprocess_input(np.full((1, 2, 2, 3), 9), value_range=(0, 1)),
            "values 0 to 1, got a maximum of 9",
        ),
        (lambda: preprocess_input(np.ones(3), value_range=(-1, 1)), r"\(0, 1\), got \(-1, 1\)"),
        (lambda: decode_predictions(np.ones((2, 10))), r"shape \(batch, 1000\), got \(2, 10\)"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_is_allowed(call, words):
    with pytest.raises(ValueError, match=words):
        call()
