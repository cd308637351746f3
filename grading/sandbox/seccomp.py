"""Refuse the system calls that an exercise never needs and an attack may."""

import ctypes
import errno
import os
import socket
import struct

from grading.sandbox import kernel

# name: number on x86_64, number on aarch64
_REFUSED = {
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "mount_setattr": (442, 442),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "memfd_secret": (447, 447), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "kexec_load": (246, 104), "init_module": (175, 105), "finit_module": (313, 273),
    "setsid": (112, 157),  # a session has one share of the processor, however many its processes
    "swapon": (167, 224), "reboot": (169, 142), "quotactl": (179, 60), "syslog": (103, 116),
}  # fmt: skip
_ABSENT = {  # answered as an old kernel would, so that libraries take another way
    "clone3": (435, 435), "memfd_create": (319, 279), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
}  # fmt: skip
_CLONE, _SOCKET = (56, 220), (41, 198)
_FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, 16)  # 16: netlink, for libc
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_NAMESPACES = 0x7E020000  # every CLONE_NEW flag that clone knows

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000


def known_machine() -> bool:
    """Tell whether there is a filter for this processor."""
    return os.uname().machine in _ARCHITECTURES


def filter_calls() -> None:
    """Filter the system calls of this process and of all that it starts, for good."""
    if not known_machine():
        return
    code = b"".join(struct.pack("=HBBI", *step) for step in _program(os.uname().machine))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    kernel.install_filter(program)


def _program(machine: str) -> list[tuple[int, int, int, int]]:
    architecture, column = _ARCHITECTURES[machine]
    steps = [
        (_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
    ]  # fmt: skip
    if machine == "x86_64":  # the x32 calls have the same effects under other numbers
        steps += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _ERROR | errno.ENOSYS)]
    for table, answer in ((_REFUSED, errno.EPERM), (_ABSENT, errno.ENOSYS)):
        for numbers in table.values():
            steps += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _ERROR | answer)]
    return [*steps, *_no_namespaces(_CLONE[column]), *_few_sockets(_SOCKET[column])]


def _no_namespaces(clone: int) -> list[tuple[int, int, int, int]]:
    refuse = (_RETURN, 0, 0, _ERROR | errno.EPERM)
    return [
        (_EQUAL, 0, 4, clone), (_LOAD, 0, 0, 16),
        (_ANY_BIT, 0, 1, _NAMESPACES), refuse, (_RETURN, 0, 0, _ALLOW),
    ]  # fmt: skip


def _few_sockets(call: int) -> list[tuple[int, int, int, int]]:
    allowed = [(_EQUAL, 0, 1, family) for family in _FAMILIES]
    tests = [step for test in allowed for step in (test, (_RETURN, 0, 0, _ALLOW))]
    refuse = (_RETURN, 0, 0, _ERROR | errno.EAFNOSUPPORT)
    return [
        (_EQUAL, 1, 0, call), (_RETURN, 0, 0, _ALLOW), (_LOAD, 0, 0, 16), *tests, refuse,
    ]  # fmt: skip
