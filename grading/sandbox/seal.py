"""Close a forked worker in: its own namespaces, nobody, no privilege, limits."""

import os
from pathlib import Path

from grading.sandbox import kernel
from grading.sandbox.launch import map_user
from grading.sandbox.limits import apply_limits
from grading.sandbox.room import SCRATCH, mount_scratch
from grading.sandbox.seccomp import filter_calls
from grading.sandbox.settings import Settings

NOBODY = 65534
_OWN = kernel.NEWNS | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS


def seal(settings: Settings) -> None:
    """Close this process in for good; it is the first of a fresh pid namespace already."""
    kernel.unshare(_OWN)
    kernel.mount("proc", "/proc", "proc", kernel.NOSUID | kernel.NODEV | kernel.NOEXEC)
    mount_scratch(settings.limits.scratch)
    os.chdir(SCRATCH)
    Path("/proc/self/oom_score_adj").write_text("1000")  # the first to go where memory runs out
    _become_nobody(one_user=settings.one_user)
    kernel.die_with_parent()
    apply_limits(settings.limits)
    kernel.drop_privileges()
    filter_calls()


def _become_nobody(*, one_user: bool) -> None:
    """Become nobody, in a user namespace where no other user exists."""
    outside = 0
    if not one_user:
        outside = NOBODY
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    kernel.own_proc_files()
    kernel.unshare(kernel.NEWUSER)
    map_user(outside, outside, to=NOBODY)
