from threading import Event

import numpy as np
import pytest

from helpers import datasets, public_sets


@pytest.fixture
def no_network(monkeypatch, tmp_path):
    def refuse(*_):
        raise OSError("no route to host")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(public_sets, "_knock", refuse)


@pytest.mark.parametrize("source", ["full", "auto"])
def test_without_a_network_one_sentence_says_that_the_embedded_set_is_used(
    source, no_network, capsys
):
    images, labels = datasets.digits("test", source=source)
    np.testing.assert_array_equal(labels, datasets.digits("test")[1])
    assert len(images) == 2_000
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and "no route to host" in said and "embedded" in said


def test_without_a_network_every_public_set_has_a_stand_in_of_its_shape(no_network):
    assert datasets.fashion("validation")[0].shape == (1_000, 28, 28)
    assert datasets.cifar10("validation")[0].shape == (1_000, 32, 32, 3)
    images, masks = datasets.pets("test", size=64, count=20)
    assert images.shape == (20, 64, 64, 3) and masks.shape == (20, 64, 64, 1)


def test_a_public_set_is_split_scaled_and_flattened(monkeypatch, tmp_path):
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "mnist.npz").touch()
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    train = np.full((5_010, 28, 28), 255, "uint8"), np.arange(5_010)[:, None] % 10
    test = np.zeros((7, 28, 28), "uint8"), np.zeros((7, 1))
    monkeypatch.setattr(public_sets, "_keras_load", lambda name: (train, test))
    sizes = [len(datasets.digits(split, source="full")[1]) for split in datasets.SPLITS]
    assert sizes == [10, 5_000, 7]
    images, labels = datasets.digits("validation", source="full")
    assert images.dtype == np.float32 and images.max() == 1
    assert labels.dtype == np.int64 and labels.shape == (5_000,) and labels[0] == 0


def test_a_server_that_never_answers_is_given_up():
    with pytest.raises(public_sets.UnavailableError, match=r"no answer within 0\.05 s"):
        public_sets.within(0.05, Event().wait)
