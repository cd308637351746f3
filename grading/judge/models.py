"""Keras models by value: their configuration and weights, and which of them are let in.

A configuration is a program of a kind: it names classes. Only classes and functions of Keras that
compute, listed in `allowed`, are let in, with plain settings; a model that holds anything else
stays in the student's process and is used from there.
"""

import json
import sys
from dataclasses import dataclass, field

import numpy as np

from grading.judge.allowed import require_allowed
from grading.judge.unpacking import Malformed

CONFIG_AT_MOST = 2_000_000  # characters
OTHER_LAYERS = (
    "the model that the function was given has other layers now: leave it as it is, and make a new "
    "one of its layers with keras.Model(inputs, outputs)"
)


def is_model(value) -> bool:
    """Tell whether a value is a Keras model, without importing Keras for it."""
    keras = sys.modules.get("keras")
    return bool(keras and hasattr(keras, "Model")) and isinstance(value, keras.Model)


def pack(model, packing) -> list:
    """Return [configuration or None, weights, trainable flags] as trees."""
    state = State(model)
    return [configuration(model), packing.pack(state.weights), packing.pack(state.trainable)]


def configuration(model) -> str | None:
    """Return what a model is made of as JSON, or None where it holds code of its own."""
    import keras

    try:
        tree = keras.saving.serialize_keras_object(model)
        return json.dumps(_without_compiling(tree))
    except Exception:
        return None


def _without_compiling(tree):
    """Drop optimizers, losses and metrics, which stay where they are."""
    if isinstance(tree, dict):
        return {k: _without_compiling(v) for k, v in tree.items() if k != "compile_config"}
    return [_without_compiling(v) for v in tree] if isinstance(tree, list | tuple) else tree


def build(config: str):
    """Build the model that a configuration describes, with fresh weights.

    Raises:
        Malformed: it holds something that is not let in, or describes no model.
    """
    import keras

    if type(config) is not str or len(config) > CONFIG_AT_MOST:
        raise Malformed("no model")
    try:
        tree = json.loads(config)
        require_allowed(tree)
        model = keras.saving.deserialize_keras_object(tree, custom_objects={}, safe_mode=True)
    except Malformed:
        raise
    except Exception as error:
        raise Malformed(f"no model: {error}"[:300]) from error
    if not isinstance(model, keras.Model):
        raise Malformed("no model")
    return model


def set_state(model, weights, trainable) -> None:
    """Give a model its weights and trainable flags.

    Raises:
        Malformed: they do not fit the model.
    """
    own = model.weights
    if type(weights) is not list or type(trainable) is not list or len(own) != len(weights):
        raise Malformed("a model has other weights")
    for variable, values in zip(own, weights, strict=True):
        if type(values) is not np.ndarray or values.shape != tuple(variable.shape):
            raise Malformed("a model has weights of another shape")
        variable.assign(values)
    parts = _switches(model)
    if len(trainable) != len(parts) or not all(type(flag) is bool for flag in trainable):
        raise Malformed("a model has other layers")
    if trainable != [part.trainable for part in parts]:
        for part, flag in zip(parts, trainable, strict=True):
            part.trainable = flag


def _switches(model) -> list:
    """Return all that can be frozen: the layers, outer ones first, then the single weights."""
    return [*model._flatten_layers(), *model.weights]


@dataclass
class State:
    """What training and freezing change in a model: its weights and trainable flags."""

    model: object
    weights: list = field(init=False)
    trainable: list = field(init=False)

    def __post_init__(self):
        self.weights = [np.array(weight) for weight in self.model.get_weights()]
        self.trainable = [bool(part.trainable) for part in _switches(self.model)]

    def changed(self) -> tuple | None:
        """Return (weights, trainable flags) of now where they differ from then, or None.

        Raises:
            ValueError: layers came or went, which cannot cross.
        """
        now = State(self.model)
        if now.shapes() != self.shapes():
            raise ValueError(OTHER_LAYERS)
        pairs = zip(now.weights, self.weights, strict=True)
        same = all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)
        if same and now.trainable == self.trainable:
            return None
        return now.weights, now.trainable

    def shapes(self) -> tuple:
        """Return how many parts there are, and the shapes of the weights."""
        return len(self.trainable), [weight.shape for weight in self.weights]
