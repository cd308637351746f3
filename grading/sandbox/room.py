"""The read-only root that student code sees: Python, the course's helpers and data, no more."""

import os
import site
import sys
from pathlib import Path

from grading.sandbox import kernel

COURSE, GRADER, SCRATCH = "/course", "/grader", "/scratch"
SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store",
    "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives",
)  # fmt: skip
DEVICES = ("null", "zero", "full", "random", "urandom")
_PEOPLE = {
    "/etc/passwd": "nobody:x:65534:65534:nobody:/scratch:/bin/sh\n",
    "/etc/group": "nogroup:x:65534:\n",
    "/etc/hosts": "127.0.0.1 localhost\n",
}
_NEW = Path("/sys")  # covered in our own mount namespace only; nothing is bound from below it


def visible(root: Path) -> list[tuple[str, str]]:
    """List what is bound into the room of a course: (source, target).

    Of the grader's own package the code is there, which anyone may read, and no result.
    """
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    if site.ENABLE_USER_SITE:
        python.add(site.getusersitepackages())
    python |= {os.path.realpath(path) for path in python}
    same = [path for path in (*SYSTEM, *sorted(python)) if Path(path).exists()]
    helpers = (root / "helpers").resolve()
    data = next((d for d in (root / "data", helpers.parent / "data") if d.is_dir()), None)
    pairs = [(path, path) for path in same if path == "/usr" or not _lies_in(path, "/usr")]
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
    kernel.mount("room", str(_NEW), "tmpfs", kernel.NOSUID, "mode=755,size=4m")
    for source, target in pairs:
        _bind(Path(source), _inside(target))
    for folder in hide:
        _cover(folder, pairs)
    for path, text in _PEOPLE.items():
        _inside(path).parent.mkdir(exist_ok=True)
        _inside(path).write_text(text)
    for folder in ("/proc", "/dev", SCRATCH):
        _inside(folder).mkdir(exist_ok=True)
    if not _inside("/tmp").exists():  # it does where Python lies there
        _inside("/tmp").symlink_to(SCRATCH)
    kernel.make_read_only(str(_NEW))
    _make_devices(_inside("/dev"))
    flags = kernel.NOSUID | kernel.NODEV | kernel.NOEXEC
    kernel.mount("proc", str(_inside("/proc")), "proc", flags)
    kernel.change_root(str(_NEW))
    mount_scratch(64_000_000)


def mount_scratch(size: int) -> None:
    """Mount a fresh, empty scratch folder over the one that is there."""
    options = f"mode=1777,size={size},nr_inodes=20000"
    kernel.mount("scratch", SCRATCH, "tmpfs", kernel.NOSUID | kernel.NODEV, options)


def _cover(folder: str, pairs) -> None:
    """Cover a folder that a bound one shows, but not what is bound from below it, as a .venv."""
    if not any(_lies_in(folder, target) for _, target in pairs):
        return
    kernel.mount("hidden", str(_inside(folder)), "tmpfs", options="mode=755,size=64k")
    for source, target in pairs:
        if _lies_in(target, folder) and target != folder:
            _bind(Path(source), _inside(target))


def _bind(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink() and not source.readlink().is_absolute():
        if not (target.exists() or target.is_symlink()):
            target.symlink_to(source.readlink())
        return
    if source.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    kernel.mount(str(source), str(target), flags=kernel.BIND | kernel.RECURSIVE)


def _make_devices(folder: Path) -> None:
    options = "mode=755,size=64k"
    kernel.mount("dev", str(folder), "tmpfs", kernel.NOSUID | kernel.NOEXEC, options)
    for name in DEVICES:
        _bind(Path("/dev", name), folder / name)
    (folder / "fd").symlink_to("/proc/self/fd")
    (folder / "shm").symlink_to(SCRATCH)
    kernel.make_read_only(str(folder), recursive=False)


def _inside(path: str) -> Path:
    return _NEW / path.lstrip("/")


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
