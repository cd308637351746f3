# %% wrong exercise="box_iou" misconception="the intersection is counted twice in the union: subtract it once"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both / (area_a + area_b)
    return table

# %% wrong exercise="box_iou" misconception="this is the intersection: divide it by the union"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both
    return table

# %% wrong exercise="box_iou" misconception="it is divided by the smaller area: divide by the union"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both / min(area_a, area_b)
    return table

# %% wrong exercise="box_iou" misconception="it is divided by the area of a: divide by the union"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both / area_a
    return table

# %% wrong exercise="box_iou" misconception="this is the Dice score, twice the intersection over both areas"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = 2 * both / (area_a + area_b)
    return table

# %% wrong exercise="box_iou" misconception="make negative widths and heights of the intersection 0 before you multiply"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = min(a[i][2], b[j][2]) - max(a[i][0], b[j][0])
            height = min(a[i][3], b[j][3]) - max(a[i][1], b[j][1])
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both / (area_a + area_b - both)
    return table

# %% wrong exercise="box_iou" misconception="make negative widths and heights of the intersection 0 before you multiply"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = min(a[i][2], b[j][2]) - max(a[i][0], b[j][0])
            height = min(a[i][3], b[j][3]) - max(a[i][1], b[j][1])
            both = max(0, width * height)
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both / (area_a + area_b - both)
    return table

# %% wrong exercise="box_iou" misconception="the union is a box around both: use area + area - intersection"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            hull = (max(a[i][2], b[j][2]) - min(a[i][0], b[j][0])) * (max(a[i][3], b[j][3]) - min(a[i][1], b[j][1]))
            table[i, j] = both / hull
    return table

# %% wrong exercise="box_iou" misconception="pixels are counted, with + 1: a box from 1 to 5 is 4 wide"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]) + 1)
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]) + 1)
            both = width * height
            area_a = (a[i][2] - a[i][0] + 1) * (a[i][3] - a[i][1] + 1)
            area_b = (b[j][2] - b[j][0] + 1) * (b[j][3] - b[j][1] + 1)
            table[i, j] = both / (area_a + area_b - both)
    return table

# %% wrong exercise="box_iou" misconception="an area is (right - left) times (bottom - top), not right times bottom"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = a[i][2] * a[i][3]
            area_b = b[j][2] * b[j][3]
            table[i, j] = both / (area_a + area_b - both)
    return table

# %% wrong exercise="box_iou" misconception="boxes are compared one by one: every box of a meets every box of b"
def box_iou(a, b):
    width = np.maximum(np.minimum(a[:, 2], b[:, 2]) - np.maximum(a[:, 0], b[:, 0]), 0)
    height = np.maximum(np.minimum(a[:, 3], b[:, 3]) - np.maximum(a[:, 1], b[:, 1]), 0)
    both = width * height
    areas = [(x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1]) for x in (a, b)]
    return both / (areas[0] + areas[1] - both)

# %% wrong exercise="box_iou" misconception="make negative widths and heights of the intersection 0 before you multiply"
def box_iou(a, b):
    a, b = a[:, None], b[None]
    width = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    height = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    both = np.maximum(width, 0) * height
    area_a, area_b = ((x[..., 2] - x[..., 0]) * (x[..., 3] - x[..., 1]) for x in (a, b))
    return both / (area_a + area_b - both)

# %% wrong exercise="box_iou" misconception="an argument is changed: work on a copy"
def box_iou(a, b):
    corner = np.maximum(a[:, None, :2], b[None, :, :2])
    both = np.prod(np.maximum(np.minimum(a[:, None, 2:], b[None, :, 2:]) - corner, 0), axis=-1)
    a[:, 2:] -= a[:, :2]
    b[:, 2:] -= b[:, :2]
    return both / ((a[:, 2] * a[:, 3])[:, None] + b[:, 2] * b[:, 3] - both)

# %% right exercise="box_iou" note="two loops"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both / (area_a + area_b - both)
    return table

# %% right exercise="box_iou" note="corners at once, by slices"
def box_iou(a, b):
    near = np.maximum(a[:, None, :2], b[None, :, :2])
    far = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = np.prod(np.clip(far - near, 0, None), axis=-1)
    area = lambda x: np.prod(x[:, 2:] - x[:, :2], axis=1)
    return both / (np.add.outer(area(a), area(b)) - both)

# %% right exercise="box_iou" note="a list of lists"
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            height = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            both = width * height
            area_a = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
            area_b = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
            table[i, j] = both / (area_a + area_b - both)
    return table.tolist()

# %% wrong exercise="sliding_windows" misconception="the last window of each row and column is missing: range ends before its end"
def sliding_windows(size, window, stride):
    boxes = []
    for y in range(0, size - window, stride):
        for x in range(0, size - window, stride):
            boxes.append((x, y, x + window, y + window))
    return boxes

# %% wrong exercise="sliding_windows" misconception="windows stick out of the image"
def sliding_windows(size, window, stride):
    boxes = []
    for y in range(0, size, stride):
        for x in range(0, size, stride):
            boxes.append((x, y, x + window, y + window))
    return boxes

# %% wrong exercise="sliding_windows" misconception="column by column: go along a row first, left before top"
def sliding_windows(size, window, stride):
    boxes = []
    for x in range(0, size - window + 1, stride):
        for y in range(0, size - window + 1, stride):
            boxes.append((x, y, x + window, y + window))
    return boxes

# %% wrong exercise="sliding_windows" misconception="these are widths and heights: a box ends with right and bottom"
def sliding_windows(size, window, stride):
    boxes = []
    for y in range(0, size - window + 1, stride):
        for x in range(0, size - window + 1, stride):
            boxes.append((x, y, window, window))
    return boxes

# %% wrong exercise="sliding_windows" misconception="the window moves by its own size: move by stride"
def sliding_windows(size, window, stride):
    boxes = []
    for y in range(0, size - window + 1, window):
        for x in range(0, size - window + 1, window):
            boxes.append((x, y, x + window, y + window))
    return boxes

# %% wrong exercise="sliding_windows" misconception="the window moves by 1: move by stride"
def sliding_windows(size, window, stride):
    boxes = []
    for y in range(0, size - window + 1):
        for x in range(0, size - window + 1):
            boxes.append((x, y, x + window, y + window))
    return boxes

# %% wrong exercise="sliding_windows" misconception="the windows run along the diagonal only: two loops"
def sliding_windows(size, window, stride):
    return np.array([[x, x, x + window, x + window] for x in range(0, size - window + 1, stride)])

# %% right exercise="sliding_windows" note="two loops and tuples"
def sliding_windows(size, window, stride):
    boxes = []
    for y in range(0, size - window + 1, stride):
        for x in range(0, size - window + 1, stride):
            boxes.append((x, y, x + window, y + window))
    return boxes

# %% right exercise="sliding_windows" note="meshgrid"
def sliding_windows(size, window, stride):
    starts = np.arange(0, size - window + 1, stride)
    x, y = (part.ravel() for part in np.meshgrid(starts, starts))
    return np.stack([x, y, x + window, y + window], axis=1)

# %% right exercise="sliding_windows" note="floats, counted by the formula"
def sliding_windows(size, window, stride):
    n = (size - window) // stride + 1
    return [[float(c * stride), float(r * stride), float(c * stride + window), float(r * stride + window)] for r in range(n) for c in range(n)]

# %% wrong exercise="nothing_here" misconception="softmax makes the ten sum to 1 in every window, also where there is nothing"
nothing_here = "a"

# %% wrong exercise="nothing_here" misconception="softmax makes any number of outputs sum to 1; training would run without complaint"
nothing_here = "c"

