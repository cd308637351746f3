"""Watch what workers use in all their processes together, which no rlimit can."""

import contextlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from grading.sandbox.room import SCRATCH
from grading.sandbox.settings import Settings

_PROC = Path("/proc")
_HELD = re.compile(rb"^Rss(?:Anon|Shmem):\s+(\d+)", re.MULTILINE)
_SHARE = re.compile(rb"^Pss_(?:Anon|Shmem):\s+(\d+)", re.MULTILINE)


class Watch:
    """Finds workers that use more than they may."""

    def __init__(self, settings: Settings):
        self._limits, self._sandbox = settings.limits, settings.sandbox
        self._able = (_PROC / "self/status").exists()

    def exceeded(self, workers: Iterable) -> Iterator[tuple[int, str]]:
        """Yield the pid of each worker over a limit, with the limit's name."""
        workers = list(workers)
        members = self._members() if workers and self._able else {}
        for worker in workers:
            group = members.get(self._home(worker.pid), [])
            if time.monotonic() - worker.begun > self._limits.total + 10:
                yield worker.pid, "time"
            elif self._memory(worker.pid, group) > self._limits.memory:
                yield worker.pid, "memory"
            elif sum(map(_seconds, group)) > self._limits.cpu:
                yield worker.pid, "cpu"

    def _home(self, pid: int) -> str:
        """Return what a worker's processes have in common: pid namespace, or session."""
        return _namespace(pid) if self._sandbox else str(pid)

    def _members(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for pid in (int(path.name) for path in _PROC.iterdir() if path.name.isdigit()):
            home = _namespace(pid) if self._sandbox else _session(pid)
            found.setdefault(home, []).append(pid)
        return found

    def _memory(self, pid: int, group: list[int]) -> int:
        """Return bytes held, scratch included; pages that processes share count once."""
        scratch = _scratch(pid) if self._sandbox else 0
        held = scratch + sum(_sum(_HELD, each, "status") for each in group)
        if held <= self._limits.memory:
            return held
        return scratch + sum(_sum(_SHARE, each, "smaps_rollup") for each in group)


def _sum(pattern: re.Pattern, pid: int, name: str) -> int:
    return 1024 * sum(map(int, pattern.findall(_read(pid, name))))


def _read(pid: int, name: str) -> bytes:
    with contextlib.suppress(OSError):
        return (_PROC / str(pid) / name).read_bytes()
    return b""


def _stat(pid: int) -> list[bytes]:
    """Return the fields of /proc/PID/stat from the third on; the second may hold anything."""
    return _read(pid, "stat").rpartition(b")")[2].split()


def _seconds(pid: int) -> float:
    """Return the processor time of a process and of the children that it has waited for."""
    return sum(map(int, _stat(pid)[11:15])) / os.sysconf("SC_CLK_TCK")


def _session(pid: int) -> str:
    fields = _stat(pid)
    return fields[3].decode() if fields else ""


def _namespace(pid: int) -> str:
    with contextlib.suppress(OSError):
        return str((_PROC / str(pid) / "ns/pid").readlink())
    return "gone"


def _scratch(pid: int) -> int:
    with contextlib.suppress(OSError):
        disk = os.statvfs(f"{_PROC}/{pid}/root{SCRATCH}")
        return (disk.f_blocks - disk.f_bfree) * disk.f_frsize
    return 0
