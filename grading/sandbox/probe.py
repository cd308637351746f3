"""A stand-in for the judge's agent: run what is sent and answer with what `answer` then holds."""

import json
import socket
import traceback


def serve(channel: socket.socket) -> None:
    """Run each line, a JSON string of Python, and send back the value of `answer` as JSON."""
    names: dict = {}
    for line in channel.makefile("r"):
        names["answer"] = None
        try:
            exec(json.loads(line), names)
            answer = {"answer": names["answer"]}
        except BaseException as error:
            answer = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        channel.sendall(json.dumps(answer).encode() + b"\n")


def ask(channel: socket.socket, code: str, *, seconds: float = 60):
    """Send code to a probe and return its answer, or a dict with 'error' where it failed."""
    channel.settimeout(seconds)
    channel.sendall(json.dumps(code).encode() + b"\n")
    text = b""
    while not text.endswith(b"\n"):
        part = channel.recv(1 << 16)
        if not part:
            return {"error": "the worker ended"}
        text += part
    return json.loads(text)