# %% wrong exercise="nothing_here" misconception="it would find more, nearly all of them false: most windows show no object at all"
nothing_here = "d"

# %% wrong exercise="nothing_here" misconception='the answer is not one letter in quotes, such as "b"'
nothing_here = 1

# %% wrong exercise="nothing_here" misconception='the answer is not one letter in quotes, such as "b"'
nothing_here = "b) "

# %% right exercise="nothing_here" note="an upper case letter"
nothing_here = "B"

# %% right exercise="nothing_here" note="with spaces around it"
nothing_here = " b "

# %% wrong exercise="nms" misconception="these are the boxes: return their indices"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(-scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious <= threshold]
    return boxes[np.array(kept, dtype=int)]

# %% wrong exercise="nms" misconception="these are the scores: return the indices of the boxes"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(-scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious <= threshold]
    return scores[np.array(kept, dtype=int)]

# %% wrong exercise="nms" misconception="this is a mask: return the indices"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(-scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious <= threshold]
    return np.isin(np.arange(len(boxes)), kept)

# %% wrong exercise="nms" misconception="a box that was removed must not remove others"
def nms(boxes, scores, threshold):
    order = np.argsort(-scores)
    ious = np.asarray(box_iou(boxes, boxes)).reshape(len(boxes), len(boxes))
    return [k for place, k in enumerate(order) if np.all(ious[k, order[:place]] <= threshold)]

# %% wrong exercise="nms" misconception="the boxes are taken in the order of the list: the best score comes first"
def nms(boxes, scores, threshold):
    order, kept = np.arange(len(scores)), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious <= threshold]
    return np.array(kept, dtype=int)

# %% wrong exercise="nms" misconception="the worst score comes first: sort by falling score"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious <= threshold]
    return np.array(kept, dtype=int)

# %% wrong exercise="nms" misconception="these are places in the sorted list: translate them back into indices of boxes"
def nms(boxes, scores, threshold):
    boxes = boxes[np.argsort(-scores)]
    alive, kept = list(range(len(boxes))), []
    while alive:
        best = alive.pop(0)
        kept.append(best)
        alive = [k for k in alive if box_iou(boxes[[best]], boxes[[k]])[0][0] <= threshold]
    return kept

# %% wrong exercise="nms" misconception="only the best box is kept: go on with the best that is left"
def nms(boxes, scores, threshold):
    return [int(np.argmax(scores))] if len(scores) else []

# %% wrong exercise="nms" misconception="no box was removed"
def nms(boxes, scores, threshold):
    return np.argsort(-scores)

# %% wrong exercise="nms" misconception="the wrong ones are kept: remove those that overlap more than threshold"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(-scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious > threshold]
    return np.array(kept, dtype=int)

# %% wrong exercise="nms" misconception="an IoU that equals the threshold is not above it: keep the box"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(-scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious < threshold]
    return np.array(kept, dtype=int)

# %% wrong exercise="nms" misconception="the threshold is fixed: use the argument"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(-scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious <= 0.5]
    return np.array(kept, dtype=int)

# %% wrong exercise="nms" misconception="these are the right boxes in another order: best score first"
def nms(boxes, scores, threshold):
    keep = np.ones(len(boxes), bool)
    for i in np.argsort(-scores):
        if keep[i]:
            over = np.asarray(box_iou(boxes[[i]], boxes))[0] > threshold
            over[i] = False
            keep[over] = False
    return np.flatnonzero(keep)

# %% wrong exercise="nms" misconception="boxes are removed from the list that a for loop walks through: it skips some"
def nms(boxes, scores, threshold):
    left, kept = list(np.argsort(-scores)), []
    while left:
        best = left.pop(0)
        kept.append(best)
        for other in left:
            if np.asarray(box_iou(boxes[[best]], boxes[[other]]))[0, 0] > threshold:
                left.remove(other)
    return kept

# %% wrong exercise="nms" misconception="this keeps what overlaps by less than 1 - threshold: compare with threshold"
def nms(boxes, scores, threshold):
    left, kept = list(np.argsort(-scores)), []
    while left:
        best = left.pop(0)
        kept.append(best)
        left = [k for k in left if np.asarray(box_iou(boxes[[best]], boxes[[k]]))[0, 0] <= 1 - threshold]
    return kept

# %% right exercise="nms" note="while loop over an index array"
def nms(boxes, scores, threshold):
    order, kept = np.argsort(-scores), []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(best)
        ious = np.asarray(box_iou(boxes[[best]], boxes[order])).reshape(-1)
        order = order[ious <= threshold]
    return np.array(kept, dtype=int)

# %% right exercise="nms" note="one table of all overlaps, a loop over the order"
def nms(boxes, scores, threshold):
    if len(boxes) == 0:
        return []
    ious, kept = np.asarray(box_iou(boxes, boxes)), []
    for k in np.argsort(scores)[::-1]:
        if all(ious[k, j] <= threshold for j in kept):
            kept.append(int(k))
    return kept

# %% right exercise="nms" note="scores of removed boxes become -1"
def nms(boxes, scores, threshold):
    scores, kept = scores.astype(float), []
    while len(scores) and scores.max() >= 0:
        best = int(scores.argmax())
        kept.append(best)
        near = np.asarray(box_iou(boxes, boxes[best : best + 1]))[:, 0] > threshold
        scores[near] = -1
        scores[best] = -1
    return tuple(kept)

# %% wrong exercise="two_fives" misconception="NMS does not know what an object is: it sees two boxes of one class with an IoU of 0.4, above 0.3"
two_fives = "a"

# %% wrong exercise="two_fives" misconception="the better of the two is taken and kept before anything is removed"
two_fives = "b"

# %% wrong exercise="two_fives" misconception="NMS only removes boxes, it never changes one"
two_fives = "d"

# %% wrong exercise="two_fives" misconception='the answer is not one letter in quotes, such as "b"'
two_fives = 2

# %% wrong exercise="two_fives" misconception='the answer is not one letter in quotes, such as "b"'
two_fives = "c) "

# %% right exercise="two_fives" note="an upper case letter"
two_fives = "C"

# %% right exercise="two_fives" note="with spaces around it"
two_fives = " c "

# %% wrong exercise="encode_targets" misconception="row and column are swapped: target[row, column], and the row comes from y"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[column, row, 4] == 1:
            continue
        target[column, row, 0] = cx * grid - column
        target[column, row, 1] = cy * grid - row
        target[column, row, 2] = right - left
        target[column, row, 3] = bottom - top
        target[column, row, 4] = 1
        target[column, row, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="x and y are fractions of the image: count them from the corner of the cell"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx
        target[row, column, 1] = cy
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="x and y still count in cells from the image's corner: subtract column and row"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid
        target[row, column, 1] = cy * grid
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="w and h are measured in cells: take fractions of the image"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = (right - left) * grid
        target[row, column, 3] = (bottom - top) * grid
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="w and h hold right and bottom: subtract left and top"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right
        target[row, column, 3] = bottom
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="the cell is that of the top left corner: take the centre"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = left, top
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="the confidence is missing: place 4 holds 1 where an object is"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="the class begins at place 5: a 1 at place 5 + label"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 4 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="the label is written as a number: write a 1 at place 5 + label"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5] = label
    return target

