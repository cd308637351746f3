"""Try the sandbox on this machine: have a worker attempt what it must not be able to do."""

import contextlib
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grading.sandbox.errors import NoSandbox
from grading.sandbox.limits import MB, Limits
from grading.sandbox.pool import Pool
from grading.sandbox.probe import ask

PROBE = "grading.sandbox.probe:serve"
SMALL = Limits(cpu=2, total=60, memory=200 * MB, processes=24, file_size=4 * MB, scratch=16 * MB)


def self_test(root: Path | None = None, *, sandbox: bool = True, quick: bool = False) -> list[str]:
    """Return each guarantee that does not hold on this machine, as a sentence; [] where all do.

    Args:
        root: a course tree, whose secrets a worker then tries to read as well.
        sandbox: False tests what is left without one.
        quick: True leaves out what takes seconds: using up memory, processes and time.
    """
    root = root or Path(__file__).resolve().parents[2]
    options = {"sandbox": sandbox, "imports": (), "entry": PROBE}
    tests = _QUICK if quick else _QUICK + _SLOW
    try:
        with Pool(root, SMALL, **options) as pool:
            return [sentence for test in tests for sentence in test(pool, root)]
    except NoSandbox as error:
        return [str(error)]


def _attempt(pool: Pool, call: str):
    """Have a fresh worker make a call of `attempts` or `excess`; return its answer and its end."""
    with pool.worker() as worker:
        code = f"from grading.sandbox import attempts, excess; answer = {call}"
        answer = ask(worker.channel, code)
        return answer.get("answer"), worker.why_dead() if "error" in answer else ""


def _reads(pool: Pool, root: Path) -> Iterator[str]:
    """Secrets: the course's answers and tests, a file of the grader's, its environment."""
    word = secrets.token_hex(8)
    names = ("solutions", "tests", "notebooks", "grading", ".git", "nbgrader_config.py")
    with tempfile.NamedTemporaryFile("w") as secret, _in_environment(word):
        secret.write(word)
        secret.flush()
        Path(secret.name).chmod(0o644)
        paths = [secret.name, "/etc/shadow", str(Path.home() / ".ssh"), "/root/.bashrc"]
        paths += [str(root / name) for name in names] + [f"/course/{name}" for name in names]
        seen, _ = _attempt(pool, f"attempts.read_any({paths!r})")
        found, _ = _attempt(pool, f"attempts.find_word({word!r})")
    yield from (f"Student code can read {path}." for path in _or_failed(seen))
    yield from (f"Student code can read the grader's secrets in {place}." for place in found or [])


def _writes(pool: Pool, root: Path) -> Iterator[str]:
    """Writing outside the scratch folder."""
    answer, _ = _attempt(pool, "attempts.write_anywhere()")
    folders = _or_failed(answer)
    if folders:
        more = f" and {len(folders) - 3} more folders" if len(folders) > 3 else ""
        yield f"Student code can write into {', '.join(folders[:3])}{more}."


def _connects(pool: Pool, root: Path) -> Iterator[str]:
    """Reaching a listener of this machine: TCP, a socket file, an abstract socket."""
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        addresses = [("127.0.0.1", 0), f"{folder}/socket", f"\0{secrets.token_hex(8)}"]
        names = [stack.enter_context(_listener(address)) for address in addresses]
        answer, _ = _attempt(
            pool, f"attempts.connect({[list(n) if type(n) is tuple else n for n in names]!r})"
        )
    yield from (f"Student code reaches the listener {name!r}." for name in _or_failed(answer))


def _sees(pool: Pool, root: Path) -> Iterator[str]:
    """Processes, handles and privileges."""
    others, _ = _attempt(pool, "attempts.other_processes()")
    if others is None or others:
        yield f"Student code sees or signals {len(_or_failed(others))} other processes."
    handles, _ = _attempt(pool, "attempts.open_handles()")
    yield from (f"Student code inherits the handle {handle}." for handle in _or_failed(handles))
    powers, _ = _attempt(pool, "attempts.privileges()")
    yield from (f"Student code {clause}." for clause in _or_failed(powers))


def _holds(pool: Pool, root: Path) -> Iterator[str]:
    """Memory, in one process and in several; processes; files."""
    for processes in (1, 4):
        held, _ = _attempt(
            pool, f"excess.hold_memory({3 * SMALL.memory // 2}, processes={processes})"
        )
        if held:
            yield f"Student code can hold more memory than it may, in {processes} processes."
    count, why = _attempt(pool, f"excess.many_processes({3 * SMALL.processes})")
    if count is None or count >= SMALL.processes:
        yield f"Student code can start more processes than it may ({count or why})."
    for size, files, most in ((8 * MB, 1, SMALL.file_size), (3 * MB, 12, SMALL.scratch)):
        written, why = _attempt(pool, f"excess.write_files({size}, files={files})")
        if written is None or written > most:
            yield f"Student code can fill {files} files with {written or why} bytes."


def _lasts(pool: Pool, root: Path) -> Iterator[str]:
    """Processor time, and outliving the worker."""
    for processes in (1, 4):
        _, why = _attempt(pool, f"excess.spin(50, processes={processes})")
        if why != "cpu":
            yield f"Student code can use more processor time than it may, in {processes} processes."
    name = "left-" + secrets.token_hex(4)
    _attempt(pool, f"excess.leave_behind({name!r})")
    if _is_running(name):
        yield "A process of a submission outlives it."


_QUICK = (_reads, _writes, _connects, _sees)
_SLOW = (_holds, _lasts)


def _or_failed(answer):
    return ["what it should not: the attempt failed to run"] if answer is None else answer


def _is_running(name: str) -> bool:
    for path in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):
            if path.read_text().strip() == name:
                return True
    return False


@contextlib.contextmanager
def _in_environment(word: str) -> Iterator[None]:
    os.environ["COURSE_SELF_TEST"] = word
    try:
        yield
    finally:
        del os.environ["COURSE_SELF_TEST"]


@contextlib.contextmanager
def _listener(address) -> Iterator:
    family = socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX
    with socket.socket(family) as listener:
        listener.bind(address)
        listener.listen()
        yield listener.getsockname() if family == socket.AF_INET else address
