"""The first call of every notebook: style, readable errors, versions and the device."""

import os
import platform
import sys
import tempfile
import warnings
from contextlib import contextmanager
from importlib.metadata import version

from helpers import errors
from helpers.figures import use_style
from helpers.scoreboard import watch_checks


def start(lesson: str, *, keras: bool = True) -> None:
    """Set a notebook up and print what it runs on.

    Args:
        lesson: the lesson's folder name, such as "02_mlp"; its TensorBoard logs go by this name.
        keras: False for a lesson that is NumPy alone and need not wait for TensorFlow.
    """
    os.environ["COURSE_LESSON"] = lesson
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    use_style()
    if shell := _shell():
        errors.install(shell)
        watch_checks(shell)
    packages = ["numpy", "matplotlib"]
    if keras:
        with quiet_stderr():
            import tensorflow  # imported here once, so that its start-up lines stay out of cells
        tensorflow.get_logger().setLevel("ERROR")  # a lesson that trains many networks is no leak
        warnings.filterwarnings("ignore", message="The structure of `inputs` doesn't match")
        packages += ["tensorflow", "keras"]
    versions = ", ".join(f"{name} {version(_distribution(name))}" for name in packages)
    print(f"{lesson} on Python {platform.python_version()}, {versions}")
    with quiet_stderr():  # TensorFlow's first look for a GPU complains where there is none
        where = device(keras=keras)
    print(f"Device: {where}")


def device(*, keras: bool = True) -> str:
    """Name what the notebook computes on: the GPUs that TensorFlow sees, or the CPU's cores."""
    if keras:
        import tensorflow

        graphics = tensorflow.config.list_physical_devices("GPU")
        if graphics:
            details = tensorflow.config.experimental.get_device_details(graphics[0])
            return f"{len(graphics)} GPU ({details.get('device_name', 'unnamed')})"
    allowed = getattr(os, "sched_getaffinity", None)  # Linux alone tells what we may use
    return f"CPU, {len(allowed(0)) if allowed else os.cpu_count()} cores"


@contextmanager
def quiet_stderr():
    """Keep what native code prints on stderr out of the notebook; show it if the block fails."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as sink:
        os.dup2(sink.fileno(), 2)
        try:
            yield
        except BaseException:
            sink.seek(0)
            os.write(kept, sink.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _distribution(name: str) -> str:
    if name != "tensorflow":
        return name
    from importlib.metadata import packages_distributions

    return packages_distributions().get("tensorflow", ["tensorflow"])[0]


def _shell():
    from IPython import get_ipython

    return get_ipython()
