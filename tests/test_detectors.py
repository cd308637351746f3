"""YOLO's tables, drawn boxes, and the lesson's mAP beside pycocotools'."""

import json
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from course.taught import taught  # noqa: E402
from helpers.checkpoints import load_trained  # noqa: E402
from helpers.datasets import detection_scenes  # noqa: E402
from helpers.yolo import grid_iou, unpack  # noqa: E402

SCORED = json.loads((Path(__file__).parent / "coco" / "scored.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def lesson():
    names = ("box_iou", "nms", "encode_targets", "decode_predictions", "match_detections")
    names += ("precision_recall", "average_precision", "mean_average_precision", "build_yolo")
    names = taught("08_yolo", *names, np=np, keras=keras, layers=keras.layers)
    for given in ("collect", "tidy"):
        exec(source_of(given), names)
    return names


def source_of(name: str) -> str:
    """Return the cell of a given function of the lesson, one that belongs to no exercise."""
    import jupytext

    from course.lessons import find_course

    notebook = jupytext.read(find_course().lesson("08_yolo").source, fmt="py:percent")
    return next(cell.source for cell in notebook.cells if cell.source.startswith(f"def {name}("))


@pytest.mark.parametrize("case", SCORED, ids=[case["name"] for case in SCORED])
def test_the_lessons_map_is_that_of_pycocotools(lesson, case):
    def arrays(parts):
        return tuple(
            np.array(part).reshape(-1, 4) if i == 0 else np.array(part)
            for i, part in enumerate(parts)
        )

    truths = [arrays(parts) for parts in case["truths"]]
    detections = [arrays(parts) for parts in case["detections"]]
    for threshold, want in case["map"].items():
        got = lesson["mean_average_precision"](truths, detections, float(threshold))
        assert got == pytest.approx(want, abs=1e-6)


def test_unpack_gives_boxes_and_classes_their_axes():
    truth, boxes, names, named = unpack(np.zeros((2, 3, 3, 9)), np.zeros((2, 3, 3, 14)))
    shapes = [tuple(part.shape) for part in (truth, boxes, names, named)]
    assert shapes == [(2, 3, 3, 1, 5), (2, 3, 3, 2, 5), (2, 3, 3, 4), (2, 3, 3, 4)]


def test_grid_iou_is_one_for_the_true_box_and_agrees_with_box_iou(lesson):
    generator = np.random.default_rng(0)
    boxes = generator.uniform(0.1, 0.9, size=(1, 4, 4, 3, 5)).astype("float32")
    truth = boxes[..., 1:2, :]
    got = np.asarray(grid_iou(truth, boxes))
    corners = [np.hstack([b[:, :2] / 4 - b[:, 2:4] / 2, b[:, :2] / 4 + b[:, 2:4] / 2])
               for b in (truth[0, 2, 3], boxes[0, 2, 3])]  # fmt: skip
    assert got[..., 1] == pytest.approx(1, abs=1e-5)
    assert got[0, 2, 3] == pytest.approx(lesson["box_iou"](*corners)[0], abs=1e-5)


def test_the_shipped_detector_finds_most_objects(lesson):
    """The weights of the short budget are those of a detector that works: 0.88 on 500 scenes."""
    model = lesson["build_yolo"](6, 2, 10)
    load_trained(model, "yolo/yolo.npz")
    images, objects = detection_scenes("test", 100, sprites="digits", size=96)
    tables = [lesson["decode_predictions"](table, 0.02) for table in np.asarray(model(images))]
    truths = [(thing.boxes / 96, thing.labels) for thing in objects]
    found = [lesson["tidy"](*parts, 0.5) for parts in tables]
    assert lesson["mean_average_precision"](truths, found) > 0.8


def test_boxes_are_drawn_in_the_colour_of_their_class():
    import matplotlib.pyplot as plt
    from matplotlib.colors import to_hex

    from helpers.detectors import class_colour, draw_scene

    figure, ax = plt.subplots()
    draw_scene(ax, np.zeros((10, 10, 3)), [[0.1, 0.2, 0.5, 0.9]], [2], names="abc", scores=[0.5])
    (box,) = ax.patches
    plt.close(figure)
    assert to_hex(box.get_edgecolor()).upper() == class_colour(2).upper()
    assert (box.get_x(), box.get_y()) == pytest.approx((0.5, 1.5))
    assert ax.texts[0].get_text() == "c 0.50"
