"""Cut YOLO's tables into parts, for the loss that lesson 8 writes."""


def unpack(y_true, y_pred):
    """Cut targets (n, S, S, 5 + C) and predictions (n, S, S, 5B + C) into four parts.

    A box is x, y (its centre in the cell, in [0, 1]), w, h (fractions of the image), confidence.

    Returns:
        truth: the true box of each cell, (n, S, S, 1, 5).
        boxes: the predicted boxes, (n, S, S, B, 5).
        names, named: the true and the predicted classes, (n, S, S, C) each.

    Source: Redmon, Divvala, Girshick and Farhadi, You only look once, 2016.
    """
    from keras import ops

    y_true, y_pred = ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
    grid, classes = y_true.shape[1], y_true.shape[-1] - 5
    count = (y_pred.shape[-1] - classes) // 5
    boxes = ops.reshape(y_pred[..., :-classes], (-1, grid, grid, count, 5))
    return y_true[..., None, :5], boxes, y_true[..., 5:], y_pred[..., -classes:]


def grid_iou(truth, boxes):
    """Return the IoU of each predicted box with the true box of its cell, (n, S, S, B).

    No gradient flows through it: it is a goal for the confidence, not a path to the box.

    Args:
        truth: (n, S, S, 1, 5), as from `unpack`.
        boxes: (n, S, S, B, 5), as from `unpack`.
    """
    from keras import ops

    grid = truth.shape[1]
    near = [box[..., :2] / grid - box[..., 2:4] / 2 for box in (truth, boxes)]  # left and top
    far = [box[..., :2] / grid + box[..., 2:4] / 2 for box in (truth, boxes)]  # right and bottom
    sides = ops.maximum(ops.minimum(*far) - ops.maximum(*near), 0.0)
    both = ops.prod(sides, axis=-1)
    areas = truth[..., 2] * truth[..., 3] + boxes[..., 2] * boxes[..., 3]
    return ops.stop_gradient(both / ops.maximum(areas - both, 1e-9))