# %% wrong exercise="encode_targets" misconception="the second object overwrites the first: leave it out if the cell is taken"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        target[row, column] = 0
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="two objects are mixed in one cell: keep the first alone"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="the classes of two objects are mixed in one cell: keep those of the first"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            target[row, column, 5 + label] = 1
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="a cell is taken where place 4 holds a 1: x or y may be 0 in a taken cell"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for (left, top, right, bottom), label in zip(boxes, labels):
        x, y = (left + right) / 2 * grid, (top + bottom) / 2 * grid
        column, row = int(x), int(y)
        if target[row, column, 0] != 0:
            continue
        target[row, column, :5] = x - column, y - row, right - left, bottom - top, 1
        target[row, column, 5 + label] = 1
    return target

# %% wrong exercise="encode_targets" misconception="an argument is changed: work on a copy"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    sizes = boxes[:, 2:] - boxes[:, :2]
    boxes *= grid
    for (left, top, right, bottom), size, label in zip(boxes, sizes, labels):
        x, y = (left + right) / 2, (top + bottom) / 2
        column, row = int(x), int(y)
        if target[row, column, 4] == 0:
            target[row, column, :5] = [x - column, y - row, *size, 1]
            target[row, column, 5 + label] = 1
    return target

# %% right exercise="encode_targets" note="number by number"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for box, label in zip(boxes, labels):
        left, top, right, bottom = box
        cx, cy = (left + right) / 2, (top + bottom) / 2
        column, row = int(cx * grid), int(cy * grid)
        if target[row, column, 4] == 1:
            continue
        target[row, column, 0] = cx * grid - column
        target[row, column, 1] = cy * grid - row
        target[row, column, 2] = right - left
        target[row, column, 3] = bottom - top
        target[row, column, 4] = 1
        target[row, column, 5 + label] = 1
    return target

# %% right exercise="encode_targets" note="backwards, so that the first object is written last"
def encode_targets(boxes, labels, grid, classes):
    target = np.zeros((grid, grid, 5 + classes))
    for k in range(len(boxes) - 1, -1, -1):
        centre = (boxes[k, :2] + boxes[k, 2:]) / 2 * grid
        column, row = np.floor(centre).astype(int)
        names = np.eye(classes)[labels[k]]
        target[row, column] = np.concatenate([centre % 1, boxes[k, 2:] - boxes[k, :2], [1], names])
    return target

# %% right exercise="encode_targets" note="all centres at once, a dictionary of taken cells"
def encode_targets(boxes, labels, grid, classes):
    target, taken = np.zeros((grid, grid, 5 + classes), dtype="float32"), set()
    middle = boxes.reshape(-1, 2, 2).mean(axis=1) * grid
    for (x, y), box, label in zip(middle, boxes, labels):
        cell = int(y // 1), int(x // 1)
        if cell not in taken:
            taken.add(cell)
            target[cell][:5] = x % 1, y % 1, box[2] - box[0], box[3] - box[1], 1
            target[cell][5 + label] = 1
    return target

# %% wrong exercise="two_in_one" misconception="the two boxes compete for one object; the class numbers are shared"
two_in_one = "a"

# %% wrong exercise="two_in_one" misconception="nothing cancels: the target holds the object that came first"
two_in_one = "b"

# %% wrong exercise="two_in_one" misconception="the class numbers say how the one object is classified, not how many there are"
two_in_one = "c"

# %% wrong exercise="two_in_one" misconception='the answer is not one letter in quotes, such as "b"'
two_in_one = 3

# %% wrong exercise="two_in_one" misconception='the answer is not one letter in quotes, such as "b"'
two_in_one = "d) "

# %% right exercise="two_in_one" note="an upper case letter"
two_in_one = "D"

# %% right exercise="two_in_one" note="with spaces around it"
two_in_one = " d "

# %% wrong exercise="decode_predictions" misconception="the score is the confidence alone: times the class"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure
                if score > threshold:
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="only the first box of each cell is read"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(1):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="every box is returned: keep those with a score above threshold"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if True:
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="row and column are swapped: x belongs to the column"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    cx, cy = (row + x) / S, (column + y) / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="the cell's place is missing: add column and row before dividing by S"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    cx, cy = x / S, y / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="x and y are the centre: subtract half of w and h for left and top"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx, cy, cx + w, cy + h))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="these are centre, width and height: turn them into left, top, right, bottom"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx, cy, w, h))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="w and h are fractions of the image already: do not divide them by S"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    w, h = w / S, h / S
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="the centre must be divided by S to be a fraction of the image"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    cx, cy = column + x, row + y
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="a cell may report several boxes: keep all above threshold, not the surest alone"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, -classes:]
            label = int(np.argmax(kinds))
            cell = prediction[row, column, :-classes].reshape(-1, 5)
            x, y, w, h, sure = cell[cell[:, 4].argmax()]
            score = sure * kinds[label]
            if score > threshold:
                cx, cy = (column + x) / S, (row + y) / S
                boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                scores.append(score)
                labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="a score that equals the threshold is not above it: leave the box out"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score >= threshold:
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="no box is returned: append to all three lists"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="the score shall be above threshold, not the confidence alone"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    grid, count = len(prediction), (prediction.shape[-1] - classes) // 5
    for row, column, b in np.ndindex(grid, grid, count):
        cell = prediction[row, column]
        x, y, w, h, confidence = cell[5 * b : 5 * b + 5]
        label = cell[5 * count :].argmax()
        score = confidence * cell[5 * count + label]
        if confidence > threshold:
            cx, cy = (column + x) / grid, (row + y) / grid
            boxes.append([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])
            scores.append(score)
            labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="the score is the number of the class alone: times the confidence"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    grid, count = len(prediction), (prediction.shape[-1] - classes) // 5
    for row, column, b in np.ndindex(grid, grid, count):
        cell = prediction[row, column]
        x, y, w, h, confidence = cell[5 * b : 5 * b + 5]
        label = cell[5 * count :].argmax()
        score = cell[5 * count + label]
        if score > threshold:
            cx, cy = (column + x) / grid, (row + y) / grid
            boxes.append([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])
            scores.append(score)
            labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% wrong exercise="decode_predictions" misconception="return three arrays: boxes, scores, labels"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    grid, count = len(prediction), (prediction.shape[-1] - classes) // 5
    for row, column, b in np.ndindex(grid, grid, count):
        cell = prediction[row, column]
        x, y, w, h, confidence = cell[5 * b : 5 * b + 5]
        label = cell[5 * count :].argmax()
        score = confidence * cell[5 * count + label]
        if score > threshold:
            cx, cy = (column + x) / grid, (row + y) / grid
            boxes.append([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])
            scores.append(score)
            labels.append(label)
    return np.array(boxes).reshape(-1, 4)

# %% right exercise="decode_predictions" note="nested loops"
def decode_predictions(prediction, threshold, classes=10):
    boxes, scores, labels = [], [], []
    S = prediction.shape[0]
    B = (prediction.shape[-1] - classes) // 5
    for row in range(S):
        for column in range(S):
            kinds = prediction[row, column, 5 * B:]
            label = int(np.argmax(kinds))
            for b in range(B):
                x, y, w, h, sure = prediction[row, column, 5 * b:5 * b + 5]
                score = sure * kinds[label]
                if score > threshold:
                    cx, cy = (column + x) / S, (row + y) / S
                    boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
                    scores.append(score)
                    labels.append(label)
    return np.array(boxes).reshape(-1, 4), np.array(scores), np.array(labels, dtype=int)

# %% right exercise="decode_predictions" note="no loops"
def decode_predictions(prediction, threshold, classes=10):
    S, B = len(prediction), (prediction.shape[-1] - classes) // 5
    table = prediction[..., :5 * B].reshape(S, S, B, 5)
    kinds = prediction[..., 5 * B:]
    scores = table[..., 4] * kinds.max(axis=-1)[..., None]
    r, c, b = np.where(scores > threshold)
    x, y, w, h = table[r, c, b, :4].T
    cx, cy = (c + x) / S, (r + y) / S
    boxes = np.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], axis=1)
    return boxes, scores[r, c, b], kinds.argmax(axis=-1)[r, c]

