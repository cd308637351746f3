"""The Linux system calls that Python lacks, through ctypes."""

import ctypes
import os

NEWNS, NEWCGROUP, NEWUTS = 0x00020000, 0x02000000, 0x04000000
NEWIPC, NEWUSER, NEWPID, NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000

NOSUID, NODEV, NOEXEC = 2, 4, 8
BIND, RECURSIVE, PRIVATE = 4096, 16384, 1 << 18

_READ_ONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4  # of mount_setattr
_MOUNT_SETATTR = 442  # the same number on every architecture
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}
_AT_RECURSIVE, _AT_FDCWD, _DETACH = 0x8000, -100, 2
_DEATH_SIGNAL, _DUMPABLE, _SECCOMP = 1, 4, 22  # of prctl
_DROP_BOUND, _NO_NEW_PRIVILEGES, _AMBIENT = 24, 38, 47

_libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces in `flags` for fresh ones."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def enter(namespace: str, kind: int) -> None:
    """Join a namespace, given as a file of /proc."""
    handle = os.open(namespace, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _check(_libc.setns(handle, kind), "setns")
    finally:
        os.close(handle)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount a file system."""
    words = [text.encode() or None for text in (source, target, kind, options)]
    source_, target_, kind_, options_ = words
    result = _libc.mount(source_, target_, kind_, ctypes.c_ulong(flags), options_)
    _check(result, f"mount {kind or source} on {target}")


def make_read_only(target: str, *, recursive: bool = True) -> None:
    """Make a mount, and those below it, read-only, without devices and set-uid programs."""
    bits = _READ_ONLY | _ATTR_NOSUID | (_ATTR_NODEV if recursive else 0)
    wanted = (ctypes.c_uint64 * 4)(bits, 0, 0, 0)
    flags = ctypes.c_uint(_AT_RECURSIVE if recursive else 0)
    result = _libc.syscall(
        ctypes.c_long(_MOUNT_SETATTR), _AT_FDCWD, target.encode(), flags, wanted,
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )  # fmt: skip
    _check(result, f"mount_setattr {target}")


def change_root(folder: str) -> None:
    """Make a mounted folder the root, and let go of the old one."""
    os.chdir(folder)
    number = ctypes.c_long(_PIVOT_ROOT[os.uname().machine])
    _check(_libc.syscall(number, b".", b"."), "pivot_root")
    _check(_libc.umount2(b".", _DETACH), "umount")
    os.chdir("/")


def _prctl(option: int, *values: int) -> int:
    return _libc.prctl(option, *(ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]))


def die_with_parent() -> None:
    """Have this process killed when the thread that made it ends."""
    _check(_prctl(_DEATH_SIGNAL, 9), "prctl")


def own_proc_files() -> None:
    """Let this process write its own files in /proc after it changed its user."""
    _check(_prctl(_DUMPABLE, 1), "prctl")


def drop_privileges() -> None:
    """Give up every capability, for good."""
    for capability in range(64):
        if _prctl(_DROP_BOUND, capability) < 0:
            break  # this kernel knows no more of them
    _prctl(_AMBIENT, 4)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _check(_libc.capset(header, nothing), "capset")
    _check(_prctl(_NO_NEW_PRIVILEGES, 1), "prctl")


def install_filter(program: bytes) -> None:
    """Install a seccomp filter, given as a packed sock_fprog."""
    buffer = ctypes.create_string_buffer(program, len(program))
    _check(_prctl(_SECCOMP, 2, ctypes.addressof(buffer)), "seccomp")
