"""Figures as files: PNG, and JPEG for photographs."""

import matplotlib.pyplot as plt
import pytest

from helpers import figures
from helpers.datasets import photo


@pytest.fixture
def photographs():
    figure, ax = plt.subplots(figsize=(3, 3))
    ax.imshow(photo("cat"))
    yield figure
    plt.close(figure)


def test_a_photograph_is_smaller_as_a_jpeg(photographs):
    assert len(figures.to_jpeg(photographs)) < 0.8 * len(figures.to_png(photographs))


@pytest.mark.parametrize(("choice", "kind"), [(False, "image/png"), (True, "image/jpeg")])
def test_a_caption_is_the_alternative_text(photographs, monkeypatch, choice, kind):
    shown = []
    monkeypatch.setattr(figures, "display", shown.append)
    figures.show(photographs, "A cat.", photographs=choice)
    picture, caption = shown
    data, metadata = picture._repr_mimebundle_()
    assert list(data) == [kind]
    assert metadata[kind]["alt"] == "A cat."
    assert caption.data == "*A cat.*"