# %% right exercise="decode_predictions" note="best score first, a list"
def decode_predictions(prediction, threshold, classes=10):
    found, S = [], len(prediction)
    for (row, column), _ in np.ndenumerate(prediction[..., 0]):
        numbers, kinds = prediction[row, column, :-classes], prediction[row, column, -classes:]
        for start in range(0, len(numbers), 5):
            x, y, w, h, sure = (float(v) for v in numbers[start:start + 5])
            left, top = (column + x) / S - w / 2, (row + y) / S - h / 2
            found.append((sure * kinds.max(), [left, top, left + w, top + h], int(kinds.argmax())))
    found = sorted((f for f in found if f[0] > threshold), key=lambda f: -f[0])
    return [np.array([f[1] for f in found]).reshape(-1, 4), np.array([f[0] for f in found]), np.array([f[2] for f in found], dtype=int)]

# %% wrong exercise="responsible" misconception="a cell without an object has no responsible box: multiply by present"
def responsible(ious, present):
    best = ops.argmax(ious, axis=-1)
    mask = ops.one_hot(best, ious.shape[-1], dtype="float32")
    return mask

# %% wrong exercise="responsible" misconception="every box of a cell is responsible: choose the one with the largest IoU"
def responsible(ious, present):
    return ops.ones_like(ious) * present[..., None]

# %% wrong exercise="responsible" misconception="the worst box is chosen: take the largest IoU"
def responsible(ious, present):
    best = ops.argmin(ious, axis=-1)
    mask = ops.one_hot(best, ious.shape[-1], dtype="float32")
    return mask * ops.expand_dims(ops.cast(present, "float32"), -1)

# %% wrong exercise="responsible" misconception="where IoUs are equal the first box alone is responsible"
def responsible(ious, present):
    best = ops.max(ious, axis=-1, keepdims=True)
    return ops.cast(ops.equal(ious, best), "float32") * present[..., None]

# %% wrong exercise="responsible" misconception="always the same box is chosen: take the largest IoU"
def responsible(ious, present):
    mask = ops.one_hot(ops.zeros_like(ops.argmax(ious, axis=-1)), ious.shape[-1], dtype="float32")
    return mask * present[..., None]

# %% wrong exercise="responsible" misconception="this is the number of the box: turn it into zeros and ones with ops.one_hot"
def responsible(ious, present):
    return ops.cast(ops.argmax(ious, axis=-1), "float32") * present

# %% wrong exercise="responsible" misconception="the result holds IoUs: write a 1"
def responsible(ious, present):
    best = ops.one_hot(ops.argmax(ious, axis=-1), ious.shape[-1], dtype="float32")
    return best * ious * present[..., None]

# %% wrong exercise="responsible" misconception="NumPy cannot work inside training: use ops"
def responsible(ious, present):
    ious, present = np.asarray(ious), np.asarray(present)
    return np.eye(ious.shape[-1], dtype="float32")[ious.argmax(axis=-1)] * present[..., None]

# %% wrong exercise="responsible" misconception="NumPy cannot work inside training: use ops"
def responsible(ious, present):
    numbers = np.arange(ious.shape[-1])
    return (np.argmax(ious, axis=-1)[..., None] == numbers) * present[..., None]

# %% wrong exercise="responsible" misconception="how many images come is not known inside training: do without n"
def responsible(ious, present):
    n, S, _, B = ious.shape
    best = ops.one_hot(ops.reshape(ops.argmax(ious, axis=-1), (n * S * S,)), B)
    return ops.reshape(best, (n, S, S, B)) * present[..., None]

# %% wrong exercise="responsible" misconception="NumPy cannot work inside training: use ops"
def responsible(ious, present):
    table = np.zeros(ious.shape, dtype="float32")
    for place in np.ndindex(*present.shape):
        if present[place]:
            table[place][np.argmax(ious[place])] = 1
    return table

# %% right exercise="responsible" note="one_hot and expand_dims"
def responsible(ious, present):
    best = ops.argmax(ious, axis=-1)
    mask = ops.one_hot(best, ious.shape[-1], dtype="float32")
    return mask * ops.expand_dims(ops.cast(present, "float32"), -1)

# %% right exercise="responsible" note="compares numbers of boxes"
def responsible(ious, present):
    numbers = ops.arange(ious.shape[-1])
    best = ops.argmax(ious, axis=-1)[..., None]
    return ops.where(ops.logical_and(ops.equal(ops.cast(numbers, "int32"), ops.cast(best, "int32")), ops.cast(present, "bool")[..., None]), 1.0, 0.0)

# %% right exercise="responsible" note="empty cells get a box number that does not exist"
def responsible(ious, present):
    best = ops.cast(ops.argmax(ious, axis=-1), "int32")
    best = ops.where(ops.cast(present, "bool"), best, -1)
    return ops.one_hot(best, ious.shape[-1], dtype="float32")

# %% right exercise="responsible" note="truth values"
def responsible(ious, present):
    numbers = ops.arange(ious.shape[-1])
    best = ops.cast(ops.argmax(ious, axis=-1), "int32")[..., None]
    return ops.logical_and(ops.equal(numbers, best), present[..., None] > 0)

# %% right exercise="responsible" note="whole numbers"
def responsible(ious, present):
    best = ops.one_hot(ops.argmax(ious, axis=-1), ious.shape[-1], dtype="int32")
    return best * ops.cast(present, "int32")[..., None]

# %% wrong exercise="yolo_loss" misconception="the square roots of w and h are missing"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(truth[..., 2:4] - boxes[..., 2:4]), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="the place counts five times"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="the size counts five times"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="the confidence of a responsible box aims at its IoU, not at 1"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(1 - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="place and size count for responsible boxes only: multiply by mine"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="a responsible box need not say 0: multiply by 1 - mine"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum(ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="one loss an image is wanted: do not sum over axis 0"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return ops.sum(place + size + sure + empty + kinds)

# %% wrong exercise="yolo_loss" misconception="boxes that are not responsible count half: 0.5"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="a responsible box counts fully, not half: 0.5 belongs to the other boxes"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = 0.5 * ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="the confidence of responsible boxes is missing"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + empty + kinds

# %% wrong exercise="yolo_loss" misconception="5 times is for place and size, not for the confidence"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = 5 * ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="the other box of a cell with an object shall say 0 too: 1 - mine, not 1 - present"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - present[..., None]) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="boxes that are not responsible must say 0: their confidence is missing"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + kinds

# %% wrong exercise="yolo_loss" misconception="classes count only in cells with an object: multiply by present"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="the classes are missing"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty

# %% wrong exercise="yolo_loss" misconception="the classes are averaged: sum over them"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present * ops.mean(ops.square(names - named), axis=-1), axis=(1, 2))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="this is the square root of the difference: take the difference of the square roots"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(ops.abs(truth[..., 2:4] - boxes[..., 2:4]))), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="the classes count once: 5 is for place and size"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = 5 * ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="a table came back: sum over the two numbers of a box (axis -1) first, then over axes 1, 2 and 3"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% wrong exercise="yolo_loss" misconception="NumPy cannot work inside training: use ops in yolo_loss and in responsible"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = np.sum(np.square(truth[..., :2] - boxes[..., :2]), axis=-1)
    size = np.sum(np.square(np.sqrt(truth[..., 2:4]) - np.sqrt(boxes[..., 2:4])), axis=-1)
    sure = mine * np.square(ious - boxes[..., 4]) + 0.5 * (1 - mine) * np.square(boxes[..., 4])
    classes = present * np.sum(np.square(names - named), axis=-1)
    return np.sum(5 * mine * (place + size) + sure, axis=(1, 2, 3)) + np.sum(classes, axis=(1, 2))

