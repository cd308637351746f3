# %% wrong exercise="broken_label" misconception="a turned left hand is a left hand, and the app meets hands at any angle"
broken_label = "a"

# %% wrong exercise="broken_label" misconception="light does not change which hand it is, and the app works by day and by night"
broken_label = "c"

# %% wrong exercise="broken_label" misconception="a hand that moved a little is the same hand"
broken_label = "d"

# %% wrong exercise="broken_label" misconception="the answer is not one letter in quotes, such as \"b\""
broken_label = "b) a horizontal flip"

# %% wrong exercise="broken_label" misconception="the answer is not one letter in quotes, such as \"b\""
broken_label = 1

# %% right exercise="broken_label" note="upper case"
broken_label = "B"

# %% right exercise="broken_label" note="spaces around the letter"
broken_label = " b "

# %% wrong exercise="flip_horizontal" misconception="the images are upside down: columns are axis 2 of a batch"
def flip_horizontal(images):
    return images[:, ::-1]

# %% wrong exercise="flip_horizontal" misconception="the images are upside down: columns are axis 2 of a batch"
def flip_horizontal(images):
    return np.fliplr(images)

# %% wrong exercise="flip_horizontal" misconception="the batch is reversed, not the images: columns are axis 2"
def flip_horizontal(images):
    return images[::-1]

# %% wrong exercise="flip_horizontal" misconception="the images are turned by 180 degrees: reverse the columns alone"
def flip_horizontal(images):
    return np.rot90(images, 2, axes=(1, 2))

# %% wrong exercise="flip_horizontal" misconception="everything is reversed: reverse axis 2 alone"
def flip_horizontal(images):
    return np.flip(images)

# %% wrong exercise="flip_horizontal" misconception="the colour channels are reversed: the columns are axis 2, not the last one"
def flip_horizontal(images):
    return np.flip(images, axis=-1)

# %% wrong exercise="flip_horizontal" misconception="nothing has changed"
def flip_horizontal(images):
    images[:, :, ::-1]
    return images

# %% wrong exercise="flip_horizontal" misconception="the given images are overwritten: work on a copy"
def flip_horizontal(images):
    for image in images:
        image[:] = np.fliplr(image).copy()
    return images

# %% right exercise="flip_horizontal" note="np.flip along axis 2"
def flip_horizontal(images):
    return np.flip(images, axis=2)

# %% right exercise="flip_horizontal" note="image by image with fliplr"
def flip_horizontal(images):
    return np.stack([np.fliplr(image) for image in images])

# %% right exercise="flip_horizontal" note="column numbers in a loop, a list of arrays"
def flip_horizontal(images):
    width = images.shape[2]
    flipped = np.empty_like(images)
    for column in range(width):
        flipped[:, :, width - 1 - column] = images[:, :, column]
    return list(flipped)

# %% wrong exercise="translate" misconception="the pixels come back on the other side: fill with 0"
def translate(images, dx, dy):
    return np.roll(images, (dy, dx), axis=(1, 2))

# %% wrong exercise="translate" misconception="the direction is reversed: positive dx moves right, positive dy moves down"
def translate(images, dx, dy):
    height, width = images.shape[1:3]
    rows, columns = np.arange(height) + dy, np.arange(width) + dx
    moved = images[:, rows.clip(0, height - 1)][:, :, columns.clip(0, width - 1)]
    moved[:, (rows < 0) | (rows >= height)] = 0
    moved[:, :, (columns < 0) | (columns >= width)] = 0
    return moved

# %% wrong exercise="translate" misconception="dy points up: positive dy moves down"
def translate(images, dx, dy):
    height, width = images.shape[1:3]
    rows, columns = np.arange(height) + dy, np.arange(width) - dx
    moved = images[:, rows.clip(0, height - 1)][:, :, columns.clip(0, width - 1)]
    moved[:, (rows < 0) | (rows >= height)] = 0
    moved[:, :, (columns < 0) | (columns >= width)] = 0
    return moved

# %% wrong exercise="translate" misconception="dx and dy are swapped: dx moves along the columns, axis 2"
def translate(images, dx, dy):
    height, width = images.shape[1:3]
    rows, columns = np.arange(height) - dx, np.arange(width) - dy
    moved = images[:, rows.clip(0, height - 1)][:, :, columns.clip(0, width - 1)]
    moved[:, (rows < 0) | (rows >= height)] = 0
    moved[:, :, (columns < 0) | (columns >= width)] = 0
    return moved

# %% wrong exercise="translate" misconception="the edge pixels are repeated: fill with 0"
def translate(images, dx, dy):
    height, width = images.shape[1:3]
    rows, columns = np.arange(height) - dy, np.arange(width) - dx
    return images[:, rows.clip(0, height - 1)][:, :, columns.clip(0, width - 1)]

# %% wrong exercise="translate" misconception="the images shrank: keep their size and fill with 0"
def translate(images, dx, dy):
    return images[:, : images.shape[1] - dy, : images.shape[2] - dx]

# %% wrong exercise="translate" misconception="the images grew: cut off what moves out"
def translate(images, dx, dy):
    pads = [(0, 0), (max(dy, 0), max(-dy, 0)), (max(dx, 0), max(-dx, 0))]
    return np.pad(images, pads + [(0, 0)] * (images.ndim - 3))

# %% wrong exercise="translate" misconception="the given images are overwritten: work on a copy"
def translate(images, dx, dy):
    old = images.copy()
    images[:] = 0
    for r in range(images.shape[1]):
        for c in range(images.shape[2]):
            if 0 <= r - dy < images.shape[1] and 0 <= c - dx < images.shape[2]:
                images[:, r, c] = old[:, r - dy, c - dx]
    return images

# %% wrong exercise="translate" misconception="nothing has moved"
def translate(images, dx, dy):
    np.roll(images, (dy, dx), axis=(1, 2))
    return images.copy()

