"""What a forked worker does before student code runs: close everything, be sealed, serve."""

import importlib
import json
import os
import resource
import signal
import socket
import sys

from grading.sandbox.limits import apply_limits
from grading.sandbox.seal import seal
from grading.sandbox.settings import Settings

CHANNEL = 3
COLD = (
    "import socket, sys, importlib; module, _, name = sys.argv[1].partition(':'); "
    "getattr(importlib.import_module(module), name)(socket.socket(fileno=3))"
)


def become_worker(
    channel: socket.socket, report: socket.socket, settings: Settings, home: str
) -> None:
    """Turn this process, just forked from the zygote, into a worker; it never returns."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        if settings.sandbox:
            seal(settings)
        else:
            os.chdir(home)
            apply_limits(settings.limits)
        report.send(json.dumps({"ready": os.getpid()}).encode() + b"\n")
        _keep_only(channel)
    except BaseException as error:
        report.send(json.dumps({"why": f"not sealed: {error}"}).encode() + b"\n")
        os._exit(125)
    _serve(settings)


def _keep_only(channel: socket.socket) -> None:
    """Leave no handle open but the channel, and nothing where the standard streams were."""
    handle = os.dup(channel.detach())
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.dup2(handle, CHANNEL)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(CHANNEL + 1, max(most, handle + 1, nothing + 1))


def _serve(settings: Settings) -> None:
    """Run the entry; whatever it does, this process ends here."""
    code = 1
    try:
        if settings.warm:
            module, _, name = settings.entry.partition(":")
            getattr(importlib.import_module(module), name)(socket.socket(fileno=CHANNEL))
            code = 0
        else:
            os.execve(
                sys.executable, [sys.executable, "-c", COLD, settings.entry], settings.environment
            )
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    finally:
        os._exit(code & 255)
