"""A logged trial can be read back by TensorBoard's HParams page."""

import pytest

pytest.importorskip("tensorboard")

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from helpers.logs import log_folder
from helpers.trials import log_trial


def test_a_trial_holds_its_settings_and_its_result(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_LESSON", "03_cnn")
    log_trial("search/01", {"lr": 0.01, "width": 8.0}, {"accuracy": 0.75})
    events = EventAccumulator(str(log_folder("search/01"))).Reload()
    assert [event.value for event in events.Scalars("accuracy")] == [0.75]
    stored = events.SummaryMetadata("_hparams_/session_start_info").plugin_data
    assert stored.plugin_name == "hparams"
    assert b"width" in stored.content
