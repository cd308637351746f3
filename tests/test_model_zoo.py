"""Backbones with and without a network, and pictures on a map."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import model_zoo
from helpers.backbones import efficientnet_lite0, preprocess_input
from helpers.maps import draw_map
from helpers.model_zoo import pretrained_backbone


@pytest.fixture
def no_network(monkeypatch, tmp_path):
    def refuse(*_):
        raise OSError("no route to host")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(model_zoo, "_knock", refuse)


def test_without_a_network_the_embedded_backbone_comes_and_one_line_says_so(no_network, capsys):
    backbone = pretrained_backbone("MobileNetV2", side=32, source="auto")
    assert backbone.output_shape == (None, 1280)
    assert "MobileNetV2 is out of reach (no route to host)" in capsys.readouterr().out


def test_the_embedded_backbone_scales_images_itself(capsys):
    images = np.random.default_rng(0).uniform(size=(2, 32, 32, 3)).astype("float32")
    lite = efficientnet_lite0(include_top=False, input_shape=(32, 32, 3), pooling="avg")
    expected = np.asarray(lite(preprocess_input(images, value_range=(0, 1))))
    got = np.asarray(pretrained_backbone("ConvNeXtTiny", side=32)(images))
    np.testing.assert_allclose(got, expected, atol=1e-4)
    assert capsys.readouterr().out == ""


def test_an_unknown_backbone_or_source_is_named():
    with pytest.raises(ValueError, match="got 'AlexNet'"):
        pretrained_backbone("AlexNet")
    with pytest.raises(ValueError, match="got 'cloud'"):
        pretrained_backbone("MobileNetV2", source="cloud")


def test_images_that_rounding_lifted_above_one_are_scaled():
    preprocess_input(np.full((1, 2, 2, 3), 1.000001, "float32"), value_range=(0, 1))


def test_a_map_shows_every_image_and_names_every_class():
    figure, ax = plt.subplots()
    points, images = np.random.default_rng(1).normal(size=(5, 2)), np.ones((5, 8, 8, 3))
    assert draw_map(ax, points, images, np.array([0, 1, 1, 0, 1]), ("cat", "dog")) is ax
    assert len(ax.artists) == 5
    assert [text.get_text() for text in ax.legend().get_texts()] == ["cat", "dog"]
    plt.close(figure)
