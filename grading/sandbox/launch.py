"""Start the zygote in its own namespaces and its read-only room; it never sees the machine.

Run as `python -m grading.sandbox.launch FD SETTINGS`, in a process of its own.
"""

import contextlib
import os
import select
import sys
from pathlib import Path
from typing import NoReturn

from grading.sandbox import kernel
from grading.sandbox.room import build_room
from grading.sandbox.settings import Settings

_ALL = kernel.NEWNS | kernel.NEWPID | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS


def main() -> None:
    """Enter fresh namespaces, then be the zygote's parent until it or the grader ends."""
    control, settings = int(sys.argv[1]), Settings.loads(sys.argv[2])
    try:
        grader = os.pidfd_open(os.getppid())
        settings = settings.but(one_user=enter_namespaces())
        child = os.fork()
    except OSError as error:
        _refuse(control, error)
    if child == 0:
        os.close(grader)
        _become_zygote(control, settings)
    os.close(control)
    zygote = os.pidfd_open(child)
    select.select([grader, zygote], [], [])
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, 9)
    os.waitpid(child, 0)


def enter_namespaces() -> bool:
    """Enter fresh namespaces; True where that took a user namespace with a single user in it."""
    try:
        kernel.unshare(_ALL)
        return False
    except PermissionError:
        user, group = os.geteuid(), os.getegid()
        kernel.unshare(_ALL | kernel.NEWUSER)
        map_user(user, group, to=0)
        return True


def map_user(user: int, group: int, *, to: int) -> None:
    """Give one user and one group of the parent namespace the number `to` in this one."""
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{to} {user} 1"),
        ("gid_map", f"{to} {group} 1"),
    ):
        Path("/proc/self", name).write_text(line)


def _become_zygote(control: int, settings: Settings) -> None:
    try:
        kernel.die_with_parent()
        build_room(settings.visible, settings.hide)
        os.set_inheritable(control, True)
        command = [sys.executable, "-m", "grading.sandbox.zygote", str(control), settings.dumps()]
        os.execve(sys.executable, command, settings.environment)
    except BaseException as error:
        _refuse(control, error)


def _refuse(control: int, error: BaseException) -> NoReturn:
    os.write(control, f"!{getattr(error, 'strerror', None) or error}\n".encode())
    os._exit(1)


if __name__ == "__main__":
    main()
