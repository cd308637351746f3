"""Student code closed in: processes with no rights, no network and no view of the machine."""

from grading.sandbox.errors import NoSandbox
from grading.sandbox.limits import Limits
from grading.sandbox.pool import Pool, Worker

__all__ = ["Limits", "NoSandbox", "Pool", "Worker"]
