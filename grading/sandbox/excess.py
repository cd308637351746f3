"""Using up more than a submission may: the self-test has a worker try each of these.

With the standard library alone, and bounded, so that a sandbox that fails harms nothing.
"""

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

MB = 1_000_000


def hold_memory(size: int, *, processes: int = 1) -> int:
    """Hold memory for three seconds, in several processes at once; return how much could be."""
    ready, holds = os.pipe()
    for _ in range(processes - 1):
        if os.fork() == 0:
            held = _touch(size // processes)
            os.write(holds, b"x")
            time.sleep(20)
            os._exit(0)
    held = _touch(size // processes)
    for _ in range(processes - 1):
        os.read(ready, 1)
    time.sleep(3)
    return len(held) * processes


def _touch(size: int) -> bytearray:
    """Return a block of memory whose pages are all in use, for as long as it is kept."""
    block = bytearray(size)
    block[::4096] = b"x" * len(block[::4096])
    return block


def many_processes(most: int) -> int:
    """Start processes that sleep; return how many ran at the same time."""
    children = []
    try:
        for _ in range(most):
            pid = os.fork()
            if pid == 0:
                time.sleep(20)
                os._exit(0)
            children.append(pid)
    except OSError:
        pass
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return len(children)


def write_files(size: int, *, files: int = 1) -> int:
    """Write files into the scratch folder; return the bytes that they took."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    written = 0
    for number in range(files):
        with contextlib.suppress(OSError), Path(f"bomb-{number}").open("wb", 0) as file:
            for _ in range(size // MB):
                written += file.write(b"x" * MB)
    for number in range(files):
        Path(f"bomb-{number}").unlink(missing_ok=True)
    return written


def leave_behind(name: str) -> None:
    """Start a process, detached from this one in every way, that should die with it."""
    if os.fork() == 0:
        with contextlib.suppress(OSError):
            os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            ctypes.CDLL(None).prctl(15, name.encode(), 0, 0, 0)
            time.sleep(30)
        os._exit(0)
    time.sleep(0.3)


def spin(seconds: float, *, processes: int = 1) -> None:
    """Use processor time, in several processes together."""
    for _ in range(processes - 1):
        if os.fork() == 0:
            break
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
