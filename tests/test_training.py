"""Training: a live picture that says in words what it shows, and steps that are not compiled."""

import warnings

import numpy as np
import pytest

from helpers import training
from helpers.training import LiveCurves, uncompiled


def test_the_curves_are_described(monkeypatch):
    shown = []
    monkeypatch.setattr(training, "display", lambda picture, **how: shown.append(picture))
    curves = LiveCurves(2, ylabel="accuracy", seconds=60)
    curves.update(training=0.5)
    monkeypatch.setattr(curves, "_handle", None)
    curves.update(training=0.75)
    words = "Curves of the accuracy over 2 epochs; at the end: training 0.75"
    assert shown[-1].metadata == {"alt": words}


def test_uncompiled_steps_are_the_same_and_compiling_comes_back():
    import keras
    import tensorflow

    compiled = []

    class Model(keras.Sequential):
        def train_step(self, data):
            compiled.append(not tensorflow.executing_eagerly())
            return super().train_step(data)

    def trained():
        model = Model([keras.Input((3,)), keras.layers.Dense(2, kernel_initializer="ones")])
        model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
        x = np.arange(12, dtype="float32").reshape(4, 3)
        model.fit(x, x[:, :2], batch_size=2, shuffle=False, verbose=0)
        return model.get_weights()[0]

    with warnings.catch_warnings(action="error"):
        with uncompiled():
            one_by_one = trained()
        assert compiled == [False, False]
        with pytest.raises(LookupError), uncompiled():
            raise LookupError
        np.testing.assert_allclose(trained(), one_by_one, rtol=1e-5)
    assert all(compiled[2:])
