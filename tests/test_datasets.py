import subprocess
import sys

import numpy as np
import pytest

from helpers import datasets, photos, storage
from helpers.photos import NUCLEI_ROWS

SPLIT_SIZES = {"train": 7_000, "validation": 1_000, "test": 2_000}
PAIRS = (("train", "validation"), ("train", "test"), ("validation", "test"))


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


def test_digits_are_shuffled_so_that_a_prefix_has_every_class():
    assert set(datasets.digits("train")[1][:100]) == set(range(10))


@pytest.mark.parametrize("classes", ["concepts", "groups"])
@pytest.mark.parametrize("styles", ["seen", "unseen"])
def test_emoji_have_their_documented_shapes_and_every_class_in_every_split(classes, styles):
    names = datasets.EMOJI_CONCEPTS if classes == "concepts" else datasets.EMOJI_GROUPS
    for split in datasets.SPLITS:
        sprites, labels = datasets.emoji(split, classes=classes, styles=styles)
        assert sprites.shape == (len(labels), 64, 64, 4) and sprites.dtype == np.float32
        assert sprites.min() >= 0 and sprites.max() <= 1
        assert labels.dtype == np.int64 and set(labels) == set(range(len(names)))


def test_cut_outs_have_their_documented_shapes_and_every_class_in_every_split():
    for split in datasets.SPLITS:
        sprites, labels = datasets.cutouts(split, classes=datasets.ALL_CUTOUT_CLASSES)
        assert sprites.shape == (len(labels), 128, 128, 4) and sprites.dtype == np.float32
        assert sprites.min() >= 0 and sprites.max() <= 1
        assert labels.dtype == np.int64 and set(labels) == set(range(6))


def as_rows(images):
    return {image.tobytes() for image in images}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_splits_share_no_sprite_and_no_background(one, other):
    assert not as_rows(datasets.backgrounds(one)) & as_rows(datasets.backgrounds(other))
    for fold in range(3):
        here, there = (datasets.cutouts(split, fold=fold)[0] for split in (one, other))
        assert not as_rows(here) & as_rows(there)
    for classes in ("concepts", "groups"):
        here, there = (datasets.emoji(split, classes=classes)[0] for split in (one, other))
        assert not as_rows(here) & as_rows(there)


def test_the_test_sets_of_the_three_folds_share_no_cut_out():
    folds = [as_rows(datasets.cutouts("test", fold=fold)[0]) for fold in range(3)]
    assert sum(map(len, folds)) == len(set.union(*folds))


def test_the_order_of_the_classes_gives_the_labels():
    birds, labels = datasets.cutouts("test", classes=("mammal", "bird"))
    swapped, other = datasets.cutouts("test", classes=("bird", "mammal"))
    np.testing.assert_array_equal(birds, swapped)
    np.testing.assert_array_equal(labels, 1 - other)


def test_laying_sprites_on_a_colour_keeps_opaque_pixels_and_fills_clear_ones():
    sprite = np.float32([[[0.2, 0.4, 0.6, 1.0], [0.0, 0.0, 0.0, 0.0]]])
    laid = datasets.lay_on_colour(sprite, colour=(1.0, 0.5, 0.0))
    np.testing.assert_allclose(laid, [[[0.2, 0.4, 0.6], [1.0, 0.5, 0.0]]])


def test_the_microscopy_image_has_its_nuclei_numbered():
    image, labels = datasets.nuclei_image()
    assert image.shape == labels.shape == (512, 512)
    assert image.dtype == np.float32 and 0.5 < np.ptp(image) <= 1
    np.testing.assert_array_equal(np.unique(labels), np.arange(126))


@pytest.mark.parametrize("split", NUCLEI_ROWS)
def test_nuclei_squares_stay_in_the_rows_of_their_split(split, monkeypatch):
    rows = np.repeat(np.arange(512)[:, None], 512, axis=1)
    fake = {"image": (rows // 2).astype("uint8"), "labels": rows % 2}
    monkeypatch.setattr(photos, "load_arrays", lambda name: fake)
    images, masks = datasets.nuclei(split, 50, size=64, seed=3)
    assert images.shape == masks.shape == (50, 64, 64, 1)
    assert set(np.unique(masks)) == {0.0, 1.0}
    came_from = np.round(images * 255) * 2 + masks
    low, high = NUCLEI_ROWS[split]
    assert low <= came_from.min() and came_from.max() < high


def test_the_same_seed_gives_the_same_nuclei_and_another_gives_others():
    first, again, other = (datasets.nuclei("train", 5, seed=seed)[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize("name", datasets.SAMPLES)
def test_every_sample_photo_is_a_colour_image_in_the_unit_range(name):
    image = datasets.photo(name)
    assert image.shape == (256, 256, 3) and image.dtype == np.float32
    assert 0 <= image.min() < 0.2 and 0.8 < image.max() <= 1


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: datasets.digits("dev"), "split must be .*'validation', 'test', got 'dev'"),
        (lambda: datasets.digits("test", source="web"), "source must be .*'auto', got 'web'"),
        (lambda: datasets.emoji("dev"), "split must be one of 'train'"),
        (lambda: datasets.emoji("train", styles=("comic",)), "styles must be .*'comic'"),
        (lambda: datasets.emoji("train", classes="kinds"), "classes must be .*'groups', got"),
        (lambda: datasets.cutouts("train", fold=3), "fold must be a whole .*0 to 2, got 3"),
        (lambda: datasets.cutouts("train", classes=("cat",)), "classes must be .*'bird'"),
        (lambda: datasets.backgrounds("train", places=("desert",)), "places must be .*'green'"),
        (lambda: datasets.photo("dog"), "name must be one of 'cat'.*got 'dog'"),
        (lambda: datasets.nuclei("train", 0), "count must be a whole number from 1 to 100000"),
        (lambda: datasets.nuclei("train", 5, size=97), "size must be a whole .*16 to 96, got 97"),
        (lambda: datasets.nuclei("train", 5, seed=-1), "seed must be a whole .*got -1"),
        (lambda: datasets.nuclei("train", 5, seed=1.5), "seed must be a whole .*got 1.5"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_missing_file_is_named_with_what_restores_it(tmp_path, monkeypatch):
    manifest = (storage.data_folder() / "manifest.json").read_bytes()
    (tmp_path / "manifest.json").write_bytes(manifest)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    restore = r"digits\.npz must exist with SHA-256 \w{64}: copy `data/` from the course again"
    with pytest.raises(FileNotFoundError, match=restore):
        datasets.digits("test")


def test_a_damaged_file_is_named_with_both_checksums(tmp_path, monkeypatch):
    manifest = (storage.data_folder() / "manifest.json").read_bytes()
    (tmp_path / "manifest.json").write_bytes(manifest)
    (tmp_path / "digits").mkdir()
    (tmp_path / "digits" / "digits.npz").write_bytes(b"half a file")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    with pytest.raises(OSError, match=r"must have SHA-256 \w{64}, got \w{64}: copy `data/` from"):
        datasets.digits("test")


def test_a_missing_data_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match=r"nowhere.*must exist.*COURSE_DATA"):
        datasets.digits("test")


def test_importing_datasets_leaves_tensorflow_out():
    script = "import sys, helpers.datasets; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0