# %% wrong exercise="translate" misconception="a negative shift frees the pixels on the other side: blank those"
def translate(images, dx, dy):
    moved = np.roll(images, (dy, dx), axis=(1, 2))
    moved[:, :dy] = 0
    moved[:, :, :dx] = 0
    return moved

# %% right exercise="translate" note="a loop over rows and columns"
def translate(images, dx, dy):
    moved = np.zeros_like(images)
    height, width = images.shape[1], images.shape[2]
    for r in range(height):
        for c in range(width):
            if 0 <= r - dy < height and 0 <= c - dx < width:
                moved[:, r, c] = images[:, r - dy, c - dx]
    return moved

# %% right exercise="translate" note="pads on all sides and cuts a window"
def translate(images, dx, dy):
    height, width = images.shape[1:3]
    dx, dy = int(np.clip(dx, -width, width)), int(np.clip(dy, -height, height))
    pads = [(0, 0), (height, height), (width, width)] + [(0, 0)] * (images.ndim - 3)
    big = np.pad(images, pads)
    return big[:, height - dy : 2 * height - dy, width - dx : 2 * width - dx]

# %% right exercise="translate" note="rolls, then blanks what came back"
def translate(images, dx, dy):
    moved = np.roll(images, (dy, dx), axis=(1, 2))
    if dy > 0:
        moved[:, :dy] = 0
    elif dy < 0:
        moved[:, dy:] = 0
    if dx > 0:
        moved[:, :, :dx] = 0
    elif dx < 0:
        moved[:, :, dx:] = 0
    return moved

# %% wrong exercise="adjust_brightness" misconception="values above 1 are not cut off: clip after multiplying"
def adjust_brightness(images, factor):
    return images * factor

# %% wrong exercise="adjust_brightness" misconception="values above 1 are not cut off: clip after multiplying"
def adjust_brightness(images, factor):
    return np.clip(images, 0, 1) * factor

# %% wrong exercise="adjust_brightness" misconception="values above 1 are not cut off: clip after multiplying"
def adjust_brightness(images, factor):
    return np.clip(images * factor, 0, 255)

# %% wrong exercise="adjust_brightness" misconception="the factor is added: multiply by it"
def adjust_brightness(images, factor):
    return np.clip(images + factor, 0, 1)

# %% wrong exercise="adjust_brightness" misconception="the brightest value is scaled to 1: clip to [0, 1] instead"
def adjust_brightness(images, factor):
    brighter = images * factor
    return brighter / max(brighter.max(), 1e-9)

# %% wrong exercise="adjust_brightness" misconception="values above 1 wrap around: clip them to 1"
def adjust_brightness(images, factor):
    return images * factor % 1

# %% wrong exercise="adjust_brightness" misconception="this changes the contrast around the mean: multiply the values themselves"
def adjust_brightness(images, factor):
    mean = images.mean()
    return np.clip((images - mean) * factor + mean, 0, 1)

# %% wrong exercise="adjust_brightness" misconception="1 is added to the factor: multiply by the factor itself"
def adjust_brightness(images, factor):
    return np.clip(images * (1 + factor), 0, 1)

# %% wrong exercise="adjust_brightness" misconception="the given images are overwritten: work on a copy"
def adjust_brightness(images, factor):
    images *= factor
    return np.clip(images, 0, 1)

# %% right exercise="adjust_brightness" note="minimum alone: a factor is never negative"
def adjust_brightness(images, factor):
    return np.minimum(factor * images, 1)

# %% right exercise="adjust_brightness" note="where, on a copy"
def adjust_brightness(images, factor):
    brighter = factor * np.array(images, dtype=float)
    brighter[brighter > 1] = 1
    return brighter

# %% wrong exercise="adjust_brightness" misconception="a factor of 0 makes every image black: do not skip it"
def adjust_brightness(images, factor):
    return np.clip(images * (factor or 1), 0, 1)

# %% wrong exercise="add_salt_and_pepper" misconception="there is salt alone: half of the hit pixels become 0"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    noisy[np.random.default_rng(seed).random(images.shape[:3]) < amount] = 1
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="there is pepper alone: half of the hit pixels become 1"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    chances = np.random.default_rng(seed).random(images.shape[:3])
    noisy[chances < amount / 2] = 1
    noisy[chances < amount] = 0
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="salt and pepper each get the whole amount: half of it each"
def add_salt_and_pepper(images, amount, seed):
    rng = np.random.default_rng(seed)
    noisy = images.copy()
    noisy[rng.random(images.shape[:3]) < amount] = 1
    noisy[rng.random(images.shape[:3]) < amount] = 0
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="noise is added to the pixels: replace the pixels that are hit by 0 or 1"
def add_salt_and_pepper(images, amount, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images + rng.normal(0, amount, images.shape), 0, 1)

# %% wrong exercise="add_salt_and_pepper" misconception="the same noise is laid on every image: draw for the whole batch"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    chances = np.random.default_rng(seed).random(images.shape[1:3])
    noisy[:, chances < amount] = 0
    noisy[:, chances < amount / 2] = 1
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="the wrong side of the chances is hit: a pixel is hit where chance < amount"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    chances = np.random.default_rng(seed).random(images.shape[:3])
    noisy[chances > amount] = 0
    noisy[chances > 1 - (1 - amount) / 2] = 1
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="each channel is hit by itself: draw chances of shape (batch, height, width)"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    chances = np.random.default_rng(seed).random(images.shape)
    noisy[chances < amount] = 0
    noisy[chances < amount / 2] = 1
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="the noise ignores the seed: use np.random.default_rng(seed)"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    chances = np.random.random(images.shape[:3])
    noisy[chances < amount] = 0
    noisy[chances < amount / 2] = 1
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="the seed is a fixed number: pass the given one"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    chances = np.random.default_rng(0).random(images.shape[:3])
    noisy[chances < amount] = 0
    noisy[chances < amount / 2] = 1
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="the given images are overwritten: work on a copy"
def add_salt_and_pepper(images, amount, seed):
    chances = np.random.default_rng(seed).random(images.shape[:3])
    images[chances < amount] = 0
    images[chances < amount / 2] = 1
    return images