# %% wrong exercise="yolo_loss" misconception="NumPy cannot work inside training: use ops in yolo_loss and in responsible"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    boxes, named, mine, ious = (part.numpy() for part in (boxes, named, mine, ious))
    truth, names, present = truth.numpy(), names.numpy(), present.numpy()
    error = ((truth[..., :2] - boxes[..., :2]) ** 2 + (truth[..., 2:4] ** 0.5 - boxes[..., 2:4] ** 0.5) ** 2).sum(-1)
    sure = mine * (ious - boxes[..., 4]) ** 2 + 0.5 * (1 - mine) * boxes[..., 4] ** 2
    return (5 * mine * error + sure).sum(axis=(1, 2, 3)) + (present * ((names - named) ** 2).sum(-1)).sum(axis=(1, 2))

# %% wrong exercise="yolo_loss" misconception="how many images come is not known inside training: do without n"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    error = ops.square(truth[..., :2] - boxes[..., :2]) + ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4]))
    sure = mine * ops.square(ious - boxes[..., 4]) + 0.5 * (1 - mine) * ops.square(boxes[..., 4])
    kinds = present * ops.sum(ops.square(names - named), axis=-1)
    cells = ops.sum(5 * mine * ops.sum(error, axis=-1) + sure, axis=-1) + kinds
    return ops.stack([ops.sum(cells[k]) for k in range(cells.shape[0])])

# %% wrong exercise="yolo_loss" misconception="a part of the loss has no slope: keep NumPy and stop_gradient out of the errors"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    error = ops.square(truth[..., :2] - boxes[..., :2]) + ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4]))
    shape = ops.stop_gradient(ops.sum(error, axis=-1))
    sure = mine * ops.square(ious - boxes[..., 4]) + 0.5 * (1 - mine) * ops.square(boxes[..., 4])
    kinds = present * ops.sum(ops.square(names - named), axis=-1)
    return ops.sum(ops.sum(5 * mine * shape + sure, axis=-1) + kinds, axis=(1, 2))

# %% wrong exercise="yolo_loss" misconception="a part of the loss has no slope: keep NumPy and stop_gradient out of the errors"
def yolo_loss(y_true, y_pred):
    @tf.custom_gradient
    def made_up(table):
        truth, boxes, names, named = unpack(y_true, table)
        present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
        mine = ops.cast(responsible(ious, present), "float32")
        error = ops.square(truth[..., :2] - boxes[..., :2]) + ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4]))
        sure = mine * ops.square(ious - boxes[..., 4]) + 0.5 * (1 - mine) * ops.square(boxes[..., 4])
        kinds = present * ops.sum(ops.square(names - named), axis=-1)
        loss = ops.sum(ops.sum(5 * mine * ops.sum(error, axis=-1) + sure, axis=-1) + kinds, axis=(1, 2))
        return loss, lambda above: tf.ones_like(table)

    return made_up(tf.convert_to_tensor(y_pred, "float32"))

# %% wrong exercise="yolo_loss" misconception="the place is x and y: truth[..., :2] holds both"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = ops.square(truth[..., 1] - boxes[..., 1])
    size = ops.sum(ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=-1)
    c = boxes[..., 4]
    cells = 5 * mine * (place + size) + mine * ops.square(ious - c) + 0.5 * (1 - mine) * ops.square(c)
    classes = present * ops.sum(ops.square(names - named), axis=-1)
    return ops.sum(cells, axis=(1, 2, 3)) + ops.sum(classes, axis=(1, 2))

# %% wrong exercise="yolo_loss" misconception="the size is w and h: truth[..., 2:4] holds both"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = ops.sum(ops.square(truth[..., :2] - boxes[..., :2]), axis=-1)
    size = ops.square(ops.sqrt(truth[..., 2]) - ops.sqrt(boxes[..., 2]))
    c = boxes[..., 4]
    cells = 5 * mine * (place + size) + mine * ops.square(ious - c) + 0.5 * (1 - mine) * ops.square(c)
    classes = present * ops.sum(ops.square(names - named), axis=-1)
    return ops.sum(cells, axis=(1, 2, 3)) + ops.sum(classes, axis=(1, 2))

# %% wrong exercise="yolo_loss" misconception="the square root of h is missing"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = ops.sum(ops.square(truth[..., :2] - boxes[..., :2]), axis=-1)
    size = ops.square(ops.sqrt(truth[..., 2]) - ops.sqrt(boxes[..., 2])) + ops.square(truth[..., 3] - boxes[..., 3])
    c = boxes[..., 4]
    cells = 5 * mine * (place + size) + mine * ops.square(ious - c) + 0.5 * (1 - mine) * ops.square(c)
    classes = present * ops.sum(ops.square(names - named), axis=-1)
    return ops.sum(cells, axis=(1, 2, 3)) + ops.sum(classes, axis=(1, 2))

# %% wrong exercise="yolo_loss" misconception="the loss is divided by the number of objects: sum over them"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = ops.sum(ops.square(truth[..., :2] - boxes[..., :2]), axis=-1)
    size = ops.sum(ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=-1)
    c = boxes[..., 4]
    cells = 5 * mine * (place + size) + mine * ops.square(ious - c) + 0.5 * (1 - mine) * ops.square(c)
    classes = present * ops.sum(ops.square(names - named), axis=-1)
    total = ops.sum(cells, axis=(1, 2, 3)) + ops.sum(classes, axis=(1, 2))
    return total / ops.maximum(ops.sum(present, axis=(1, 2)), 1.0)

# %% right exercise="yolo_loss" note="five terms, each summed alone"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    place = 5 * ops.sum(mine[..., None] * ops.square(truth[..., :2] - boxes[..., :2]), axis=(1, 2, 3, 4))
    size = 5 * ops.sum(mine[..., None] * ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])), axis=(1, 2, 3, 4))
    sure = ops.sum(mine * ops.square(ious - boxes[..., 4]), axis=(1, 2, 3))
    empty = 0.5 * ops.sum((1 - mine) * ops.square(boxes[..., 4]), axis=(1, 2, 3))
    kinds = ops.sum(present[..., None] * ops.square(names - named), axis=(1, 2, 3))
    return place + size + sure + empty + kinds

# %% right exercise="yolo_loss" note="one weight and one target for all confidences"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    x, y, w, h, c = (boxes[..., k] for k in range(5))
    tx, ty, tw, th = (truth[..., k] for k in range(4))
    shape = (tx - x) ** 2 + (ty - y) ** 2 + (tw**0.5 - w**0.5) ** 2 + (th**0.5 - h**0.5) ** 2
    cells = ops.sum(5 * mine * shape + (0.5 + 0.5 * mine) * (mine * ious - c) ** 2, axis=-1)
    return ops.sum(cells + present * ops.sum((names - named) ** 2, axis=-1), axis=(-2, -1))

# %% right exercise="yolo_loss" note="the IoU is a fixed target: no slope runs through it"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], ops.stop_gradient(grid_iou(truth, boxes))
    mine = ops.cast(responsible(ious, present), "float32")
    error = ops.square(truth[..., :2] - boxes[..., :2]) + ops.square(ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4]))
    sure = mine * ops.square(ious - boxes[..., 4]) + 0.5 * (1 - mine) * ops.square(boxes[..., 4])
    kinds = present * ops.sum(ops.square(names - named), axis=-1)
    return ops.sum(ops.sum(5 * mine * ops.sum(error, axis=-1) + sure, axis=-1) + kinds, axis=(1, 2))

