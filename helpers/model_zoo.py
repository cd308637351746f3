"""Backbones of keras.applications where there is a network, and the embedded one elsewhere."""

import os
import socket
import urllib.request
from pathlib import Path

from helpers.arguments import require_choice
from helpers.public_sets import PATIENCE, SOURCES, UnavailableError, within

_STORE = "https://storage.googleapis.com/tensorflow/keras-applications/"
_PROBE = _STORE + "mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"
# The scale and offset that turn pixels in [0, 1] into what each network was trained on.
SCALINGS = {
    "MobileNetV2": (2.0, -1.0),
    "EfficientNetV2B0": (255.0, 0.0),
    "ConvNeXtTiny": (255.0, 0.0),
}
EMBEDDED_SCALING = (255 / 128, -127 / 128)


def pretrained_backbone(name: str, *, side: int = 128, source: str = "embedded"):
    """Load a pre-trained backbone that takes images in [0, 1] and returns one row of features each.

    Args:
        name: "MobileNetV2", "EfficientNetV2B0" or "ConvNeXtTiny" from keras.applications.
        side: height and width of the images, 32 or more.
        source: "embedded" (EfficientNet-Lite0, whatever the name), "full" or "auto" (the named
            network where a server answers within 10 or 2 s; else one sentence is printed and the
            embedded one is returned).

    Returns:
        A keras.Model: (batch, side, side, 3) -> (batch, features), scaling included.

    Raises:
        ValueError: the name or the source is not one of those above.
    """
    require_choice("name", name, tuple(SCALINGS))
    require_choice("source", source, SOURCES)
    if source != "embedded":
        try:
            return _with_scaling(_fetch(name, side, PATIENCE[source]), SCALINGS[name])
        except UnavailableError as error:
            print(f"{name} is out of reach ({error}): using the embedded EfficientNet-Lite0.")
    from helpers.backbones import efficientnet_lite0

    lite = efficientnet_lite0(include_top=False, input_shape=(side, side, 3), pooling="avg")
    return _with_scaling(lite, EMBEDDED_SCALING)


def _with_scaling(backbone, scaling):
    import keras

    inputs = keras.Input(backbone.input_shape[1:])
    scaled = keras.layers.Rescaling(scaling[0], offset=scaling[1])(inputs)
    outputs = backbone(scaled, training=False)
    return keras.Model(inputs, outputs, name=f"{backbone.name}_scaled")


def _fetch(name: str, side: int, patience: float):
    import keras

    folder = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "models"
    if not any(folder.glob(f"*{name.lower()[:9]}*")):
        within(patience, lambda: _knock(patience))
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(PATIENCE["full"])  # a download that stalls must end
    try:
        make = getattr(keras.applications, name)
        return make(include_top=False, input_shape=(side, side, 3), pooling="avg")
    except Exception as error:  # whatever a download raises means that it is not to be had
        raise UnavailableError(str(error).splitlines()[0]) from error
    finally:
        socket.setdefaulttimeout(before)


def _knock(seconds: float) -> None:
    request = urllib.request.Request(_PROBE, method="HEAD")
    with urllib.request.urlopen(request, timeout=seconds):
        return
