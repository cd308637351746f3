"""The read-only root that student code sees: Python, the course's helpers and data, nothing else."""

import os
import site
import sys
from pathlib import Path

from grading.sandbox import kernel

COURSE, GRADER, SCRATCH = "/course", "/grader", "/tmp"
SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store",
    "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives",
)  # fmt: skip
DEVICES = ("null", "zero", "full", "random", "urandom")
_PEOPLE = {
    "/etc/passwd": "nobody:x:65534:65534:nobody:/tmp:/bin/sh\n",
    "/etc/group": "nogroup:x:65534:\n",
    "/etc/hosts": "127.0.0.1 localhost\n",
}
_NEW_ROOT = "/sys"  # covered in our own mount namespace only; nothing is bound from below it


def visible(root: Path) -> list[tuple[str, str]]:
    """List what is bound into the room of a course: (source, target).

    Of the grader's own package the code is there, which anyone may read, and no result.
    """
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    if site.ENABLE_USER_SITE:
        python.add(site.getusersitepackages())
    python |= {os.path.realpath(path) for path in python}
    same = [path for path in (*SYSTEM, *sorted(python)) if os.path.exists(path)]
    helpers = (root / "helpers").resolve()
    data = next((d for d in (root / "data", helpers.parent / "data") if d.is_dir()), None)
    pairs = [(path, path) for path in same if not _lies_in(path, "/usr") or path == "/usr"]
    pairs.append((str(helpers), f"{COURSE}/helpers"))
    pairs += [(str(data.resolve()), f"{COURSE}/data")] if data else []
    package = Path(__file__).resolve().parents[1]
    own = [*package.glob("*.py"), package / "sandbox", package / "judge"]
    return pairs + [(str(p), f"{GRADER}/grading/{p.name}") for p in own if p.exists()]


def build_room(pairs: list[tuple[str, str]], hide: list[str]) -> None:
    """Build the room from (source, target) pairs and make it this process's root.

    Needs fresh mount and pid namespaces, and the power over them. Folders in `hide` that would
    be seen through a bound one are covered.
    """
    kernel.mount("", "/", flags=kernel.RECURSIVE | kernel.PRIVATE)
    kernel.mount("room", _NEW_ROOT, "tmpfs", kernel.NOSUID, "mode=755,size=4m")
    for source, target in pairs:
        _bind(source, _NEW_ROOT + target)
    for folder in hide:
        if any(_lies_in(folder, target) for _, target in pairs):
            kernel.mount("hidden", _NEW_ROOT + folder, "tmpfs", options="mode=755,size=4k")
            _bind_below(pairs, folder)
    for path, text in _PEOPLE.items():
        Path(_NEW_ROOT + path).parent.mkdir(exist_ok=True)
        Path(_NEW_ROOT + path).write_text(text)
    for folder in ("/proc", "/dev", SCRATCH):
        os.makedirs(_NEW_ROOT + folder, exist_ok=True)
    kernel.make_read_only(_NEW_ROOT)
    _make_devices(_NEW_ROOT + "/dev")
    kernel.mount("proc", _NEW_ROOT + "/proc", "proc", kernel.NOSUID | kernel.NODEV | kernel.NOEXEC)
    kernel.change_root(_NEW_ROOT)
    mount_scratch(64_000_000)


def mount_scratch(size: int) -> None:
    """Mount a fresh, empty scratch folder over the one that is there."""
    options = f"mode=1777,size={size},nr_inodes=20000"
    kernel.mount("scratch", SCRATCH, "tmpfs", kernel.NOSUID | kernel.NODEV, options)


def _bind_below(pairs, folder: str) -> None:
    """Bind again what lies below a folder that was covered, such as a course's own .venv."""
    for source, target in pairs:
        if _lies_in(target, folder) and target != folder:
            _bind(source, _NEW_ROOT + target)


def _bind(source: str, target: str) -> None:
    if os.path.islink(source) and not os.path.isabs(os.readlink(source)):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.lexists(target):
            os.symlink(os.readlink(source), target)
        return
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    kernel.mount(source, target, flags=kernel.BIND | kernel.RECURSIVE)


def _make_devices(folder: str) -> None:
    kernel.mount("dev", folder, "tmpfs", kernel.NOSUID | kernel.NOEXEC, "mode=755,size=64k")
    for name in DEVICES:
        _bind(f"/dev/{name}", f"{folder}/{name}")
    os.symlink("/proc/self/fd", f"{folder}/fd")
    os.symlink(SCRATCH, f"{folder}/shm")
    kernel.make_read_only(folder, recursive=False)


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