# %% right exercise="yolo_loss" note="flattened, with ops.where"
def yolo_loss(y_true, y_pred):
    truth, boxes, names, named = unpack(y_true, y_pred)
    present, ious = truth[..., 0, 4], grid_iou(truth, boxes)
    mine = ops.cast(responsible(ious, present), "float32")
    chosen = mine > 0.5
    error = truth[..., :2] - boxes[..., :2]
    roots = ops.sqrt(truth[..., 2:4]) - ops.sqrt(boxes[..., 2:4])
    far = 5 * ops.sum(error * error + roots * roots, axis=-1)
    table = ops.where(chosen, far + ops.square(ious - boxes[..., 4]), 0.5 * ops.square(boxes[..., 4]))
    classes = ops.sum(ops.square(names - named), axis=-1) * present
    n = table.shape[0] if table.shape[0] else -1
    return ops.sum(ops.sum(ops.sum(table, axis=-1) + classes, axis=-1), axis=-1)

# %% wrong exercise="square_roots" misconception="a root is no fixed factor: it stretches small widths and squeezes large ones"
square_roots = "b"

# %% wrong exercise="square_roots" misconception="the sign is no matter of the loss: the network's last activation, a sigmoid, keeps widths above 0"
square_roots = "c"

# %% wrong exercise="square_roots" misconception="without roots the large objects count relatively more, not less: their errors are larger numbers"
square_roots = "d"

# %% wrong exercise="square_roots" misconception='the answer is not one letter in quotes, such as "b"'
square_roots = 0

# %% wrong exercise="square_roots" misconception='the answer is not one letter in quotes, such as "b"'
square_roots = "a) "

# %% right exercise="square_roots" note="an upper case letter"
square_roots = "A"

# %% right exercise="square_roots" note="with spaces around it"
square_roots = " a "

# %% wrong exercise="build_yolo" misconception="pool only while the map is larger than grid: x.shape[1] > grid"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid // 2:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="the map is larger than the grid: pool after each block while x.shape[1] > grid"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > 2 * grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="each box has five numbers: 5 * boxes + classes"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(boxes + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="each box has five numbers: 5 * boxes + classes"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="the classes are shared by the boxes of a cell: 5 * boxes + classes"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(boxes * (5 + classes), 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="the map is flat: end with a 1 x 1 convolution, not with a dense layer"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Flatten())
    model.add(layers.Dense(grid * grid * (5 * boxes + classes), activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="batch normalisation is missing"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="softmax makes the numbers of a cell sum to 1: use a sigmoid"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="softmax"))
    return model

# %% wrong exercise="build_yolo" misconception='the last activation is missing: activation="sigmoid"'
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1))
    return model

# %% wrong exercise="build_yolo" misconception="the ReLU is missing: convolutions without a bend"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="no pooling after the stem: its stride has halved the map already"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="the ReLU comes after the batch normalisation, not before it"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False, activation="relu"))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid"))
    return model

