"""The simulated class obeys the arithmetic of queues."""

import json
import subprocess
import sys

import pytest

from benchmarks.simulate_class import Costs, draw_class, finding, read_costs, simulate, table
from tests.conftest import ROOT

COSTS = Costs((0.4, 0.9, 2.0, 7.0), start=5.0, record=0.01)
CLASS = draw_class(COSTS, 1_000, seed=3).tolist()


def test_one_worker_takes_the_sum_of_the_costs():
    assert simulate(CLASS, 1).total == pytest.approx(sum(CLASS))
    whole = simulate(CLASS, 1, start=5.0, record=0.01)
    assert whole.total == pytest.approx(5.0 + sum(CLASS) + 0.01)
    assert whole.limit == "the workers"


def test_many_workers_are_bounded_by_the_recorder():
    run = simulate(CLASS, 1_000, record=0.1)
    assert run.limit == "the recorder"
    assert 100 <= run.total <= 100 + max(CLASS)


def test_a_slow_recorder_holds_back_new_submissions_and_loses_none():
    run = simulate([1.0] * 50, 2, record=10.0)
    assert run.total == pytest.approx(1 + 50 * 10.0)


@pytest.mark.parametrize("workers", [1, 2, 3, 7, 64, 999, 5_000])
@pytest.mark.parametrize(("start", "record"), [(0.0, 0.0), (5.0, 0.01), (60.0, 0.5)])
def test_no_class_is_faster_than_ideal(workers, start, record):
    run = simulate(CLASS, workers, start=start, record=record)
    assert run.total >= max(run.bounds.values()) - 1e-6
    assert 0 < run.efficiency <= 1 + 1e-9


def test_workers_without_other_limits_share_the_work_evenly():
    run = simulate([2.0] * 100, 10)
    assert (run.total, run.efficiency) == (pytest.approx(20.0), pytest.approx(1.0))


def test_one_long_submission_holds_up_a_class_with_workers_to_spare():
    run = simulate([*[1.0] * 10, 600.0], 20)
    assert (run.total, run.limit) == (600.0, "the longest submission")


def test_the_same_seed_draws_the_same_class():
    assert draw_class(COSTS, 1_000, seed=3).tolist() == CLASS
    assert draw_class(COSTS, 1_000, seed=4).tolist() != CLASS
    assert set(CLASS) == set(COSTS.seconds)


def test_the_title_states_what_limits_the_class():
    runs = [simulate(CLASS, n, record=0.1) for n in (1, 10, 100)]
    assert finding(runs, 1_000).endswith("the recorder sets the pace from 100 workers on")
    assert finding(runs[:1], 1_000).endswith("more workers would still help")
    assert table(runs).splitlines()[-1].endswith("the recorder")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "holds no measured costs"),
        ('{"seconds": [1]}', "holds no measured costs"),
        ('{"seconds": [], "start": 1, "record": 1}', "at least one submission"),
        ('{"seconds": [-1], "start": 1, "record": 1}', "no cost below 0"),
    ],
)
def test_a_file_without_costs_gets_one_sentence(tmp_path, text, words):
    path = tmp_path / "costs.json"
    path.write_text(text)
    with pytest.raises(SystemExit, match=words):
        read_costs(path)


def test_the_command_prints_a_table_and_draws_it(tmp_path):
    costs, picture = tmp_path / "costs.json", tmp_path / "class.png"
    costs.write_text(json.dumps({"seconds": [0.5, 3.0], "start": 9.0, "record": 0.01}))
    command = [sys.executable, "benchmarks/simulate_class.py", "--costs", costs, "--out", picture]
    done = subprocess.run(
        [*command, "--submissions", "500"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len([line for line in done.stdout.splitlines() if "%" in line]) == 8
    assert picture.read_bytes().startswith(b"\x89PNG")
