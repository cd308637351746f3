"""Judge each submission in a process of its own, forked warm and closed in like the student's.

What a check does to the libraries (seeds, caches, patches) ends with its submission, and a judge
that a student's data should bring down takes nothing along. Notebooks and outputs cross as JSON.
"""

import json
import socket
import struct
import time

import nbformat

from grading.judge.flow import Plan
from grading.judge.judge import Outcome, run_notebook
from grading.results import CRASHED, TIMED_OUT
from grading.sandbox import Limits, Pool, Worker

GRACE = 30  # seconds beyond the limits for the judge to come to its end by itself
_LENGTH = struct.Struct("!Q")
_ANSWER_AT_MOST = 500_000_000  # bytes


def serve(channel: socket.socket) -> None:
    """Judge the one submission that is sent, on the student's channel that comes with it."""
    _, (handle,), _, _ = socket.recv_fds(channel, 1, 1)
    order = json.loads(_receive(channel, time.monotonic() + 60))
    notebook = nbformat.from_dict(order["notebook"])
    with socket.socket(fileno=handle) as student:
        plan, limits = Plan.of(order["plan"]), Limits(**order["limits"])
        outcome = run_notebook(notebook, plan, student, limits, whole=order["whole"])
    ran = [(cell.execution_count, cell.outputs) for cell in _code(notebook)]
    _send(channel, {"status": outcome.status, "reason": outcome.reason, "ran": ran})


def judge_apart(notebook, pool: Pool, *, plan: Plan, whole: bool = False) -> Outcome:
    """Run a rebuilt notebook in a student's process and a judge's, both made for it.

    Args:
        notebook: the rebuilt notebook; outputs and execution counts of its cells are set.
        pool: makes the processes, and holds the limits.
        plan: how the lesson's cells are shared between the student's process and the judge.
        whole: True runs given cells as well that no grade depends on.
    """
    with pool.worker() as student, pool.judge() as judge:
        socket.send_fds(judge.channel, [b"j"], [student.channel.fileno()])
        student.channel.close()  # the judge alone holds it now, and hears its end
        order = {"notebook": _bare(notebook), "plan": plan.plain(), "whole": whole}
        _send(judge.channel, {**order, "limits": vars(pool.limits)})
        outcome = _outcome(notebook, judge, time.monotonic() + pool.limits.total + GRACE)
        if outcome.status == CRASHED and (why := student.why_dead(seconds=0.5)):
            return Outcome(*_told(why, outcome, pool.limits))
        return outcome


def _outcome(notebook, judge: Worker, deadline: float) -> Outcome:
    """Read a judge's answer into a notebook; where none comes, no check counts as passed."""
    try:
        answer = json.loads(_receive(judge.channel, deadline))
    except TimeoutError:
        return Outcome(TIMED_OUT, "the checks took too long")
    except (OSError, ValueError):
        return Outcome(
            CRASHED, f"the checks could not be finished ({judge.why_dead() or 'no answer'})"
        )
    for cell, (count, outputs) in zip(_code(notebook), answer["ran"], strict=True):
        cell.execution_count, cell.outputs = count, [nbformat.from_dict(each) for each in outputs]
    return Outcome(answer["status"], answer["reason"])


def _told(why: str, outcome: Outcome, limits: Limits) -> tuple[str, str]:
    """Put the end of a student's process into words for the student."""
    sentences = {
        "memory": f"the notebook used more than {limits.memory / 1e9:g} GB of memory",
        "cpu": f"the notebook used more than {limits.cpu} s of processor time",
        "time": f"the notebook ran longer than {limits.total} s",
    }
    status = TIMED_OUT if why in ("cpu", "time") else CRASHED
    return status, sentences.get(
        why, f"{outcome.reason} ({why})" if why != "killed" else outcome.reason
    )


def _bare(notebook) -> dict:
    """Return a notebook without its outputs."""
    kept = ("id", "cell_type", "metadata", "source")
    cells = [{key: cell[key] for key in kept if key in cell} for cell in notebook.cells]
    for cell in cells:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return {**notebook, "cells": cells}


def _code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _send(channel: socket.socket, message: dict) -> None:
    data = json.dumps(message).encode()
    channel.sendall(_LENGTH.pack(len(data)) + data)


def _receive(channel: socket.socket, deadline: float) -> bytes:
    (length,) = _LENGTH.unpack(_read(channel, _LENGTH.size, deadline))
    if length > _ANSWER_AT_MOST:
        raise ValueError("the answer is too long")
    return _read(channel, length, deadline)


def _read(channel: socket.socket, size: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < size:
        channel.settimeout(max(0.001, deadline - time.monotonic()))
        part = channel.recv(min(1 << 20, size - len(data)))
        if not part:
            raise ConnectionError("the other side has ended")
        data += part
    return bytes(data)
