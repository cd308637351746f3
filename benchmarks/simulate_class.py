"""Simulate a class of 50,000 on 1 to 200 workers, from costs that `benchmarks/grading.py` measured.

    python benchmarks/simulate_class.py --costs costs.json --out class.png

Each worker has a processor of its own and is ready after its start-up; it takes the next
submission as soon as it is free. One process alone writes the results, in the order in which they
come, and sends one new submission for each that it has written, as `grading/cluster.py` does.
What is left out: a shared folder that slows down, workers that die, machines of unequal speed.
"""

import argparse
import heapq
import json
import sys
from collections import deque
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

AHEAD = 4  # submissions on their way for each worker, as in grading/cluster.py
WORKERS = (1, 2, 5, 10, 20, 50, 100, 200)
STYLE = Path(__file__).parents[1] / "helpers/course.mplstyle"
_FREE, _GRADED, _RECORDED = range(3)


@dataclass(frozen=True)
class Costs:
    """What was measured, in seconds.

    Attributes:
        seconds: grading each submission of the sample class, on one worker.
        start: a worker's start-up, until it can take its first submission.
        record: what the one recorder takes for a result.
    """

    seconds: tuple[float, ...]
    start: float
    record: float


@dataclass(frozen=True)
class Run:
    """A simulated class: `total` seconds on some workers, and the least that each part allows."""

    workers: int
    total: float
    bounds: dict[str, float]

    @property
    def efficiency(self) -> float:
        """The share of the workers' time that went into grading, from 0 to 1."""
        return self.bounds["the workers"] / self.total

    @property
    def limit(self) -> str:
        """The part that alone would take longest."""
        return max(self.bounds, key=self.bounds.get)


def read_costs(path: Path) -> Costs:
    """Read measured costs; exit with one sentence where the file holds none."""
    try:
        data = json.loads(path.read_text("utf-8"))
        seconds = tuple(float(each) for each in data["seconds"])
        costs = Costs(seconds, float(data["start"]), float(data["record"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.exit(f"{path} holds no measured costs ({error}): write it with benchmarks/grading.py")
    if not seconds or min(*seconds, costs.start, costs.record) < 0:
        sys.exit(f"{path} must hold at least one submission, and no cost below 0")
    return costs


def draw_class(costs: Costs, submissions: int, *, seed: int) -> np.ndarray:
    """Draw the seconds of each submission from the measured ones, shape (submissions,)."""
    return np.random.default_rng(seed).choice(costs.seconds, submissions)


def simulate(seconds, workers: int, *, start: float = 0.0, record: float = 0.0) -> Run:
    """Run a class through a queue of workers and one recorder, event by event.

    Args:
        seconds: what each submission takes, in the order in which they are sent.
        workers: how many there are.
        start: seconds until each is ready.
        record: seconds that each result takes the recorder.
    """
    total = _end(seconds, workers, start, record)
    return Run(workers, total, bounds(seconds, workers, start=start, record=record))


def _end(seconds, workers: int, start: float, record: float) -> float:
    """Return the moment at which the last result is written."""
    todo = iter(seconds)
    sent, events = deque(islice(todo, AHEAD * workers)), [(start, _FREE)] * workers
    idle = graded = 0
    recording, now = False, 0.0
    while events:
        now, kind = heapq.heappop(events)
        idle += kind != _RECORDED
        graded += kind == _GRADED
        if kind == _RECORDED:
            recording = False
            sent.extend(islice(todo, 1))
        while idle and sent:
            idle -= 1
            heapq.heappush(events, (now + sent.popleft(), _GRADED))
        if graded and not recording:
            graded, recording = graded - 1, True
            heapq.heappush(events, (now + record, _RECORDED))
    return now


def bounds(seconds, workers: int, *, start: float, record: float) -> dict[str, float]:
    """Return the seconds that each part would take if nothing else held it up."""
    return {
        "the workers": float(np.sum(seconds)) / workers,
        "the recorder": len(seconds) * record,
        "the start-up": start,
        "the longest submission": float(np.max(seconds, initial=0.0)),
    }


def table(runs: list[Run]) -> str:
    """Write the runs as a table of plain text."""
    lines = ["workers     hours  efficiency  limited by"]
    for run in runs:
        columns = f"{run.workers:7d} {run.total / 3600:9.2f} {run.efficiency:10.0%}"
        lines.append(f"{columns}   {run.limit}")
    return "\n".join(lines)


def finding(runs: list[Run], submissions: int) -> str:
    """State in two lines what the runs show."""
    first, last = runs[0], runs[-1]
    ends = [f"{_duration(run.total)} on {run.workers}" for run in (first, last)]
    words = f"{submissions:,} submissions: {ends[0]} worker{'s' * (first.workers > 1)}, {ends[1]}"
    other = next((run for run in runs if run.limit != "the workers"), None)
    if other is None:
        return f"{words};\nmore workers would still help"
    return f"{words};\n{other.limit} sets the pace from {other.workers} workers on"


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 2 * 3600 else f"{seconds / 3600:,.1f} h"


def draw(runs: list[Run], submissions: int, path: Path) -> None:
    """Draw hours against workers, with the least that workers and recorder allow."""
    plt.style.use(STYLE)
    figure, ax = plt.subplots(figsize=(7.2, 4.4))
    workers = [run.workers for run in runs]
    for name, style in (("the workers", "--"), ("the recorder", ":")):
        least = np.array([run.bounds[name] for run in runs]) / 3600
        if least.all():
            ax.plot(workers, least, style, color="0.45", label=f"{name} alone")
    ax.plot(workers, [run.total / 3600 for run in runs], "o-", label="simulated")
    ax.set(xscale="log", yscale="log", xlabel="workers", ylabel="time for the class [hours]")
    ax.set_title(finding(runs, submissions))
    ax.set_xticks(workers, labels=map(str, workers))
    ax.yaxis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
    ax.minorticks_off()
    ax.legend()
    figure.savefig(path, dpi=150)
    plt.close(figure)


def main() -> None:
    """Simulate, print the table, and draw it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--costs", type=Path, required=True, help="from benchmarks/grading.py")
    parser.add_argument("--out", type=Path, help="draw a PNG there")
    parser.add_argument("--submissions", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.submissions < 1:
        parser.error("--submissions must be at least 1")
    costs = read_costs(options.costs)
    seconds = draw_class(costs, options.submissions, seed=options.seed).tolist()
    runs = [simulate(seconds, n, start=costs.start, record=costs.record) for n in WORKERS]
    print(finding(runs, options.submissions), end="\n\n")
    print(table(runs))
    if options.out:
        draw(runs, options.submissions, options.out)
        print(f"\ndrawn to {options.out}")


if __name__ == "__main__":
    main()
