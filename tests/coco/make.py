"""Score invented detections with pycocotools: `python tests/coco/make.py`, once it is installed."""

import contextlib
import io
import json
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def score(truths, detections, threshold: float) -> float:
    """Return pycocotools' AP at one IoU threshold, all sizes, as the mean over the classes."""
    boxes = [
        (n, *pair)
        for n, (boxes, labels) in enumerate(truths)
        for pair in zip(boxes, labels, strict=True)
    ]
    found = [
        (n, *entry) for n, parts in enumerate(detections) for entry in zip(*parts, strict=True)
    ]
    kinds = sorted({int(entry[-1]) for entry in (*boxes, *found)})
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {
            "info": {},
            "images": [{"id": n + 1} for n in range(len(truths))],
            "categories": [{"id": kind + 1} for kind in kinds],
            "annotations": [
                {**entry(n, box, kind), "id": k + 1, "iscrowd": 0}
                for k, (n, box, kind) in enumerate(boxes)
            ],
        }
        truth.createIndex()
        results = [{**entry(n, box, kind), "score": float(s)} for n, box, s, kind in found]
        judge = COCOeval(truth, truth.loadRes(results), "bbox")
        judge.params.iouThrs, judge.params.maxDets = np.array([threshold]), [1000]
        judge.params.areaRng, judge.params.areaRngLbl = [[0, 1e10]], ["all"]
        judge.evaluate()
        judge.accumulate()
    precision = judge.eval["precision"][0, :, :, 0, 0]  # (recalls, classes), -1: no such object
    return float(precision[:, precision[0] > -1].mean())


def entry(n: int, box, kind) -> dict:
    left, top, right, bottom = map(float, box)
    size = right - left, bottom - top
    place = [left, top, *size]
    return {
        "image_id": n + 1,
        "category_id": int(kind) + 1,
        "bbox": place,
        "area": size[0] * size[1],
    }


def invent(seed: int, images: int, classes: int) -> dict:
    """Make random objects and detections near them, some of a class that no object has."""
    generator, truths, detections = np.random.default_rng(seed), [], []
    for _ in range(images):
        count = int(generator.integers(0, 5))
        corner = generator.uniform(0, 0.6, (count, 2))
        boxes = np.hstack([corner, corner + generator.uniform(0.1, 0.4, (count, 2))])
        labels = generator.integers(0, classes, count)
        chosen = generator.integers(0, max(count, 1), 2 * count)
        found = boxes[chosen] + generator.normal(0, 0.02, (2 * count, 4))
        named = np.where(generator.uniform(size=2 * count) < 0.8, labels[chosen], classes)
        scores = generator.uniform(size=2 * count)
        truths.append((boxes.round(4).tolist(), labels.tolist()))
        detections.append((found.round(4).tolist(), scores.round(6).tolist(), named.tolist()))
    values = {str(t): score(truths, detections, t) for t in (0.5, 0.75)}
    name = f"{images} images, {classes} classes"
    return {"name": name, "truths": truths, "detections": detections, "map": values}


if __name__ == "__main__":
    cases = [invent(1, 8, 3), invent(2, 12, 2), invent(3, 5, 6)]
    Path(__file__).with_name("scored.json").write_text(json.dumps(cases) + "\n", "utf-8")
