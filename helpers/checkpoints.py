"""Weights that ship with the course, for sections that need a trained network at once."""

import numpy as np

from helpers.storage import load_arrays


def pack_weights(model) -> dict[str, np.ndarray]:
    """Return a Keras model's weights as arrays named by their order: kernels as float16.

    Vectors (biases, batch normalisation) stay float32: they are few and reach far.
    """
    arrays = enumerate(model.get_weights())
    return {f"{i:03d}": a.astype("float16" if a.ndim > 1 else "float32") for i, a in arrays}


def load_trained(model, name: str) -> None:
    """Give a Keras model the trained weights of a file in `data/`, such as "cnn/cnn.npz".

    Raises:
        ValueError: the file was made for a network with other weights.
    """
    stored = load_arrays(name)
    arrays = [stored[key].astype("float32") for key in sorted(stored)]
    shapes = [tuple(weight.shape) for weight in model.weights]
    if shapes != [array.shape for array in arrays]:
        raise ValueError(
            f"{name} fits a network with weights of shapes {[a.shape for a in arrays]}, "
            f"this one has {shapes}"
        )
    model.set_weights(arrays)
