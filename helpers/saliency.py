"""Tools around saliency maps: gradients of a batch, a network seen through patches, drawings."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.arguments import require_whole_number

DEEP = 50  # layers from which compiling pays


def output_gradients(model, images: np.ndarray, label: int, *, batch_size: int = 16) -> np.ndarray:
    """Return the gradient of one output of a model by each image of a batch.

    Args:
        model: Keras model: images (batch, height, width, channels) -> outputs (batch, classes).
        images: shape (batch, height, width, channels).
        label: which output.
        batch_size: how many images go through the model at once.

    Returns:
        float32 array of the images' shape.
    """
    import tensorflow as tf

    images = np.asarray(images, "float32")
    slopes = _gradient_function(model)
    parts = [images[i : i + batch_size] for i in range(0, len(images), batch_size)]
    return np.concatenate([slopes(tf.constant(part), int(label)).numpy() for part in parts])


def _gradient_function(model):
    """Return a function (images, label) -> gradients; a deep model's is compiled once and kept."""
    import tensorflow as tf

    def slopes(images, label):
        with tf.GradientTape() as tape:
            tape.watch(images)
            outputs = model(images, training=False)
            chosen = tf.gather(outputs, label, axis=1)
        return tape.gradient(chosen, images)

    if len(model.layers) < DEEP:
        return slopes
    if not hasattr(model, "compiled_slopes"):
        images = tf.TensorSpec((None, *model.input_shape[1:]))
        model.compiled_slopes = tf.function(slopes, [images, tf.TensorSpec((), tf.int32)])
    return model.compiled_slopes


def through_patches(model, image: np.ndarray, *, patches: int):
    """Return a model of one image whose inputs are offsets, one for each square patch of it.

    Args:
        model: Keras model for images (height, width, channels).
        image: shape (side, side, channels); the side is a multiple of `patches`.
        patches: patches along each side.

    Returns:
        Keras model: offsets (batch, patches, patches, 1) -> the outputs of `model` for the image
        with each patch's offset added to all its values.

    Raises:
        ValueError: the image is not square, or its side no multiple of `patches`.
    """
    import keras
    import tensorflow as tf

    step = _patch_side(image, patches)
    offsets = keras.Input((patches, patches, 1))
    spread = keras.layers.UpSampling2D(step)(offsets)
    moved = keras.layers.Concatenate()([spread] * image.shape[2])
    moved = keras.layers.Rescaling(1.0, offset=np.asarray(image, "float32"))(moved)
    seen = keras.Model(offsets, model(moved))
    if len(model.layers) >= DEEP:
        seen.call = tf.function(seen.call)  # hundreds of calls will come
    return seen


def patch_touches(model, image, label: int, *, patches: int, delta: float) -> np.ndarray:
    """Return the perturbation saliency of an image's square patches, many touches at a time.

    Args:
        model: Keras model: images (batch, side, side, channels) -> outputs (batch, classes).
        image: shape (side, side, channels); the side is a multiple of `patches`.
        label: which output.
        patches: patches along each side.
        delta: how far all values of a patch go up, and down.

    Returns:
        (patches, patches): the change of the output divided by the change of the values, 2 delta.

    Raises:
        ValueError: the image is not square, or its side no multiple of `patches`.
    """
    step = _patch_side(image, patches)
    places = np.eye(patches**2, dtype="float32").reshape(-1, patches, patches, 1)
    moves = delta * places.repeat(step, axis=1).repeat(step, axis=2)
    up, down = (model.predict(image + sign * moves, verbose=0)[:, label] for sign in (1, -1))
    return ((up - down) / (2 * delta)).reshape(patches, patches)


def _patch_side(image, patches: int) -> int:
    """Return the side of a patch in pixels, or refuse."""
    require_whole_number("patches", patches, low=1, high=len(image))
    if image.shape[0] != image.shape[1] or image.shape[0] % patches:
        raise ValueError(
            f"the image must be square with a side that {patches} divides, got {image.shape}"
        )
    return image.shape[0] // patches


def patch_sums(saliency: np.ndarray, *, patches: int) -> np.ndarray:
    """Sum a signed saliency (side, side, channels) over each patch: shape (patches, patches)."""
    step = len(saliency) // patches
    return np.asarray(saliency).reshape(patches, step, patches, step, -1).sum(axis=(1, 3, 4))


def resize_map(saliency: np.ndarray, side: int) -> np.ndarray:
    """Stretch a saliency map (height, width) smoothly to (side, side)."""
    from PIL import Image

    picture = Image.fromarray(np.asarray(saliency, "float32"))
    return np.asarray(picture.resize((side, side), Image.Resampling.BILINEAR))


def edge_map(image: np.ndarray) -> np.ndarray:
    """Return the strength of the edges of an image (height, width, channels): (height, width)."""
    grey = np.asarray(image, "float32").mean(axis=-1)
    down, across = np.gradient(grey)
    return np.hypot(down, across)


def draw_heat(ax: plt.Axes, image: np.ndarray, heat=None, *, title: str = "", below: str = ""):
    """Draw an image in [0, 1], greyed under a heat map of any size whose strongest 1 % saturates.

    Args:
        ax: the axes.
        image: (height, width, 3) in [0, 1].
        heat: (h, w), 0 or more; None draws the image alone.
        title: text above.
        below: text under it.
    """
    if heat is None:
        ax.imshow(np.clip(image, 0, 1))
    else:
        side = len(image)
        heat = np.clip(resize_map(heat, side), 0, None)
        heat = np.clip(heat / (np.percentile(heat, 99) or 1.0), 0, 1)
        grey = np.repeat(np.asarray(image).mean(axis=-1, keepdims=True), 3, axis=-1)
        colour = plt.get_cmap("inferno")(heat)[..., :3]
        ax.imshow(np.clip(0.35 * grey + 0.65 * colour, 0, 1))
    ax.set(xticks=[], yticks=[])
    ax.set_title(title, size=10)
    ax.set_xlabel(below, size=9)
    ax.grid(False)
    return ax
