"""How much work a notebook may do: full for people, larger on a GPU, short in the grader."""

import os

_NAMES = ("short", "full", "gpu")


def budget_name() -> str:
    """Return "short", "full" or "gpu".

    `COURSE_BUDGET` decides where it is set; else nbgrader's runs (autograde, validate) are short,
    a machine whose GPU TensorFlow already sees is "gpu", and everything else is "full".

    Raises:
        ValueError: `COURSE_BUDGET` holds another word.
    """
    chosen = os.environ.get("COURSE_BUDGET", "")
    if chosen:
        if chosen not in _NAMES:
            raise ValueError(f"COURSE_BUDGET must be one of {', '.join(_NAMES)}, got {chosen!r}")
        return chosen
    if os.environ.get("NBGRADER_EXECUTION") in ("autograde", "validate"):
        return "short"
    return "gpu" if _sees_gpu() else "full"


def budget(full, short, gpu=None):
    """Pick a number of epochs, images or steps for where the notebook runs.

    Args:
        full: for a person at a laptop or in Colab; the built lessons use it.
        short: for the autograder and the tests, which only need every cell to run.
        gpu: for a machine with a GPU; `full` where it is left out.
    """
    name = budget_name()
    if name == "gpu":
        return full if gpu is None else gpu
    return full if name == "full" else short


def _sees_gpu() -> bool:
    import sys

    tensorflow = sys.modules.get("tensorflow")  # never import it for this question
    return bool(tensorflow and tensorflow.config.list_physical_devices("GPU"))
