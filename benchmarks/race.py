"""Two trainings side by side: processor seconds until each first reaches the same result."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np


@dataclass(frozen=True)
class Goal:
    """What both have to reach on data that neither trains on.

    Attributes:
        name: the measure, for the heading.
        value: the least that counts.
        measure: takes a model and returns the measure.
    """

    name: str
    value: float
    measure: Callable[[keras.Model], float]


class Stopwatch(keras.callbacks.Callback):
    """Note the processor and wall seconds spent in training when a goal is first reached.

    Measuring after each epoch is not on the clock; a line on stderr says the value. It ends
    training at the goal where `stop` is True; the number of epochs is fixed beforehand, never
    chosen by the held-out data.
    """

    def __init__(self, goal: Goal, *, stop: bool):
        super().__init__()
        self.goal, self.stop = goal, stop
        self.seconds, self.reached, self.values = np.zeros(2), None, []

    def on_epoch_begin(self, epoch, logs=None):
        self._begun = _clocks()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds += _clocks() - self._begun
        self.values.append(float(self.goal.measure(self.model)))
        line = f"  epoch {epoch + 1}: {self.values[-1]:.4f} after {self.seconds[0]:.1f} s"
        print(line, file=sys.stderr, flush=True)
        if self.reached is None and self.values[-1] >= self.goal.value:
            self.reached = (epoch + 1, *self.seconds)
            self.model.stop_training = self.stop


def _clocks() -> np.ndarray:
    return np.array([time.process_time(), time.perf_counter()])


def race(goal: Goal, seeds: int, ours: tuple[str, Callable], theirs: tuple[str, Callable]) -> None:
    """Print the seconds to the goal for both and the ratios, seed by seed.

    Args:
        goal: what counts.
        seeds: how many of them, from 0.
        ours, theirs: a name, and a function of (seed, stopwatch) that trains.
    """
    load = os.getloadavg()[0]
    print(f"processor seconds (wall) of training to {goal.name} {goal.value}, load {load:.1f}")
    ratios = []
    for seed in range(seeds):
        watches = []
        for (name, train), stop in ((ours, False), (theirs, True)):
            watches.append(Stopwatch(goal, stop=stop))
            train(seed, watches[-1])
            _print_run(seed, name, watches[-1])
        ratios.append(_ratio(*watches))
    print(f"ratio of processor seconds: {', '.join(ratios)}")


def _ratio(ours: Stopwatch, theirs: Stopwatch) -> str:
    """Say how many times longer theirs took; "over" where it ended short of the goal."""
    if not ours.reached:
        return "ours did not reach it"
    spent = theirs.reached[1] if theirs.reached else theirs.seconds[0]
    return f"{'' if theirs.reached else 'over '}{spent / ours.reached[1]:.1f}"


def _print_run(seed: int, name: str, watch: Stopwatch) -> None:
    last = f"{len(watch.values)} epochs, last {watch.values[-1]:.4f}"
    best = f"best {max(watch.values):.4f}"
    if watch.reached:
        epoch, processor, wall = watch.reached
        text = f"{processor:6.1f} s ({wall:.1f} s), epoch {epoch}"
    else:
        text = f"not reached in {watch.seconds[0]:.1f} s ({watch.seconds[1]:.1f} s)"
    print(f"seed {seed}  {name:14} {text}; {last}, {best}", flush=True)