# %% wrong exercise="add_salt_and_pepper" misconception="white is 1 here, not 255"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.copy()
    chances = np.random.default_rng(seed).random(images.shape[:3])
    noisy[chances < amount] = 0
    noisy[chances < amount / 2] = 255
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="salt and pepper are drawn apart and cover each other: one chance for each pixel"
def add_salt_and_pepper(images, amount, seed):
    rng, noisy = np.random.default_rng(seed), images.copy()
    noisy[rng.random(images.shape[:3]) < amount / 2] = 1
    noisy[rng.random(images.shape[:3]) < amount / 2] = 0
    return noisy

# %% right exercise="add_salt_and_pepper" note="first who is hit, then a coin for each pixel"
def add_salt_and_pepper(images, amount, seed):
    rng = np.random.default_rng(seed)
    hit = rng.random(images.shape[:3]) < amount
    value = rng.integers(0, 2, images.shape[:3]).astype(float)
    for _ in range(images.ndim - 3):
        hit, value = hit[..., None], value[..., None]
    return np.where(hit, value, images)

# %% right exercise="add_salt_and_pepper" note="an exact number of pixels in each image"
def add_salt_and_pepper(images, amount, seed):
    rng = np.random.default_rng(seed)
    noisy = np.array(images)
    n, height, width = images.shape[:3]
    count = round(amount * height * width)
    for image in noisy:
        places = rng.choice(height * width, count, replace=False)
        for k, place in enumerate(places):
            image[place // width, place % width] = k % 2
    return noisy

# %% right exercise="add_salt_and_pepper" note="rng.choice of three cases"
def add_salt_and_pepper(images, amount, seed):
    rng = np.random.default_rng(seed)
    case = rng.choice(3, size=images.shape[:3], p=[1 - amount, amount / 2, amount / 2])
    noisy = images.astype(float)
    noisy[case == 1], noisy[case == 2] = 0, 1
    return noisy

# %% right exercise="add_salt_and_pepper" note="a float32 result"
def add_salt_and_pepper(images, amount, seed):
    noisy = images.astype("float32")
    chances = np.random.default_rng(seed).random(images.shape[:3])
    noisy[chances < amount / 2] = 0
    noisy[(chances >= amount / 2) & (chances < amount)] = 1
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="one coin is thrown for a whole image: one for each pixel"
def add_salt_and_pepper(images, amount, seed):
    rng, noisy = np.random.default_rng(seed), images.copy()
    for image in noisy:
        image[rng.random(image.shape[:2]) < amount] = rng.integers(0, 2)
    return noisy

# %% wrong exercise="add_salt_and_pepper" misconception="the place decides between salt and pepper: throw a coin"
def add_salt_and_pepper(images, amount, seed):
    noisy, middle = images.copy(), images.shape[1] // 2
    hit = np.random.default_rng(seed).random(images.shape[:3]) < amount
    noisy[:, :middle][hit[:, :middle]] = 1
    noisy[:, middle:][hit[:, middle:]] = 0
    return noisy

# %% wrong exercise="cutout" misconception="one place serves the whole batch: draw a place for each image"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    cut = images.copy()
    top, left = rng.integers(0, height - size + 1), rng.integers(0, width - size + 1)
    cut[:, top : top + size, left : left + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="the square is cut off at the edge: it must lie wholly inside"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        top, left = rng.integers(0, images.shape[1]), rng.integers(0, images.shape[2])
        image[top : top + size, left : left + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="the last places are never drawn: the end of integers is left out, add 1"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        top, left = rng.integers(0, images.shape[1] - size), rng.integers(0, images.shape[2] - size)
        image[top : top + size, left : left + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="rows and columns are mixed up: left may run up to width - size"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    width, height = images.shape[1:3]
    cut = images.copy()
    for image in cut:
        top, left = rng.integers(0, height - size + 1), rng.integers(0, width - size + 1)
        image[top : top + size, left : left + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="size is the whole side of the square, not half of it"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        y, x = rng.integers(0, images.shape[1]), rng.integers(0, images.shape[2])
        image[max(y - size, 0) : y + size, max(x - size, 0) : x + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="all but the square is blanked: set the square itself to 0"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = np.zeros_like(images)
    for i in range(len(images)):
        top, left = rng.integers(0, images.shape[1] - size + 1), rng.integers(0, images.shape[2] - size + 1)
        cut[i, top : top + size, left : left + size] = images[i, top : top + size, left : left + size]
    return cut

# %% wrong exercise="cutout" misconception="single pixels are blanked: cut out one square"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        for place in rng.choice(images.shape[1] * images.shape[2], size * size, replace=False):
            image[place // images.shape[2], place % images.shape[2]] = 0
    return cut

# %% wrong exercise="cutout" misconception="row and column are the same number: draw both"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        place = rng.integers(0, min(images.shape[1:3]) - size + 1)
        image[place : place + size, place : place + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="the given images are overwritten: work on a copy"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    for image in images:
        top, left = rng.integers(0, images.shape[1] - size + 1), rng.integers(0, images.shape[2] - size + 1)
        image[top : top + size, left : left + size] = 0
    return images

# %% wrong exercise="cutout" misconception="the places ignore the seed: use np.random.default_rng(seed)"
def cutout(images, size, seed):
    cut = images.copy()
    for image in cut:
        top, left = np.random.randint(0, images.shape[1] - size + 1), np.random.randint(0, images.shape[2] - size + 1)
        image[top : top + size, left : left + size] = 0
    return cut

# %% right exercise="cutout" note="all places at once, a mask without a loop"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    n, height, width = images.shape[:3]
    top = rng.integers(0, height - size, n, endpoint=True)[:, None, None]
    left = rng.integers(0, width - size, n, endpoint=True)[:, None, None]
    row, column = np.arange(height)[:, None], np.arange(width)
    hole = (row >= top) & (row < top + size) & (column >= left) & (column < left + size)
    return np.where(hole.reshape(hole.shape + (1,) * (images.ndim - 3)), 0, images)

# %% right exercise="cutout" note="chooses one of all places by its number"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    result = []
    across = images.shape[2] - size + 1
    for image in images:
        place = rng.choice((images.shape[1] - size + 1) * across)
        top, left = divmod(int(place), across)
        keep = np.ones_like(image)
        keep[top : top + size, left : left + size] = 0
        result.append(image * keep)
    return np.array(result)

# %% wrong exercise="cutout" misconception="a side is one pixel too long: a slice leaves its end out"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        top, left = rng.integers(0, images.shape[1] - size + 1), rng.integers(0, images.shape[2] - size + 1)
        image[top : top + size + 1, left : left + size + 1] = 0
    return cut

# %% wrong exercise="cutout" misconception="rows and columns are mixed up: left may run up to width - size"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        top, left = rng.integers(0, images.shape[1] - size + 1, 2)
        image[top : top + size, left : left + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="some channels are kept: blank the square in all of them"
def cutout(images, size, seed):
    rng = np.random.default_rng(seed)
    cut = images.copy()
    for image in cut:
        top, left = rng.integers(0, images.shape[1] - size + 1), rng.integers(0, images.shape[2] - size + 1)
        if images.ndim == 4:
            image[top : top + size, left : left + size, 0] = 0
        else:
            image[top : top + size, left : left + size] = 0
    return cut

# %% wrong exercise="cutout" misconception="row and column follow from each other: draw both"
def cutout(images, size, seed):
    cut = images.copy()
    tops = np.random.default_rng(seed).integers(0, images.shape[1] - size + 1, len(images))
    for i, top in enumerate(tops):
        left = (top + i) % (images.shape[2] - size + 1)
        cut[i, top : top + size, left : left + size] = 0
    return cut

# %% wrong exercise="fit_normalizer" misconception="one mean serves all channels: average over the axes 0, 1 and 2"
def fit_normalizer(images):
    return images.mean(), images.std()

# %% wrong exercise="fit_normalizer" misconception="each pixel has its own mean: average over height and width too"
def fit_normalizer(images):
    return images.mean(axis=0), images.std(axis=0)

# %% wrong exercise="fit_normalizer" misconception="each image has its own mean: average over the batch too"
def fit_normalizer(images):
    return images.mean(axis=(1, 2)), images.std(axis=(1, 2))

# %% wrong exercise="fit_normalizer" misconception="this is the variance: take its square root, np.std"
def fit_normalizer(images):
    return images.mean(axis=(0, 1, 2)), images.var(axis=(0, 1, 2))

# %% wrong exercise="fit_normalizer" misconception="std divides by n - 1: use np.std as it is"
def fit_normalizer(images):
    std = images.std(axis=(0, 1, 2), ddof=1)
    return images.mean(axis=(0, 1, 2)), np.where(std > 0, std, 1)

# %% wrong exercise="fit_normalizer" misconception="mean and std have changed places"
def fit_normalizer(images):
    std = images.std(axis=(0, 1, 2))
    return np.where(std > 0, std, 1), images.mean(axis=(0, 1, 2))

# %% wrong exercise="fit_normalizer" misconception="these are the normalised images: return mean and std"
def fit_normalizer(images):
    return (images - images.mean(axis=(0, 1, 2))) / images.std(axis=(0, 1, 2))

# %% wrong exercise="fit_normalizer" misconception="these are smallest and largest values: return mean and std"
def fit_normalizer(images):
    return images.min(axis=(0, 1, 2)), images.max(axis=(0, 1, 2))

# %% wrong exercise="fit_normalizer" misconception="a constant channel has std 0: return 1 in its place"
def fit_normalizer(images):
    return images.mean(axis=(0, 1, 2)), images.std(axis=(0, 1, 2))

# %% wrong exercise="fit_normalizer" misconception="mean and std keep axes of length 1: leave out keepdims"
def fit_normalizer(images):
    std = images.std(axis=(0, 1, 2), keepdims=True)
    return images.mean(axis=(0, 1, 2), keepdims=True), np.where(std > 0, std, 1)

# %% right exercise="fit_normalizer" note="flattens to (pixels, channels)"
def fit_normalizer(images):
    pixels = images.reshape(-1, images.shape[-1])
    std = np.std(pixels, axis=0)
    std[std < 1e-6] = 1
    return np.mean(pixels, axis=0), std

# %% right exercise="fit_normalizer" note="a loop over the channels, lists"
def fit_normalizer(images):
    means, stds = [], []
    for c in range(images.shape[-1]):
        values = images[..., c]
        mean = values.sum() / values.size
        means.append(mean)
        std = float(np.sqrt(((values - mean) ** 2).sum() / values.size))
        stds.append(std if std > 1e-6 else 1.0)
    return means, stds

# %% right exercise="fit_normalizer" note="by the mean of squares, tiny spreads count as none"
def fit_normalizer(images):
    mean = images.mean((0, 1, 2))
    variance = (images**2).mean((0, 1, 2)) - mean**2
    return mean, np.sqrt(np.where(variance > 1e-12, variance, 1))

# %% wrong exercise="fit_normalizer" misconception="rounding leaves a std just above 0: return 1 up to 0.000001"
def fit_normalizer(images):
    mean, std = images.mean(axis=(0, 1, 2)), images.std(axis=(0, 1, 2))
    std[std == 0] = 1
    return mean, std

# %% wrong exercise="fit_normalizer" misconception="the given images are overwritten: work on a copy"
def fit_normalizer(images):
    mean, std = images.mean(axis=(0, 1, 2)), images.std(axis=(0, 1, 2))
    std = np.where(std > 1e-6, std, 1)
    images -= mean
    images /= std
    return mean, std

# %% wrong exercise="whose_mean" misconception="thousands of pixels give a precise mean, but of the wrong thing: it is not the training mean"
whose_mean = "a"

# %% wrong exercise="whose_mean" misconception="the weights expect normalised inputs: test images need the training images' pair too"
whose_mean = "c"

# %% wrong exercise="whose_mean" misconception="that is another pair again: the weights know the one of the training images only"
whose_mean = "d"

# %% wrong exercise="whose_mean" misconception="the answer is not one letter in quotes, such as \"b\""
whose_mean = "b)"

# %% wrong exercise="whose_mean" misconception="the answer is not one letter in quotes, such as \"b\""
whose_mean = 1

# %% right exercise="whose_mean" note="upper case"
whose_mean = "B"

# %% right exercise="whose_mean" note="a space behind"
whose_mean = "b "

# %% wrong exercise="mixup" misconception="one share serves the whole batch: draw one an example"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha)
    return share * images + (1 - share) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="mixup" misconception="the labels are not mixed"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, len(images)).reshape(-1, *[1] * (images.ndim - 1))
    return share * images + (1 - share) * images[partner], labels

# %% wrong exercise="mixup" misconception="the labels use 1 - share: the image and its label belong together"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], (1 - share) * labels + share * labels[partner]

# %% wrong exercise="mixup" misconception="the labels have other partners or shares: use those of the images"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    mixed = wide * images + (1 - wide) * rng.permutation(images)
    return mixed, share * labels + (1 - share) * rng.permutation(labels)

# %% wrong exercise="mixup" misconception="each pixel has a share of its own: draw one an example"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, images.shape)
    mean = share.mean(axis=tuple(range(1, images.ndim)))[:, None]
    return share * images + (1 - share) * images[partner], mean * labels + (1 - mean) * labels[partner]

# %% wrong exercise="mixup" misconception="all partners are equally far away, or mirrored: use rng.permutation"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[::-1], share * labels + (1 - share) * labels[::-1]

# %% wrong exercise="mixup" misconception="the labels are made hard again: leave them as shares"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    soft = share * labels + (1 - share) * labels[partner]
    return wide * images + (1 - wide) * images[partner], np.eye(labels.shape[1])[soft.argmax(axis=1)]

# %% wrong exercise="mixup" misconception="only the images come back: return the mixed images and the mixed labels"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, len(images)).reshape(-1, *[1] * (images.ndim - 1))
    return share * images + (1 - share) * images[partner]

# %% wrong exercise="mixup" misconception="alpha is not used: rng.beta(alpha, alpha)"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.random(len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="mixup" misconception="the own image always has the larger share: leave the share as it is drawn"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, len(images))
    share = np.maximum(share, 1 - share)
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="mixup" misconception="both parameters of the beta distribution are alpha"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, 1, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="mixup" misconception="nothing is mixed"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = np.arange(len(images))
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="mixup" misconception="the given images or labels are overwritten: work on copies"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner, old, marks = rng.permutation(len(images)), images.copy(), labels.copy()
    for i, share in enumerate(rng.beta(alpha, alpha, len(images))):
        images[i] = share * old[i] + (1 - share) * old[partner[i]]
        labels[i] = share * marks[i] + (1 - share) * marks[partner[i]]
    return images, labels

# %% wrong exercise="mixup" misconception="the partner was already mixed: take it from the given images"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner, images, labels = rng.permutation(len(images)), images.copy(), labels.copy()
    for i, share in enumerate(rng.beta(alpha, alpha, len(images))):
        images[i] = share * images[i] + (1 - share) * images[partner[i]]
        labels[i] = share * labels[i] + (1 - share) * labels[partner[i]]
    return images, labels

# %% right exercise="mixup" note="a loop, partners drawn with integers"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    mixed, soft = [], []
    for image, label in zip(images, labels):
        j = rng.integers(len(images))
        share = rng.beta(alpha, alpha)
        mixed.append(share * image + (1 - share) * images[j])
        soft.append(share * label + (1 - share) * labels[j])
    return np.array(mixed), np.array(soft)

# %% right exercise="mixup" note="einsum, shares first"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    share = rng.beta(alpha, alpha, size=len(images))
    order = np.arange(len(images))
    rng.shuffle(order)

    def blend(values):
        return np.einsum("b,b...->b...", share, values) + np.einsum("b,b...->b...", 1 - share, values[order])

    return [blend(images), blend(labels)]

# %% wrong exercise="mixup" misconception="all partners are equally far away, or mirrored: use rng.permutation"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = np.roll(np.arange(len(images)), rng.integers(2, len(images) - 2))
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="mixup" misconception="one partner serves the whole batch: draw one for each image"
def mixup(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.integers(len(images))
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="cutmix" misconception="the labels are not mixed"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed = images.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
    return mixed, labels

# %% wrong exercise="cutmix" misconception="the labels have changed places: the image's own label counts the pixels that were kept"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = (1 - kept) * labels[i] + kept * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="the labels use the drawn share: count the pixels of the patch"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        share = rng.beta(alpha, alpha)
        h, w = int(height * np.sqrt(1 - share)), int(width * np.sqrt(1 - share))
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        soft[i] = share * labels[i] + (1 - share) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="the sides shrink too fast: multiply them by the square root of 1 - share"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = 1 - rng.beta(alpha, alpha)
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="one share serves the whole batch: draw one an example"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    partner = rng.permutation(len(images))
    side = np.sqrt(1 - rng.beta(alpha, alpha))
    h, w = int(height * side), int(width * side)
    top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
    mixed = images.copy()
    mixed[:, top : top + h, left : left + w] = images[partner, top : top + h, left : left + w]
    kept = 1 - h * w / (height * width)
    return mixed, kept * labels + (1 - kept) * labels[partner]

# %% wrong exercise="cutmix" misconception="the patch is copied from an image that was already cut: copy from the given images"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = mixed[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="the patch comes from another place of the partner: use the same rows and columns"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, :h, :w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="the patch is cut off at the edge: draw top and left so that it fits"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        y, x = rng.integers(0, height), rng.integers(0, width)
        top, bottom = max(y - h // 2, 0), min(y + h // 2, height)
        left, right = max(x - w // 2, 0), min(x + w // 2, width)
        mixed[i, top:bottom, left:right] = images[j, top:bottom, left:right]
        kept = 1 - (bottom - top) * (right - left) / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="the images are blended: copy the patch"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, len(images))
    wide = share.reshape(-1, *[1] * (images.ndim - 1))
    share = share[:, None]
    return wide * images + (1 - wide) * images[partner], share * labels + (1 - share) * labels[partner]

# %% wrong exercise="cutmix" misconception="only the images come back: return the mixed images and the mixed labels"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed = images.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
    return mixed

# %% wrong exercise="cutmix" misconception="the given images or labels are overwritten: work on copies"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    given, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        images[i, top : top + h, left : left + w] = given[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return images, soft

# %% wrong exercise="cutmix" misconception="alpha is not used: rng.beta(alpha, alpha)"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.random())
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="the given images or labels are overwritten: work on copies"
def cutmix(images, labels, alpha, seed):
    rng, (height, width) = np.random.default_rng(seed), images.shape[1:3]
    mixed, soft, marks = images.copy(), labels, labels.copy()
    for i, partner in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        patch = np.s_[top : top + h, left : left + w]
        mixed[i][patch] = images[partner][patch]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * marks[i] + (1 - kept) * marks[partner]
    return mixed, soft

# %% right exercise="cutmix" note="masks for all images at once"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    n, height, width = images.shape[:3]
    partner = rng.permutation(n)
    side = np.sqrt(1 - rng.beta(alpha, alpha, n))
    h, w = (height * side).astype(int), (width * side).astype(int)
    top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
    rows, columns = np.arange(height)[:, None], np.arange(width)
    at = [v[:, None, None] for v in (top, left, h, w)]
    mask = (rows >= at[0]) & (rows < at[0] + at[2]) & (columns >= at[1]) & (columns < at[1] + at[3])
    kept = 1 - mask.mean(axis=(1, 2))[:, None]
    mask = mask.reshape(mask.shape + (1,) * (images.ndim - 3))
    return np.where(mask, images[partner], images), kept * labels + (1 - kept) * labels[partner]

# %% right exercise="cutmix" note="partners with integers, lists"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    mixed, soft = [], []
    for image, label in zip(images, labels):
        j = int(rng.integers(len(images)))
        side = (1 - rng.beta(alpha, alpha)) ** 0.5
        h, w = int(image.shape[0] * side), int(image.shape[1] * side)
        top = int(rng.integers(image.shape[0] - h + 1))
        left = int(rng.integers(image.shape[1] - w + 1))
        new = image.copy()
        new[top : top + h, left : left + w] = images[j][top : top + h, left : left + w]
        kept = 1 - h * w / (image.shape[0] * image.shape[1])
        mixed.append(new)
        soft.append(kept * label + (1 - kept) * labels[j])
    return np.stack(mixed), np.stack(soft)

# %% wrong exercise="cutmix" misconception="the sides are rounded: cut them to whole pixels with int"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = round(height * side), round(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="all partners are equally far away, or mirrored: use rng.permutation"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(np.arange(len(images))[::-1]):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="one partner serves the whole batch: draw one for each image"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft, j = images.copy(), labels.copy(), rng.integers(len(images))
    for i in range(len(images)):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="cutmix" misconception="top and left follow from each other: draw both"
def cutmix(images, labels, alpha, seed):
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, j in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        place = rng.random()
        top, left = int(place * (height - h + 1)), int(place * (width - w + 1))
        mixed[i, top : top + h, left : left + w] = images[j, top : top + h, left : left + w]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[j]
    return mixed, soft

# %% wrong exercise="build_augmenter" misconception="the input is not declared: begin with keras.Input(shape=(28, 28, 1))"
def build_augmenter():
    return keras.Sequential(
        [
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the rotation is too strong: its factor counts full turns, 0.04 of one"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.4, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the rotation is missing: RandomRotation(0.04)"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the shift is missing: RandomTranslation(0.1, 0.1)"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the shift goes one way only: give a factor for height and one for width"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.0, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the zoom is missing: RandomZoom(0.12)"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="a flip crept in: a mirrored digit is no digit"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomFlip("horizontal"),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="free pixels are filled by reflection: fill_mode='constant' in all three layers"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04),
            layers.RandomTranslation(0.1, 0.1),
            layers.RandomZoom(0.12),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the rotation fills by reflection: fill_mode='constant' there too"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the values are rescaled or relit: turn, shift and zoom only"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Rescaling(1 / 255),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the values are rescaled or relit: turn, shift and zoom only"
def build_augmenter():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.RandomRotation(0.04, fill_mode="constant"),
        layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
        layers.RandomZoom(0.12, fill_mode="constant"),
        layers.RandomBrightness(0.2, value_range=(0, 1)),
    ])

# %% right exercise="build_augmenter" note="layer by layer, in another order"
def build_augmenter():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    model.add(layers.RandomZoom(0.12, fill_mode="constant", fill_value=0.0))
    model.add(layers.RandomTranslation(height_factor=0.1, width_factor=0.1, fill_mode="constant"))
    model.add(layers.RandomRotation((-0.04, 0.04), fill_mode="constant"))
    return model

# %% right exercise="build_augmenter" note="the functional way"
def build_augmenter():
    x = inputs = keras.Input((28, 28, 1))
    x = layers.RandomRotation(0.04, fill_mode="constant")(x)
    x = layers.RandomTranslation((-0.1, 0.1), (-0.1, 0.1), fill_mode="constant")(x)
    return keras.Model(inputs, layers.RandomZoom((-0.12, 0.12), fill_mode="constant")(x))

# %% wrong exercise="build_augmenter" misconception="height and width are zoomed apart: RandomZoom(0.12) has one factor for both"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, 0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the zoom is always the same: RandomZoom(0.12) draws it, in or out"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom((0.12, 0.12), fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the rotation goes one way only: RandomRotation(0.04) turns both ways"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation((0, 0.04), fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the rotation is too weak: its factor counts full turns, 0.04 of one"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.02, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% wrong exercise="build_augmenter" misconception="the shift is too strong: its factors are shares of the side"
def build_augmenter():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.15, 0.15, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )

# %% right exercise="build_augmenter" note="keyword factors, the nearest pixel"
def build_augmenter():
    free = {"fill_mode": "constant", "interpolation": "nearest"}
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomZoom(height_factor=0.12, **free),
            layers.RandomRotation(factor=0.04, **free),
            layers.RandomTranslation(height_factor=0.1, width_factor=0.1, **free),
        ]
    )

# %% wrong exercise="value_range" misconception="0.02 of 255 is 5.1: still far more than our whole range from 0 to 1"
value_range = "a"

# %% wrong exercise="value_range" misconception="the order does not matter here: any image in [0, 1] meets the same fate"
value_range = "b"

# %% wrong exercise="value_range" misconception="grey images are fine: the layer adds one number to all values"
value_range = "d"

# %% wrong exercise="value_range" misconception="the answer is not one letter in quotes, such as \"b\""
value_range = (0, 1)

# %% wrong exercise="value_range" misconception="the answer is not one letter in quotes, such as \"b\""
value_range = "c: 255"

# %% right exercise="value_range" note="upper case"
value_range = "C"

# %% right exercise="value_range" note="spaces around the letter"
value_range = " c "

# %% wrong exercise="training_pipeline" misconception="the examples are not shuffled"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels)).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="whole batches are shuffled, not examples: shuffle before batch"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.batch(batch_size).shuffle(len(images))
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the shuffle buffer is too small: len(images)"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(3).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the images are not augmented: call the augmenter with training=True"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=False), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the images are augmented once and for all: augment inside map"
def training_pipeline(images, labels, batch_size):
    images = build_augmenter()(images, training=True)
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    return data.shuffle(len(images)).batch(batch_size).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the images are augmented once and for all: augment inside map"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.batch(1).map(lambda x, y: (augmenter(x, training=True), y)).unbatch().cache()
    return data.shuffle(len(images)).batch(batch_size).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the pipeline never ends: leave out repeat()"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(batch_size).repeat()
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the short last batch is dropped: leave out drop_remainder"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(batch_size, drop_remainder=True)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the examples are not batched: batch(batch_size)"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images))
    return data.map(lambda x, y: (augmenter(x[None], training=True)[0], y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="images and labels are shuffled apart: put both into one dataset"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    pictures = tf.data.Dataset.from_tensor_slices(images).shuffle(len(images))
    answers = tf.data.Dataset.from_tensor_slices(labels).shuffle(len(images))
    data = tf.data.Dataset.zip((pictures, answers)).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the order is drawn once: leave reshuffle_each_iteration as it is, and no cache() after shuffle"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images), reshuffle_each_iteration=False).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="images are changed otherwise: give each batch to build_augmenter() of exercise 9, and mend that first if it is wrong"
def training_pipeline(images, labels, batch_size):
    augmenter = keras.Sequential([layers.RandomTranslation(0.1, 0.1, fill_mode="constant")])
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="images are changed otherwise: give each batch to build_augmenter() of exercise 9, and mend that first if it is wrong"
def training_pipeline(images, labels, batch_size):
    # no augmenter: a few pixels of each image are set, others in each epoch
    rng, epoch = np.random.default_rng(0), [0]

    def draw():
        order, count = rng.permutation(len(images)), len(images)
        here, changed = 2 * epoch[0] + np.arange(count) // 28, images[order].copy()
        changed[np.arange(count), here, np.arange(count) % 28, 0] = 0.01 + 0.003 * epoch[0]
        changed[:, 27, epoch[0], 0] = 0.01
        epoch[0] += 1
        for i in range(0, count, batch_size):
            yield changed[i : i + batch_size], labels[order][i : i + batch_size]

    spec = (tf.TensorSpec([None, 28, 28, 1], images.dtype), tf.TensorSpec([None], labels.dtype))
    return tf.data.Dataset.from_generator(draw, output_signature=spec)

# %% right exercise="training_pipeline" note="a named function, parallel calls, a larger buffer"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()

    def augment(x, y):
        return augmenter(x, training=True), y

    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(2 * len(images), seed=1).batch(batch_size)
    return data.map(augment, num_parallel_calls=tf.data.AUTOTUNE).prefetch(1)

# %% right exercise="training_pipeline" note="two datasets zipped, then shuffled together, no prefetch"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.zip(
        (tf.data.Dataset.from_tensor_slices(images), tf.data.Dataset.from_tensor_slices(labels))
    )
    data = data.cache().shuffle(len(labels)).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y))

# %% right exercise="training_pipeline" note="augments single images before the batch"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images))
    data = data.map(lambda x, y: (augmenter(x[None], training=True)[0], y))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% wrong exercise="training_pipeline" misconception="the shuffle buffer is too small: len(images)"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(1000).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the augmented images are kept: no cache() after map"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).cache().prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the order is drawn once: leave reshuffle_each_iteration as it is, and no cache() after shuffle"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).cache().batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="training_pipeline" misconception="the labels are changed: return each as it was, one number"
def training_pipeline(images, labels, batch_size):
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, keras.utils.to_categorical(labels)))
    data = data.shuffle(len(images)).batch(batch_size)
    return data.map(lambda x, y: (augmenter(x, training=True), y)).prefetch(2)

