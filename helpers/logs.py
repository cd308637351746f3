"""TensorBoard logs, for Keras models and for networks written in NumPy alike."""

import os
import time
from pathlib import Path


def log_folder(run: str) -> Path:
    """Return the folder of one run's TensorBoard logs: logs/LESSON/RUN beside the notebook."""
    return Path("logs") / os.environ.get("COURSE_LESSON", "lesson") / run


def log_scalars(run: str, curves: dict) -> Path:
    """Write curves of numbers for TensorBoard without TensorFlow, and return their folder.

    Args:
        run: the name that TensorBoard shows for this run.
        curves: for each name, one number a step.
    """
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.record_writer import RecordWriter

    folder = log_folder(run)
    folder.mkdir(parents=True, exist_ok=True)
    moment = time.time()
    with (folder / f"events.out.tfevents.{int(moment)}.course").open("wb") as file:
        writer = RecordWriter(file)
        writer.write(Event(wall_time=moment, file_version="brain.Event:2").SerializeToString())
        for name, values in curves.items():
            for step, value in enumerate(values):
                summary = Summary(value=[Summary.Value(tag=name, simple_value=float(value))])
                event = Event(wall_time=moment, step=step, summary=summary)
                writer.write(event.SerializeToString())
    return folder
