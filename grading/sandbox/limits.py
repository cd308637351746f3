"""What a submission may use."""

import contextlib
from dataclasses import dataclass

MB = 1_000_000
GB = 1000 * MB


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes:
        cell: seconds that a cell may run.
        total: seconds that all cells together may run, waiting included.
        cpu: seconds of processor time of all its processes together.
        memory: bytes that its processes and its scratch folder may hold together.
        processes: processes and threads at the same time.
        file_size: bytes of one file.
        scratch: bytes of all its files together.
        output: bytes of text and pictures that one cell may show.
    """

    cell: int = 60
    total: int = 300
    cpu: int = 600
    memory: int = 4 * GB
    processes: int = 256
    file_size: int = 256 * MB
    scratch: int = 512 * MB
    output: int = 1 * MB


def apply_limits(limits: Limits) -> None:
    """Set the limits that the kernel keeps for each process, for this process and its children."""
    import resource  # which Windows lacks

    at_most = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_DATA: limits.memory,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_MEMLOCK: 1 * MB,
        resource.RLIMIT_NOFILE: 512,
        resource.RLIMIT_NPROC: limits.processes,
    }
    for name, most in at_most.items():
        _, hard = resource.getrlimit(name)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        last = most + 5 if name == resource.RLIMIT_CPU else most  # `watch` ends it before
        with contextlib.suppress(OSError, ValueError):  # macOS lacks some; the self-test tells
            resource.setrlimit(name, (most, last))
