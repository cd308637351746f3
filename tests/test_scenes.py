import numpy as np
import pytest

from helpers import datasets
from helpers.compositing import backdrop_library, compose, let_it_snow, sprite_library

KINDS = ("digits", "emoji", "cutouts")


@pytest.mark.parametrize("sprites", KINDS)
def test_segmentation_scenes_have_their_documented_shapes_types_and_ranges(sprites):
    images, masks = datasets.segmentation_scenes("train", 12, sprites=sprites, size=48)
    assert images.shape == (12, 48, 48, 3) and masks.shape == (12, 48, 48, 1)
    assert images.dtype == masks.dtype == np.float32
    assert images.min() >= 0 and images.max() <= 1
    assert set(np.unique(masks)) == {0.0, 1.0}
    assert masks.any(axis=(1, 2, 3)).all(), "every image holds a sprite"


@pytest.mark.parametrize("sprites", KINDS)
def test_boxes_lie_inside_the_image_and_labels_inside_the_classes(sprites):
    images, objects = datasets.detection_scenes("test", 40, sprites=sprites, size=64)
    assert images.shape == (40, 64, 64, 3) and len(objects) == 40
    for found in objects:
        assert found.boxes.dtype == np.float32 and found.labels.dtype == np.int64
        assert found.boxes.shape == (len(found.labels), 4) and 1 <= len(found.labels) <= 4
        left, top, right, bottom = found.boxes.T
        assert (left >= 0).all() and (left < right).all() and (right <= 64).all()
        assert (top >= 0).all() and (top < bottom).all() and (bottom <= 64).all()
        assert set(found.labels) <= set(range(len(datasets.scene_classes(sprites))))


def test_a_box_is_what_the_mask_of_its_sprite_spans():
    rng = np.random.default_rng(5)
    library = sprite_library("cutouts", "train", "seen", 0, datasets.CUTOUT_CLASSES)
    backdrop = backdrop_library("train", ("green",))[0]
    options = {"scales": (0.3, 0.5), "blur": 0.0, "size": 64}
    for _ in range(10):
        scene = compose(rng, library, backdrop, np.array([3, 1, 0]), **options)
        assert scene.owner.max() == len(scene.labels) >= 1
        for number, box in enumerate(scene.boxes[-1:], len(scene.boxes)):  # nothing lies on it
            rows, columns = np.nonzero(scene.owner == number)
            span = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
            np.testing.assert_array_equal(box, span)


def test_sprites_hardly_cover_each_other():
    _, objects = datasets.detection_scenes("train", 60, most=8, size=96)
    crowded = max(objects, key=lambda found: len(found.labels))
    assert len(crowded.labels) >= 5
    for found in objects:
        assert (found.boxes[:, 2:] - found.boxes[:, :2]).min() >= 3


@pytest.mark.parametrize("make", [datasets.segmentation_scenes, datasets.detection_scenes])
def test_scenes_depend_on_the_seed_and_on_nothing_else(make):
    first = make("train", 6, seed=1)[0]
    make("validation", 3, seed=9)  # what is made in between changes nothing
    np.testing.assert_array_equal(first, make("train", 6, seed=1)[0])
    assert (first != make("train", 6, seed=2)[0]).any(axis=(1, 2, 3)).all()
    assert (first != make("test", 6, seed=1)[0]).any(axis=(1, 2, 3)).all()


def test_more_scenes_begin_with_the_same_ones():
    few, many = (datasets.segmentation_scenes("train", count, size=32)[0] for count in (4, 9))
    np.testing.assert_array_equal(few, many[:4])


def test_every_class_is_about_equally_likely():
    _, labels, _ = datasets.classification_scenes("train", 400, size=32, sprites="cutouts")
    assert np.bincount(labels, minlength=4).min() > 60


def test_unseen_styles_and_other_folds_give_other_scenes():
    seen, unseen = (
        datasets.detection_scenes("test", 4, styles=styles)[0] for styles in ("seen", "unseen")
    )
    assert (seen != unseen).any()
    one, two = (datasets.classification_scenes("test", 4, fold=fold)[0] for fold in (0, 1))
    assert (one != two).any()


def test_blur_smooths_the_background():
    sharp, soft = (datasets.segmentation_scenes("train", 20, blur=blur)[0] for blur in (0, 10))
    assert np.abs(np.diff(soft, axis=2)).mean() < 0.8 * np.abs(np.diff(sharp, axis=2)).mean()


@pytest.mark.parametrize("bias", [0.0, 0.5, 1.0])
def test_the_bias_ties_the_snow_to_the_mammals(bias):
    scenes = datasets.biased_scenes("train", 200, bias=bias, size=32)
    agrees = np.mean(scenes.snow == (scenes.labels == 1))
    assert agrees == pytest.approx(bias, abs=0.0 if bias in (0, 1) else 0.12)
    assert 60 < scenes.labels.sum() < 140


def test_snow_is_brighter_than_grass_and_masks_show_the_animal():
    scenes = datasets.biased_scenes("test", 40, bias=0.5, size=48)
    assert scenes.images.shape == (40, 48, 48, 3) and scenes.masks.shape == (40, 48, 48, 1)
    pairs = zip(scenes.images, scenes.masks[..., 0], strict=True)
    grounds = np.array([image[mask == 0].mean() for image, mask in pairs])
    assert grounds[scenes.snow].min() > grounds[~scenes.snow].mean() + 0.1
    assert 0.02 < scenes.masks.mean() < 0.5


def test_snow_keeps_the_shape_and_the_order_of_light_and_dark():
    photo = np.repeat(np.uint8([[[0], [100], [200]]] * 4), 3, axis=2)
    snow = let_it_snow(photo)
    assert snow.shape == photo.shape and snow.dtype == np.uint8
    assert (np.diff(snow.astype(int), axis=1) > 0).all() and snow.min() > 180


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"split": "dev"}, "split must be one of 'train', 'validation', 'test', got 'dev'"),
        ({"count": 0}, "count must be a whole number from 1 to 100000, got 0"),
        ({"size": 16}, "size must be a whole number from 32 to 256, got 16"),
        ({"size": "big"}, "size must be a whole number from 32 to 256, got 'big'"),
        ({"seed": -1}, "seed must be a whole number from 0 to 4294967295, got -1"),
        ({"seed": None}, "seed must be a whole number from 0 to 4294967295, got None"),
        ({"most": 9}, "most must be a whole number from 1 to 8, got 9"),
        ({"blur": -1}, "blur must be a number from 0 to 10, got -1"),
        ({"styles": "noto"}, "styles must be one of 'seen', 'unseen', got 'noto'"),
        ({"fold": 3}, "fold must be a whole number from 0 to 2, got 3"),
        ({"sprites": "cats"}, "sprites must be one of 'digits', 'emoji', 'cutouts', got 'cats'"),
    ],
)
def test_a_wrong_option_is_refused_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        datasets.detection_scenes(**({"split": "train", "count": 2} | options))


def test_a_bias_beyond_one_is_refused():
    with pytest.raises(ValueError, match="bias must be a number from 0 to 1, got 2"):
        datasets.biased_scenes("train", 2, bias=2)
