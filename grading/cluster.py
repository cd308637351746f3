"""Grade submissions on a Dask cluster: many machines over one shared folder.

Each worker makes its own sandboxes and keeps their limits. What crosses the network is made by the
grader itself: paths and limits out, text of notebooks and results back.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import nbformat

from grading.errors import UserError
from grading.grade import Graded
from grading.results import from_json, to_json
from grading.submissions import Submission
from grading.workers import AHEAD

RETRIES = 2

Grader = Callable[[Submission], Graded]


def grade_on_cluster(
    one: Grader, submissions: list[Submission], address: str, *, given_up: Grader
) -> Iterator[Graded]:
    """Grade submissions on a cluster and yield each as it is done; a lost worker's are done again.

    Args:
        one: grades one submission; it is sent to the workers.
        submissions: what to grade.
        address: the scheduler's address, such as "tcp://10.0.0.1:8786".
        given_up: makes the result of a submission that no worker survived.

    Raises:
        UserError: Dask is missing, there is no scheduler at the address, or a worker cannot
            close student code in.
        OSError: a worker's disk is full, or something else of its machine has run out.
    """
    client, as_completed, KilledWorker = _connect(address)
    with client:
        threads = sum(client.nthreads().values()) or 1
        todo = iter(submissions)
        send = partial(client.submit, partial(_as_text, one), retries=RETRIES, pure=False)
        names = {send(item): item for item in islice(todo, AHEAD * threads)}
        running = as_completed(names)
        for future in running:
            item = names.pop(future)
            lost = isinstance(future.exception(), KilledWorker)  # else a node that cannot grade
            yield given_up(item) if lost else _graded(*future.result())
            for following in islice(todo, 1):
                names[(new := send(following))] = following
                running.add(new)


def _as_text(one: Grader, submission: Submission) -> tuple[str, str]:
    """Grade on a worker and return result and notebook as text."""
    graded = one(submission)
    notebook = nbformat.writes(graded.notebook, version=4) if graded.notebook else ""
    return to_json(graded.result), notebook


def _graded(result: str, notebook: str) -> Graded:
    return Graded(from_json(result), nbformat.reads(notebook, as_version=4) if notebook else None)


def _connect(address: str):
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError as error:
        raise UserError("--scheduler needs Dask: pip install --editable '.[cluster]'") from error
    try:
        return Client(address, timeout=20), as_completed, KilledWorker
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(f"there is no Dask scheduler at {address}: {error}") from error
