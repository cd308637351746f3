import subprocess
import sys

import numpy as np
import pytest

from helpers import datasets

SPLIT_SIZES = {"train": 7_000, "validation": 1_000, "test": 2_000}


@pytest.mark.parametrize("split", SPLIT_SIZES)
def test_digits_have_their_documented_shapes_types_and_range(split):
    images, labels = datasets.digits(split)
    assert images.shape == (SPLIT_SIZES[split], 28, 28)
    assert images.dtype == np.float32 and labels.dtype == np.int64
    assert images.min() == 0 and images.max() == 1


def test_every_split_of_the_digits_has_each_class_at_its_overall_rate():
    splits = [datasets.digits(split)[1] for split in SPLIT_SIZES]
    overall = np.bincount(np.concatenate(splits)) / 10_000
    for labels in splits:
        counts = np.bincount(labels, minlength=10)
        np.testing.assert_allclose(counts, overall * len(labels), atol=1)


def test_no_digit_appears_twice_in_or_across_the_splits():
    images = np.concatenate([datasets.digits(split)[0] for split in SPLIT_SIZES])
    assert len(np.unique(images.reshape(10_000, -1), axis=0)) == 10_000


def test_importing_datasets_leaves_tensorflow_out():
    script = "import sys, helpers.datasets; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_an_unknown_split_is_refused_with_the_names_that_exist():
    with pytest.raises(ValueError, match="'train', 'validation', 'test', got 'dev'"):
        datasets.digits("dev")