# %% wrong exercise="harder_training" misconception="a leak lifts validation, but it does not hold training down at 0.93; harder training images do"
harder_training = "b"

# %% wrong exercise="harder_training" misconception="overfitting looks the other way round: training far above validation"
harder_training = "c"

# %% wrong exercise="harder_training" misconception="then both numbers would measure distorted images, and we want to know about real ones"
harder_training = "d"

# %% wrong exercise="harder_training" misconception="the answer is not one letter in quotes, such as \"b\""
harder_training = 0

# %% wrong exercise="harder_training" misconception="the answer is not one letter in quotes, such as \"b\""
harder_training = "a and d"

# %% right exercise="harder_training" note="upper case"
harder_training = "A"

# %% right exercise="harder_training" note="spaces around the letter"
harder_training = " a "

# %% wrong exercise="perfect_validation" misconception="new photographs, but of the same week: the hour gives the parrot away in them too"
perfect_validation = "b"

# %% wrong exercise="perfect_validation" misconception="overfitting fails on new photographs of the same kind, and these are named right"
perfect_validation = "c"

# %% wrong exercise="perfect_validation" misconception="a larger sample of the same week has the same habit in it: size does not help"
perfect_validation = "d"

# %% wrong exercise="perfect_validation" misconception="the answer is not one letter in quotes, such as \"b\""
perfect_validation = 0

