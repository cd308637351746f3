"""The live picture of a training says in words what it shows."""

from helpers import training
from helpers.training import LiveCurves


def test_the_curves_are_described(monkeypatch):
    shown = []
    monkeypatch.setattr(training, "display", lambda picture, **how: shown.append(picture))
    curves = LiveCurves(2, ylabel="accuracy", seconds=60)
    curves.update(training=0.5)
    monkeypatch.setattr(curves, "_handle", None)
    curves.update(training=0.75)
    words = "Curves of the accuracy over 2 epochs; at the end: training 0.75"
    assert shown[-1].metadata == {"alt": words}
