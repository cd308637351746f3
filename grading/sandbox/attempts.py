"""What student code must not be able to do: the self-test has a worker try each of these.

They run in the sandbox, with the standard library alone, and each is bounded, so that a sandbox
that fails harms nothing.
"""

import contextlib
import ctypes
import os
import socket
import sys
from pathlib import Path

MB = 1_000_000


def read_any(paths: list[str]) -> list[str]:
    """Return those files and folders that can be read, or found at all."""
    return [path for path in paths if Path(path).exists()]


def write_anywhere() -> list[str]:
    """Return folders outside the scratch folder in which a file can be made."""
    tops = [Path("/"), Path("/dev/shm").resolve(), Path(sys.prefix), Path(sys.base_prefix)]
    tops += [Path(os.environ["COURSE_ROOT"]), Path(__file__).parent, Path("/proc/sys/kernel")]
    folders = {folder for top in tops for folder in (top, *_folders_in(top))}
    return sorted(str(folder) for folder in folders if _can_write(folder))


def _folders_in(top: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return [path for path in top.iterdir() if path.is_dir()]
    return []


def _can_write(folder: Path) -> bool:
    if folder.resolve() == Path(os.environ.get("TMPDIR", "/tmp")) or str(folder).startswith(
        "/proc/1"
    ):
        return False
    name = folder / f"attempt-{os.getpid()}"
    with contextlib.suppress(OSError):
        name.touch()
        name.unlink()
        return True
    return False


def connect(addresses: list) -> list[str]:
    """Return those listeners, (host, port) or the path of a socket, that answer."""
    answered = []
    for address in addresses:
        where = tuple(address) if isinstance(address, list) else address
        family = socket.AF_INET if isinstance(where, tuple) else socket.AF_UNIX
        with contextlib.suppress(OSError), socket.socket(family) as caller:
            caller.settimeout(2)
            caller.connect(where)
            answered.append(str(where))
    return answered


def other_processes() -> list[int]:
    """Return processes that can be seen or signalled, this one apart."""
    seen = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    for pid in range(1, 5000):
        with contextlib.suppress(OSError):
            os.kill(pid, 0)
            seen.add(pid)
    return sorted(seen - {os.getpid()} - ({os.getppid()} & {0}))


def find_word(word: str) -> list[str]:
    """Return where a secret word of the grader can be read: environments, command lines."""
    found = ["the environment"] if word in str(os.environ) else []
    for path in Path("/proc").glob("[0-9]*/*"):
        with contextlib.suppress(OSError):
            if path.name in ("environ", "cmdline") and word.encode() in path.read_bytes():
                found.append(str(path))
    return found


def open_handles() -> list[str]:
    """Return what open handles point to, the channel and the three standard ones apart."""
    links = {}
    for path in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the handle of this very listing
            links[int(path.name)] = str(path.readlink())
    return [f"{number}: {link}" for number, link in links.items() if number > 3]


def privileges() -> list[str]:
    """Return the powers that this process has and should not have, as clauses."""
    status = dict(line.split(":\t", 1) for line in _status().splitlines() if ":\t" in line)
    libc = ctypes.CDLL(None)
    tests = {
        "runs as another user than nobody": os.getuid() != 65534 or os.getgid() != 65534,
        "belongs to groups": bool(set(os.getgroups()) - {65534}),
        "has capabilities": any(int(status[f"Cap{set_}"], 16) for set_ in ("Prm", "Eff", "Bnd")),
        "can gain privileges": status.get("NoNewPrivs") != "1",
        "has no system call filter": status.get("Seccomp") != "2",
        "can make a user namespace": libc.unshare(0x10000000) == 0,
        "can mount": _can_mount(libc),
        "can become root": _can(os.setuid, 0),
        "reaches the host through vsock": _can(socket.socket, 40),
        "can make a raw socket": _can(socket.socket, 17, socket.SOCK_RAW),
        "can trace processes": libc.ptrace(0, 0, 0, 0) == 0,
        "can hold memory outside its processes": libc.memfd_create(b"x", 0) >= 0,
    }
    return [clause for clause, broken in tests.items() if broken]


def _can_mount(libc) -> bool:
    Path("here").mkdir(exist_ok=True)
    return libc.mount(b"x", b"here", b"tmpfs", 0, None) == 0 and libc.umount2(b"here", 2) == 0


def _status() -> str:
    return Path("/proc/self/status").read_text()


def _can(call, *arguments) -> bool:
    with contextlib.suppress(OSError):
        call(*arguments)
        return True
    return False