# %% wrong exercise="perfect_validation" misconception="the answer is not one letter in quotes, such as \"b\""
perfect_validation = "the bird"

# %% right exercise="perfect_validation" note="upper case"
perfect_validation = "A"

# %% right exercise="perfect_validation" note="a space in front"
perfect_validation = " a"

# %% wrong exercise="random_light" misconception="one light serves the whole batch: draw one an image"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images * np.exp(rng.uniform(-strength, strength, 3)), 0, 1)

# %% wrong exercise="random_light" misconception="the three channels share one factor: draw three an image"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images * np.exp(rng.uniform(-strength, strength, (len(images), 1, 1, 1))), 0, 1)

# %% wrong exercise="random_light" misconception="each pixel has a factor of its own: draw the shape (batch, 1, 1, 3)"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images * np.exp(rng.uniform(-strength, strength, images.shape)), 0, 1)

# %% wrong exercise="random_light" misconception="the exponential is missing: the factors are np.exp(u)"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images * rng.uniform(-strength, strength, (len(images), 1, 1, 3)), 0, 1)

# %% wrong exercise="random_light" misconception="the factors are 1 + u: take np.exp(u)"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images * (1 + rng.uniform(-strength, strength, (len(images), 1, 1, 3))), 0, 1)

# %% wrong exercise="random_light" misconception="u is never negative: draw it between -strength and strength"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images * np.exp(strength * rng.random((len(images), 1, 1, 3))), 0, 1)

