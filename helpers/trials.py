"""Hyperparameter trials for TensorBoard's HParams page."""

import time

from helpers.logs import log_folder


def log_trial(run: str, hyperparameters: dict, results: dict) -> None:
    """Write one finished trial, so that TensorBoard's HParams page can compare it with others.

    Args:
        run: the name of the trial, such as "search/07".
        hyperparameters: for each name the number, text or truth value that was tried.
        results: for each name the number that the trial reached.
    """
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.plugins.hparams import api
    from tensorboard.summary.writer.record_writer import RecordWriter

    folder = log_folder(run)
    folder.mkdir(parents=True, exist_ok=True)
    moment = time.time()
    values = [Summary.Value(tag=name, simple_value=float(x)) for name, x in results.items()]
    summaries = (api.hparams_pb(hyperparameters, trial_id=run), Summary(value=values))
    with (folder / f"events.out.tfevents.{int(moment)}.trial").open("wb") as file:
        writer = RecordWriter(file)
        writer.write(Event(wall_time=moment, file_version="brain.Event:2").SerializeToString())
        for summary in summaries:
            event = Event(wall_time=moment, step=0, summary=summary)
            writer.write(event.SerializeToString())
