"""Late penalties, by the plugin that nbgrader's own configuration names."""

import logging
from pathlib import Path

from nbgrader.api import SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties

from grading.configuration import nbgrader_config


class LatePenalty:
    """nbgrader's late submission plugin, as `c.AssignLatePenalties.plugin_class` sets it.

    Args:
        folder: the folder of nbgrader_config.py, or None for nbgrader's defaults (no penalty).

    Raises:
        UserError: the file cannot be run, or names no plugin.
    """

    def __init__(self, folder: Path | None):
        with nbgrader_config(folder) as config:
            self._assigner = AssignLatePenalties(config=config)
            self._assigner.log = logging.getLogger("grading.lateness")
            self._assigner.log.addHandler(logging.NullHandler())
            self._assigner.log.propagate = False
            self._assigner.init_plugin()

    def of(self, notebook: SubmittedNotebook) -> float | None:
        """Return the penalty of a submission in [0, its score]; None where it is not late."""
        late = notebook.assignment.total_seconds_late
        if late <= 0:
            return None
        plugin = self._assigner.plugin_inst
        score = notebook.score
        penalty = plugin.late_submission_penalty(notebook.student.id, score, late)
        return None if penalty is None else min(max(0.0, penalty), score)