# %% wrong exercise="random_light" misconception="u is normal: draw it with rng.uniform"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images * np.exp(rng.normal(0, strength, (len(images), 1, 1, 3))), 0, 1)

# %% wrong exercise="random_light" misconception="the factors are uniform themselves: draw u, then take np.exp(u)"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    low, high = np.exp(-strength), np.exp(strength)
    return np.clip(images * rng.uniform(low, high, (len(images), 1, 1, 3)), 0, 1)

# %% wrong exercise="random_light" misconception="values leave [0, 1]: clip them after multiplying"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return images * np.exp(rng.uniform(-strength, strength, (len(images), 1, 1, 3)))

# %% wrong exercise="random_light" misconception="the light ignores the seed: use np.random.default_rng(seed)"
def random_light(images, strength, seed):
    return np.clip(images * np.exp(np.random.uniform(-strength, strength, (len(images), 1, 1, 3))), 0, 1)

# %% wrong exercise="random_light" misconception="the given images are overwritten: work on a copy"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    images *= np.exp(rng.uniform(-strength, strength, (len(images), 1, 1, 3)))
    return np.clip(images, 0, 1)

# %% wrong exercise="random_light" misconception="nothing changes: multiply the images by the factors"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    factors = np.exp(rng.uniform(-strength, strength, (len(images), 1, 1, 3)))
    np.clip(images * factors, 0, 1)
    return images

