"""Start a zygote, and read the lines that it sends."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

from grading.sandbox.errors import NoSandbox
from grading.sandbox.settings import Settings

START = 300  # seconds for a zygote to import everything on a busy machine
ENDED = "the sandbox ended"
_ADVICE = "`course doctor` tells what fails, --unsafe-no-sandbox grades without closing code in"
_HERE = str(Path(__file__).resolve().parents[2])


def start_zygote(settings: Settings) -> tuple[socket.socket, subprocess.Popen]:
    """Start a zygote and wait until it has imported everything."""
    ours, theirs = socket.socketpair()
    module = "launch" if settings.sandbox else "zygote"
    command = [sys.executable, "-m", f"grading.sandbox.{module}"]
    process = subprocess.Popen(
        [*command, str(theirs.fileno()), settings.dumps()],
        env={**settings.environment, "PYTHONPATH": settings.start_path(_HERE)},
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # TensorFlow's chatter; what matters comes on the socket
        cwd="/",
    )
    theirs.close()
    answer = _read(ours, START)
    if answer != b".":
        ours.close()
        process.kill()
        process.wait()
        reason = answer.decode(errors="replace").lstrip("!") or "it did not start"
        raise NoSandbox(f"no process for student code can be had here ({reason}); {_ADVICE}")
    return ours, process


def read_line(report: socket.socket, seconds: float) -> dict:
    """Read one line that the zygote sent; {} where none comes, a reason where it hung up."""
    try:
        line = _read(report, seconds)
        return json.loads(line) if line else {"why": ENDED}
    except (TimeoutError, BlockingIOError):
        return {}
    except (OSError, ValueError):
        return {"why": ENDED}


def _read(connection: socket.socket, seconds: float) -> bytes:
    """Read up to the end of a line; b"" where the other side hung up before it."""
    deadline, line = time.monotonic() + seconds, b""
    while not line.endswith(b"\n"):
        connection.settimeout(max(0.0, deadline - time.monotonic()))
        byte = connection.recv(1)
        if not byte:
            return line if line.startswith(b"!") else b""
        line += byte
    return line.strip()
