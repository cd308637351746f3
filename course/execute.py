"""Run a notebook from first to last cell in a fresh kernel."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbclient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

from grading.errors import UserError


def execute(
    notebook,
    *,
    root: Path,
    budget: str,
    on_cell: Callable[[int], None] | None = None,
    seconds_per_cell: int = 600,
) -> None:
    """Execute a lesson in place and stop at the first cell that fails.

    Args:
        notebook: the notebook; its outputs are replaced.
        root: the course tree, whose `helpers` and data the notebook uses.
        budget: "full", "short" or "gpu".
        on_cell: called with the index of each cell as it starts.
        seconds_per_cell: the longest a cell may run.

    Raises:
        UserError: a cell raised or ran too long, or the kernel died.
    """
    environment = kernel_environment(root, COURSE_BUDGET=budget)
    try:
        _run(notebook, environment, on_cell=on_cell, timeout=seconds_per_cell)
    except CellTimeoutError as error:
        raise UserError(f"a cell ran longer than {seconds_per_cell} s") from error
    except CellExecutionError as error:
        raise UserError(f"a cell failed: {error.ename}: {error.evalue}\n{error}") from error
    except (DeadKernelError, RuntimeError) as error:  # RuntimeError: it did not even start
        raise UserError(f"the kernel died: {error}") from error


def kernel_environment(root: Path, **extra: str) -> dict[str, str]:
    """Return the environment of a kernel that runs a lesson unattended."""
    inherited = {key: value for key, value in os.environ.items() if key not in _DECIDED_HERE}
    path = os.pathsep.join(filter(None, [str(root), inherited.get("PYTHONPATH", "")]))
    return {
        **inherited,
        "COURSE_ROOT": str(root),
        "COURSE_EXECUTION": "unattended",
        "PYTHONPATH": path,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a warning on stderr otherwise
        **extra,
    }


_DECIDED_HERE = ("COURSE_BUDGET", "NBGRADER_EXECUTION", "COURSE_EXECUTION", "COURSE_ROOT")


def _run(notebook, environment, *, on_cell, **options) -> None:
    """Execute in an empty working folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        client = nbclient.NotebookClient(
            notebook,
            record_timing=False,
            config=_private_sockets(folder),
            resources={"metadata": {"path": folder}},
            on_cell_start=lambda cell, cell_index: on_cell and on_cell(cell_index),
            **options,
        )
        try:
            client.execute(env=environment)
        except Exception:
            cleaning = getattr(client, "_async_cleanup_kernel_future", None)
            if cleaning is None:
                raise
            if cleaning.done() and not cleaning.cancelled():
                cleaning.exception()  # nbclient cleans up twice; asyncio would print the later one
            raise KeyboardInterrupt from None  # nbclient's answer to Ctrl-C


def _private_sockets(folder: str) -> Config:
    """Let the kernel talk through files: every user of the machine can listen to a TCP port."""
    if os.name == "nt":  # which has no such sockets
        return Config()
    return Config(KernelManager={"transport": "ipc", "ip": f"{folder}/kernel"})