# %% wrong exercise="build_yolo" misconception="the momentum is not 0.9: layers.BatchNormalization(momentum=0.9) everywhere"
def build_yolo(grid, boxes, classes):
    x = image = keras.Input((96, 96, 3))
    for k, filters in enumerate((16, 24, 48, 96, 128, 128)):
        x = layers.Conv2D(filters, 3, strides=1 if k else 2, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
        if k and x.shape[1] > grid:
            x = layers.MaxPooling2D(2)(x)
    return keras.Model(image, layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid")(x))

# %% wrong exercise="build_yolo" misconception="there is one ReLU for each convolution, after its norm: none before it"
def build_yolo(grid, boxes, classes):
    x = image = keras.Input((96, 96, 3))
    for k, filters in enumerate((16, 24, 48, 96, 128, 128)):
        x = layers.Conv2D(filters, 3, strides=1 if k else 2, padding="same", use_bias=False, activation="relu")(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
        if k and x.shape[1] > grid:
            x = layers.MaxPooling2D(2)(x)
    return keras.Model(image, layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid")(x))

# %% wrong exercise="build_yolo" misconception="something is drawn at random in training: no Dropout and no noise"
def build_yolo(grid, boxes, classes):
    x = image = keras.Input((96, 96, 3))
    for k, filters in enumerate((16, 24, 48, 96, 128, 128)):
        x = layers.Conv2D(filters, 3, strides=1 if k else 2, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
        if k and x.shape[1] > grid:
            x = layers.MaxPooling2D(2)(x)
    x = layers.Dropout(0.3)(x)
    return keras.Model(image, layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid")(x))

# %% wrong exercise="build_yolo" misconception="another activation stands at the end: use a sigmoid"
def build_yolo(grid, boxes, classes):
    x = image = keras.Input((96, 96, 3))
    for k, filters in enumerate((16, 24, 48, 96, 128, 128)):
        x = layers.Conv2D(filters, 3, strides=1 if k else 2, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
        if k and x.shape[1] > grid:
            x = layers.MaxPooling2D(2)(x)
    return keras.Model(image, layers.Conv2D(5 * boxes + classes, 1, activation="tanh")(x))

# %% right exercise="build_yolo" note="sequential, the side counted along"
def build_yolo(grid, boxes, classes):
    model = keras.Sequential([keras.Input((96, 96, 3))])
    side = 96
    for filters in (16, 24, 48, 96, 128, 128):
        stride = 2 if side == 96 else 1
        model.add(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        side = side // stride
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        if filters > 16 and side > grid:
            model.add(layers.MaxPooling2D(2))
            side = side // 2
    model.add(layers.Conv2D(5 * boxes + classes, 1, activation="sigmoid"))
    return model

# %% right exercise="build_yolo" note="functional, biases, a separate sigmoid"
def build_yolo(grid, boxes, classes):
    image = keras.Input((96, 96, 3))
    x = layers.Conv2D(16, 3, strides=2, padding="same")(image)
    x = layers.Activation("relu")(layers.BatchNormalization(momentum=0.9)(x))
    for filters in (24, 48, 96, 128, 128):
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.Activation("relu")(layers.BatchNormalization(momentum=0.9)(x))
        if x.shape[1] != grid:
            x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(5 * boxes + classes, 1)(x)
    return keras.Model(image, layers.Activation("sigmoid")(x))

# %% wrong exercise="match_detections" misconception="an object can be taken once only: the second box on it is a false alarm"
def match_detections(ious, threshold):
    taken, hits = set(), []
    for row in ious:
        best, place = threshold, None
        for k, value in enumerate(row):
            if value >= best:
                best, place = value, k
        hits.append(place is not None)
        if place is not None:
            taken.add(place)
    return hits

# %% wrong exercise="match_detections" misconception="at least threshold: an IoU of exactly 0.5 is a hit"
def match_detections(ious, threshold):
    taken, hits = set(), []
    for row in ious:
        best, place = threshold, None
        for k, value in enumerate(row):
            if k not in taken and value > best:
                best, place = value, k
        hits.append(place is not None)
        if place is not None:
            taken.add(place)
    return hits

# %% wrong exercise="match_detections" misconception="if the best object is taken, look at those that are still free"
def match_detections(ious, threshold):
    taken, hits = set(), []
    for row in ious:
        k = int(row.argmax()) if len(row) else None
        hit = k is not None and row[k] >= threshold and k not in taken
        hits.append(hit)
        if hit:
            taken.add(k)
    return hits

# %% wrong exercise="match_detections" misconception="these are the numbers of the objects: say for each detection whether it is a hit"
def match_detections(ious, threshold):
    taken, hits = set(), []
    for row in ious:
        best, place = threshold, None
        for k, value in enumerate(row):
            if k not in taken and value >= best:
                best, place = value, k
        hits.append(-1 if place is None else place)
        if place is not None:
            taken.add(place)
    return hits

# %% wrong exercise="match_detections" misconception="one value for each detection is wanted, not one for each object"
def match_detections(ious, threshold):
    return [bool(np.any(ious[:, k] >= threshold)) for k in range(ious.shape[1])]

# %% wrong exercise="match_detections" misconception="the first detection in the order of scores takes the object, not the one with the larger IoU"
def match_detections(ious, threshold):
    hits = np.zeros(len(ious), dtype=bool)
    for k in range(ious.shape[1]):
        if len(ious) and ious[:, k].max() >= threshold:
            hits[ious[:, k].argmax()] = True
    return hits

# %% wrong exercise="match_detections" misconception="the IoUs came back: compare them with the threshold"
def match_detections(ious, threshold):
    return [max(row, default=0.0) for row in ious]

# %% wrong exercise="match_detections" misconception="of the free ones take the one with the largest IoU, not the first above the threshold"
def match_detections(ious, threshold):
    taken, hits = set(), []
    for row in ious:
        place = next((k for k, value in enumerate(row) if k not in taken and value >= threshold), None)
        hits.append(place is not None)
        if place is not None:
            taken.add(place)
    return hits

# %% right exercise="match_detections" note="loops and a set"
def match_detections(ious, threshold):
    taken, hits = set(), []
    for row in ious:
        best, place = threshold, None
        for k, value in enumerate(row):
            if k not in taken and value >= best:
                best, place = value, k
        hits.append(place is not None)
        if place is not None:
            taken.add(place)
    return hits

# %% right exercise="match_detections" note="columns of taken objects become 0, answers 0 and 1"
def match_detections(ious, threshold):
    ious = np.array(ious, dtype=float)
    hits = np.zeros(len(ious), dtype=int)
    for n in range(len(ious)):
        if ious.shape[1] and ious[n].max() >= threshold:
            hits[n] = 1
            ious[:, ious[n].argmax()] = -1
    return hits

# %% right exercise="match_detections" note="a list of those that are left"
def match_detections(ious, threshold):
    left, hits = list(range(ious.shape[1])), []
    for row in ious:
        best = max(left, key=lambda k: row[k], default=None)
        hits.append(bool(best is not None and row[best] >= threshold))
        if hits[-1]:
            left.remove(best)
    return np.array(hits, dtype=bool)

# %% wrong exercise="precision_recall" misconception="the two are swapped: recall first, then precision"
def precision_recall(hits, objects):
    found, recall, precision = 0, [], []
    for number, hit in enumerate(hits, 1):
        found += int(hit)
        recall.append(found / objects)
        precision.append(found / number)
    return np.array(precision), np.array(recall)

# %% wrong exercise="precision_recall" misconception="recall divides by all objects, not by the hits"
def precision_recall(hits, objects):
    found, recall, precision = 0, [], []
    for number, hit in enumerate(hits, 1):
        found += int(hit)
        recall.append(found / max(sum(hits), 1))
        precision.append(found / number)
    return np.array(recall), np.array(precision)

# %% wrong exercise="precision_recall" misconception="precision divides by the detections so far, not by all of them"
def precision_recall(hits, objects):
    found, recall, precision = 0, [], []
    for number, hit in enumerate(hits, 1):
        found += int(hit)
        recall.append(found / objects)
        precision.append(found / len(hits))
    return np.array(recall), np.array(precision)

# %% wrong exercise="precision_recall" misconception="count what was found so far: np.cumsum"
def precision_recall(hits, objects):
    return hits / objects, hits / np.arange(1, len(hits) + 1)

# %% wrong exercise="precision_recall" misconception="precision divides by 1, 2, 3, ...: the first detection is number 1"
def precision_recall(hits, objects):
    found = np.cumsum(hits)
    with np.errstate(all="ignore"):
        return found / objects, found / np.arange(len(hits))

# %% wrong exercise="precision_recall" misconception="numbers after each detection are wanted, not only at the end"
def precision_recall(hits, objects):
    return hits.sum() / objects, hits.sum() / len(hits)

# %% wrong exercise="precision_recall" misconception="recall divides by all objects, not by the detections"
def precision_recall(hits, objects):
    good = np.cumsum(hits)
    return good / len(hits), good / np.arange(1, len(hits) + 1)

# %% right exercise="precision_recall" note="a loop"
def precision_recall(hits, objects):
    found, recall, precision = 0, [], []
    for number, hit in enumerate(hits, 1):
        found += int(hit)
        recall.append(found / objects)
        precision.append(found / number)
    return np.array(recall), np.array(precision)

# %% right exercise="precision_recall" note="a running mean and a matrix of ones"
def precision_recall(hits, objects):
    below = np.tril(np.ones((len(hits), len(hits)))) @ np.asarray(hits, dtype=float)
    return below / objects, below / (1 + np.arange(len(hits)))

# %% right exercise="precision_recall" note="lists"
def precision_recall(hits, objects):
    found, recall, precision = 0, [], []
    for number, hit in enumerate(hits, 1):
        found += int(hit)
        recall.append(found / objects)
        precision.append(found / number)
    return recall, precision

# %% wrong exercise="average_precision" misconception="this is the mean of the precisions: ask at 101 recalls"
def average_precision(recall, precision):
    return precision.mean() if len(precision) else 0.0

# %% wrong exercise="average_precision" misconception="recalls that are never reached count as 0: divide by 101"
def average_precision(recall, precision):
    answers = [precision[recall >= level].max() for level in np.linspace(0, 1, 101) if np.any(recall >= level)]
    return np.mean(answers) if answers else 0.0

# %% wrong exercise="average_precision" misconception="take the best precision at that recall or a higher one, not the next one"
def average_precision(recall, precision):
    total = 0.0
    for level in np.linspace(0, 1, 101):
        reached = precision[recall >= level]
        if len(reached):
            total += reached[0]
    return total / 101

# %% wrong exercise="average_precision" misconception="points with a higher recall, not a lower one: recall >= level"
def average_precision(recall, precision):
    total = 0.0
    for level in np.linspace(0, 1, 101):
        reached = precision[recall <= level]
        if len(reached):
            total += reached.max()
    return total / 101

# %% wrong exercise="average_precision" misconception="this is the area: ask at the 101 recalls and take the mean"
def average_precision(recall, precision):
    ceiling = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(np.concatenate([[0.0], recall])) * ceiling))

# %% wrong exercise="average_precision" misconception="ask at 101 recalls, not at 11"
def average_precision(recall, precision):
    total = 0.0
    for level in np.linspace(0, 1, 11):
        reached = precision[recall >= level]
        if len(reached):
            total += reached.max()
    return total / 11

# %% wrong exercise="average_precision" misconception="the curve's teeth are left in: this is the area under the raw curve"
def average_precision(recall, precision):
    return float(np.sum(np.diff(np.concatenate([[0.0], recall])) * precision))

# %% wrong exercise="average_precision" misconception="at that recall itself counts too: recall >= level"
def average_precision(recall, precision):
    levels = np.linspace(0, 1, 101)
    return np.mean([max(precision[recall > level], default=0.0) for level in levels])

# %% wrong exercise="average_precision" misconception="ask at 101 recalls, 0 and 1 among them: here are 100"
def average_precision(recall, precision):
    return np.mean([max(precision[recall >= level], default=0.0) for level in np.linspace(0, 1, 100)])

# %% wrong exercise="average_precision" misconception="ask at 101 recalls, 0 and 1 among them: here are 100"
def average_precision(recall, precision):
    return np.mean([max(precision[recall >= level], default=0.0) for level in np.arange(1, 101) / 100])

# %% wrong exercise="average_precision" misconception="ask at 101 recalls, 0 and 1 among them: here are 100"
def average_precision(recall, precision):
    return np.mean([max(precision[recall >= level], default=0.0) for level in np.arange(0, 1, 0.01)])

# %% right exercise="average_precision" note="a loop"
def average_precision(recall, precision):
    total = 0.0
    for level in np.linspace(0, 1, 101):
        reached = precision[recall >= level]
        if len(reached):
            total += reached.max()
    return total / 101

# %% right exercise="average_precision" note="running maximum from the right, searchsorted"
def average_precision(recall, precision):
    best = np.append(np.maximum.accumulate(precision[::-1])[::-1], 0.0)
    return best[np.searchsorted(recall, np.linspace(0, 1, 101), side="left")].mean()

# %% right exercise="average_precision" note="one table of all levels and points"
def average_precision(recall, precision):
    levels = np.linspace(0, 1, 101)
    table = np.where(recall[None] >= levels[:, None], precision[None], 0.0)
    return table.max(axis=1, initial=0.0).mean()

# %% wrong exercise="mean_average_precision" misconception="a class without any object does not count: take the classes in truths"
def mean_average_precision(truths, detections, threshold=0.5):
    values = []
    for label in sorted({int(k) for _, _, named in detections for k in named} | {int(k) for _, labels in truths for k in labels}):
        hits, objects = collect(truths, detections, label, threshold)
        values.append(average_precision(*precision_recall(hits, objects)) if objects else 0.0)
    return np.mean(values)

# %% wrong exercise="mean_average_precision" misconception="the threshold is fixed: pass the argument on"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = 0.0
    for label in present:
        hits, objects = collect(truths, detections, label, 0.5)
        recall, precision = precision_recall(hits, objects)
        total += average_precision(recall, precision)
    return total / len(present)

# %% wrong exercise="mean_average_precision" misconception="recall and precision are swapped on their way to average_precision"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = 0.0
    for label in present:
        hits, objects = collect(truths, detections, label, threshold)
        recall, precision = precision_recall(hits, objects)
        total += average_precision(precision, recall)
    return total / len(present)

# %% wrong exercise="mean_average_precision" misconception="the APs came back: return their mean"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = []
    for label in present:
        hits, objects = collect(truths, detections, label, threshold)
        recall, precision = precision_recall(hits, objects)
        total.append(average_precision(recall, precision))
    return total

# %% wrong exercise="mean_average_precision" misconception="the APs are summed: return their mean"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = 0.0
    for label in present:
        hits, objects = collect(truths, detections, label, threshold)
        recall, precision = precision_recall(hits, objects)
        total += average_precision(recall, precision)
    return total

# %% wrong exercise="mean_average_precision" misconception="this is the mean of the precisions: use average_precision"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = 0.0
    for label in present:
        hits, objects = collect(truths, detections, label, threshold)
        recall, precision = precision_recall(hits, objects)
        total += precision.mean()
    return total / len(present)

# %% wrong exercise="mean_average_precision" misconception="this is the mean of the last recalls: use average_precision"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = 0.0
    for label in present:
        hits, objects = collect(truths, detections, label, threshold)
        recall, precision = precision_recall(hits, objects)
        total += recall[-1]
    return total / len(present)

# %% wrong exercise="mean_average_precision" misconception="this is the AP of one class: return the mean over the classes"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = 0.0
    for label in present:
        hits, objects = collect(truths, detections, label, threshold)
        recall, precision = precision_recall(hits, objects)
        total = average_precision(recall, precision)
    return total

# %% wrong exercise="mean_average_precision" misconception="a class in truths that is never detected counts, with AP 0"
def mean_average_precision(truths, detections, threshold=0.5):
    values = []
    for label in np.unique(np.concatenate([named for _, _, named in detections])):
        hits, objects = collect(truths, detections, label, threshold)
        if objects > 0:
            values.append(average_precision(*precision_recall(hits, objects)))
    return np.mean(values)

# %% wrong exercise="mean_average_precision" misconception="a class in truths that is never detected counts, with AP 0"
def mean_average_precision(truths, detections, threshold=0.5):
    values = []
    for label in sorted({int(label) for _, labels in truths for label in labels}):
        hits, objects = collect(truths, detections, label, threshold)
        if len(hits):
            values.append(average_precision(*precision_recall(hits, objects)))
    return sum(values) / len(values)

# %% wrong exercise="mean_average_precision" misconception="the classes of all images count, not those of the first alone"
def mean_average_precision(truths, detections, threshold=0.5):
    values = []
    for label in np.unique(truths[0][1]):
        hits, objects = collect(truths, detections, label, threshold)
        values.append(average_precision(*precision_recall(hits, objects)))
    return np.mean(values)

# %% right exercise="mean_average_precision" note="a sum over sorted labels"
def mean_average_precision(truths, detections, threshold=0.5):
    present = sorted({int(label) for _, labels in truths for label in labels})
    total = 0.0
    for label in present:
        hits, objects = collect(truths, detections, label, threshold)
        recall, precision = precision_recall(hits, objects)
        total += average_precision(recall, precision)
    return total / len(present)

# %% right exercise="mean_average_precision" note="a dictionary of APs"
def mean_average_precision(truths, detections, threshold=0.5):
    aps = {}
    for _, labels in truths:
        for label in labels:
            if label not in aps:
                aps[label] = average_precision(*precision_recall(*collect(truths, detections, label, threshold)))
    return sum(aps.values()) / len(aps)

# %% wrong exercise="lower_threshold" misconception="precision falls only at the end of the list, at recalls that were 0 before: nothing that was counted gets worse"
lower_threshold = "a"

# %% wrong exercise="lower_threshold" misconception="a few of the new boxes are hits, but they come so late that their precision is close to 0"
lower_threshold = "c"

# %% wrong exercise="lower_threshold" misconception="the list only gets longer: recall and precision are defined after each of its entries"
lower_threshold = "d"

# %% wrong exercise="lower_threshold" misconception='the answer is not one letter in quotes, such as "b"'
lower_threshold = 1

# %% wrong exercise="lower_threshold" misconception='the answer is not one letter in quotes, such as "b"'
lower_threshold = "b) "

# %% right exercise="lower_threshold" note="an upper case letter"
lower_threshold = "B"

# %% right exercise="lower_threshold" note="with spaces around it"
lower_threshold = " b "

# %% wrong exercise="small_birds" misconception="a cell has room for one object: no threshold brings back birds that nobody answers for"
small_birds = "b"

# %% wrong exercise="small_birds" misconception="NMS is not what removes them: their cell never reported them"
small_birds = "c"

# %% wrong exercise="small_birds" misconception="they are all birds; it is places that are missing, not names"
small_birds = "d"

# %% wrong exercise="small_birds" misconception='the answer is not one letter in quotes, such as "b"'
small_birds = 0

# %% wrong exercise="small_birds" misconception='the answer is not one letter in quotes, such as "b"'
small_birds = "a) "

# %% right exercise="small_birds" note="an upper case letter"
small_birds = "A"

# %% right exercise="small_birds" note="with spaces around it"
small_birds = " a "
