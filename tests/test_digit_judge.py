"""The judge of made digits reads real ones, and its features come from its last layer but one."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from helpers.datasets import digits  # noqa: E402
from helpers.digit_judge import FEATURES, digit_judge, features  # noqa: E402


@pytest.fixture(scope="module")
def judge():
    return digit_judge()


def test_the_judge_reads_the_digits_and_is_frozen(judge):
    images, labels = digits("test")
    named = np.asarray(judge(images[:500, ..., None])).argmax(axis=1)
    assert np.mean(named == labels[:500]) > 0.96
    assert judge.trainable_weights == []


def test_features_lead_to_the_judges_own_answer(judge):
    images = digits("validation")[0][:7, ..., None]
    rows = features(judge, images, batch_size=3)
    assert rows.shape == (7, FEATURES)
    assert rows.min() >= 0
    kernel, bias = judge.layers[-1].get_weights()
    probs = np.exp(rows @ kernel + bias)
    probs /= probs.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probs, np.asarray(judge(images)), atol=1e-5)
