"""EfficientNet-Lite0 with ImageNet weights that ship with the course, like keras.applications."""

import json

import numpy as np

from helpers.arguments import require_choice
from helpers.storage import load_arrays, verified_path

# A row a stage: repeats, filters, kernel size, stride of the first block, expansion.
STAGES = (
    (1, 16, 3, 1, 1),
    (2, 24, 3, 2, 6),
    (2, 40, 5, 2, 6),
    (3, 80, 3, 2, 6),
    (3, 112, 5, 1, 6),
    (4, 192, 5, 2, 6),
    (1, 320, 3, 1, 6),
)
SMALLEST = 32  # the network halves its input five times


def efficientnet_lite0(
    *,
    weights: str | None = "imagenet",
    include_top: bool = True,
    input_shape: tuple[int, int, int] = (224, 224, 3),
    pooling: str | None = None,
    name: str = "efficientnet_lite0",
):
    """Build EfficientNet-Lite0: 16 inverted residual blocks, ReLU6, no squeeze-and-excitation.

    Layers are named as in keras.applications: stem_conv, block1a_dwconv, ..., block7a_project_bn,
    top_conv, top_bn, top_activation (the last feature map, for Grad-CAM), predictions.

    Args:
        weights: "imagenet" (no network needed) or None (random).
        include_top: end on 1,000 class probabilities instead of features.
        input_shape: (height, width, 3), 32 pixels or more a side; 224 suits ImageNet labels.
        pooling: without the top: None for a map (height / 32, width / 32, 1280), "avg" or "max"
            for a vector of 1,280.
        name: name of the model.

    Returns:
        A keras.Model for images that went through `preprocess_input`.

    Raises:
        ValueError: weights, pooling or input_shape is not one of those above.

    Source: Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks,
        2019; the Lite variants, TensorFlow model zoo, 2020.
    """
    import keras

    require_choice("weights", weights, ("imagenet", None))
    require_choice("pooling", pooling, (None, "avg", "max"))
    _require_image_shape(input_shape)
    inputs = keras.Input(input_shape, name="image")
    x = _conv_bn(inputs, "stem", 32, kernel=3, stride=2)
    for stage, (repeats, filters, kernel, stride, expand) in enumerate(STAGES, 1):
        for index in range(repeats):
            step = stride if index == 0 else 1
            x = _block(x, f"block{stage}{'abcd'[index]}", filters, kernel, step, expand)
    x = _conv_bn(x, "top", 1280)
    model = keras.Model(inputs, _head(x, include_top=include_top, pooling=pooling), name=name)
    if weights == "imagenet":
        _load_imagenet(model)
    return model


def preprocess_input(images, *, value_range: tuple[float, float] = (0, 255)):
    """Scale images the way the network was trained: (pixel - 127) / 128.

    Args:
        images: array or tensor (..., height, width, 3) with values in value_range.
        value_range: (0, 255), as in keras.applications, or (0, 1), as in helpers.datasets.

    Returns:
        The same shape, float32, in about [-1, 1].

    Raises:
        ValueError: value_range is another pair, or an array does not use it (0 to 1 against 255).
    """
    require_choice("value_range", tuple(value_range), ((0, 255), (0, 1)))
    if isinstance(images, np.ndarray):
        _require_range(images, value_range[1])
        images = images.astype("float32")
    return (images * (255 / value_range[1]) - 127.0) / 128.0


def decode_predictions(probabilities: np.ndarray, *, top: int = 5) -> list[list[tuple]]:
    """Name the most probable ImageNet classes.

    Args:
        probabilities: (batch, 1000), as the network with its top returns them.
        top: how many classes to name.

    Returns:
        For each image, a list of (WordNet id, class name, probability), most probable first.

    Raises:
        ValueError: the array has another shape.
    """
    probabilities = np.asarray(probabilities)
    if probabilities.ndim != 2 or probabilities.shape[1] != 1000:
        raise ValueError(f"probabilities must have shape (batch, 1000), got {probabilities.shape}")
    classes = json.loads(verified_path("backbone/classes.json").read_text("utf-8"))
    best = np.argsort(-probabilities, axis=1)[:, :top]
    return [
        [(*classes[index], float(row[index])) for index in order]
        for row, order in zip(probabilities, best, strict=True)
    ]


def _conv_bn(x, name: str, filters: int, *, kernel=1, stride=1, prefix="", active=True):
    from keras import layers

    x = layers.Conv2D(
        filters, kernel, stride, padding="same", use_bias=False, name=f"{name}_{prefix}conv"
    )(x)
    x = layers.BatchNormalization(epsilon=1e-3, name=f"{name}_{prefix}bn")(x)
    return layers.ReLU(6.0, name=f"{name}_{prefix}activation")(x) if active else x


def _block(x, name: str, filters: int, kernel: int, stride: int, expand: int):
    from keras import layers

    inputs = x
    if expand > 1:
        x = _conv_bn(x, name, inputs.shape[-1] * expand, prefix="expand_")
    x = layers.DepthwiseConv2D(
        kernel, stride, padding="same", use_bias=False, name=f"{name}_dwconv"
    )(x)
    x = layers.BatchNormalization(epsilon=1e-3, name=f"{name}_bn")(x)
    x = layers.ReLU(6.0, name=f"{name}_activation")(x)
    x = _conv_bn(x, name, filters, prefix="project_", active=False)
    if stride == 1 and inputs.shape[-1] == filters:
        x = layers.Add(name=f"{name}_add")([inputs, x])
    return x


def _head(x, *, include_top: bool, pooling: str | None):
    from keras import layers

    if include_top:
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = layers.Dropout(0.2, name="top_dropout")(x)
        return layers.Dense(1000, activation="softmax", name="predictions")(x)
    if pooling == "avg":
        return layers.GlobalAveragePooling2D(name="avg_pool")(x)
    return layers.GlobalMaxPooling2D(name="max_pool")(x) if pooling == "max" else x


def _load_imagenet(model) -> None:
    arrays = load_arrays("backbone/efficientnet_lite0.npz")
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(arrays[f"{layer.name}/{variable.name}"].astype("float32"))


def _require_image_shape(shape) -> None:
    shape = tuple(shape)
    fits = len(shape) == 3 and shape[2] == 3 and all(side >= SMALLEST for side in shape[:2])
    if not fits:
        raise ValueError(
            f"input_shape must be (height, width, 3) with sides of {SMALLEST} or more, got {shape}"
        )


def _require_range(images: np.ndarray, high: float) -> None:
    found = float(images.max(initial=0))
    most = high * 1.0001  # blending and resizing end a hair above
    if found > most or (high == 255 and images.dtype.kind == "f" and 0 < found <= 1.0001):
        raise ValueError(f"images must use the values 0 to {high:g}, got a maximum of {found:g}")
