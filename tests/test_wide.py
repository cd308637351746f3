"""Grading spreads over processes and machines, and the loss of one loses no submission."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from grading import workers
from grading.errors import UserError
from grading.grade import Graded
from grading.results import CRASHED, GRADED, Result
from grading.submissions import Submission
from grading.workers import grade_here

CLASS = [Submission(f"student-{number:02d}", Path("nowhere")) for number in range(12)]


def slowly(folder: Path, deadly: str, submission: Submission) -> Graded:
    """Stand in for grading: take a moment, and note who did it."""
    with (folder / submission.student).open("a") as note:
        note.write(f"{os.getpid()}\n")
    if submission.student == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.2)
    return Graded(Result("01_toy", submission.student, GRADED))


def at_once(submission: Submission) -> Graded:
    return Graded(Result("01_toy", submission.student, GRADED))


def given_up(submission: Submission) -> Graded:
    return Graded(Result("01_toy", submission.student, CRASHED))


def statuses(graded) -> dict[str, str]:
    return {one.result.student: one.result.status for one in graded}


def test_every_submission_is_graded_once(tmp_path):
    graded = grade_here(partial(slowly, tmp_path, ""), CLASS, 3, given_up=given_up)
    assert statuses(graded) == {item.student: GRADED for item in CLASS}
    assert all(len(path.read_text().split()) == 1 for path in tmp_path.iterdir())


def test_a_submission_that_ends_its_process_twice_is_given_up_and_no_other(tmp_path):
    one = partial(slowly, tmp_path, CLASS[4].student)
    found = statuses(grade_here(one, CLASS, 2, given_up=given_up))
    assert [name for name, status in found.items() if status != GRADED] == [CLASS[4].student]
    assert len(found) == len(CLASS)
    assert len((tmp_path / CLASS[4].student).read_text().split()) == 2


def test_a_large_class_is_sent_a_few_at_a_time(monkeypatch):
    most = []
    wait = workers.wait

    def counted(waiting, **how):
        most.append(len(waiting))
        return wait(waiting, **how)

    monkeypatch.setattr(workers, "wait", counted)
    crowd = [Submission(f"student-{number:03d}", Path("nowhere")) for number in range(200)]
    found = statuses(grade_here(at_once, crowd, 2, given_up=given_up))
    assert found == {item.student: GRADED for item in crowd}
    assert max(most) <= 2 * workers.AHEAD


@pytest.fixture(scope="module")
def cluster():
    """A cluster of two worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


def test_a_cluster_grades_what_a_killed_worker_left_undone(cluster, tmp_path):
    from grading.cluster import grade_on_cluster

    one = partial(slowly, tmp_path, "")
    graded = grade_on_cluster(one, CLASS, cluster.scheduler_address, given_up=given_up)
    found = [next(graded)]
    victim = int((tmp_path / found[0].result.student).read_text())  # it has more to do
    os.kill(victim, signal.SIGKILL)
    assert statuses([*found, *graded]) == {item.student: GRADED for item in CLASS}
    busy = {int(pid) for path in tmp_path.iterdir() for pid in path.read_text().split()}
    assert len(busy) >= 2


def test_a_submission_that_ends_every_worker_stops_nobody(cluster, tmp_path):
    from grading.cluster import grade_on_cluster

    one = partial(slowly, tmp_path, CLASS[4].student)
    found = statuses(grade_on_cluster(one, CLASS, cluster.scheduler_address, given_up=given_up))
    assert [name for name, status in found.items() if status != GRADED] == [CLASS[4].student]


def full_disk(submission: Submission) -> Graded:
    raise OSError(28, "No space left on device")


def test_a_fault_of_a_workers_machine_stops_the_run(cluster):
    from grading.cluster import grade_on_cluster

    with pytest.raises(OSError, match="No space left"):
        list(grade_on_cluster(full_disk, CLASS, cluster.scheduler_address, given_up=given_up))


def test_a_scheduler_that_is_not_there_gets_one_sentence():
    pytest.importorskip("distributed")
    from grading.cluster import grade_on_cluster

    with pytest.raises(UserError, match="there is no Dask scheduler at nonsense"):
        list(grade_on_cluster(given_up, CLASS, "nonsense://1", given_up=given_up))