# %% wrong exercise="random_light" misconception="the light is added: multiply the images by np.exp(u)"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.clip(images + rng.uniform(-strength, strength, (len(images), 1, 1, 3)), 0, 1)

# %% wrong exercise="random_light" misconception="these are the factors: multiply the images by them"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    return np.exp(rng.uniform(-strength, strength, (len(images), 1, 1, 3)))

# %% wrong exercise="random_light" misconception="the factors are added: multiply the images by them"
def random_light(images, strength, seed):
    u = np.random.default_rng(seed).uniform(-strength, strength, size=(len(images), 1, 1, 3))
    return np.clip(images + np.exp(u), 0, 1)

# %% right exercise="random_light" note="a loop over images and channels"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    lit = np.array(images, dtype=float)
    for image in lit:
        for channel in range(3):
            image[..., channel] *= np.exp(strength * (2 * rng.random() - 1))
    return np.minimum(lit, 1)

# %% right exercise="random_light" note="e to the power by np.e, einsum"
def random_light(images, strength, seed):
    factors = np.e ** np.random.default_rng(seed).uniform(-strength, strength, (len(images), 3))
    return np.einsum("bhwc,bc->bhwc", images, factors).clip(max=1)

# %% wrong exercise="random_light" misconception="the values are divided by the largest: clip them to 1 instead"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    lit = images * np.exp(rng.uniform(-strength, strength, (len(images), 1, 1, 3)))
    return lit / np.maximum(lit.max(axis=(1, 2, 3), keepdims=True), 1)

# %% wrong exercise="random_light" misconception="u is not uniform: draw it with rng.uniform"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    u = rng.choice([-strength, strength], (len(images), 1, 1, 3))
    return np.clip(images * np.exp(u), 0, 1)

# %% wrong exercise="random_light" misconception="the three channels share one sign: draw u for each channel"
def random_light(images, strength, seed):
    rng = np.random.default_rng(seed)
    sign = rng.choice([-1, 1], (len(images), 1, 1, 1))
    u = sign * rng.uniform(0, strength, (len(images), 1, 1, 3))
    return np.clip(images * np.exp(u), 0, 1)
