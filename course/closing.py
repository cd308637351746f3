"""Close a released notebook with the call that tells students how far they are."""

from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor

WORDS = "## How far are you?\n\nWhich exercises pass, and the points so far:"
CALL = "from helpers import progress\n\nprogress()"


class AddProgress(NbGraderPreprocessor):
    """Append a heading and the call of `progress` (a step of nbgrader's release).

    Solutions do not have these cells: somebody who reads the answers has no progress of their own.
    """

    def preprocess(self, nb, resources):
        """Return the notebook with two more cells, and the resources as they are."""
        nb.cells += [
            new_markdown_cell(WORDS, id="progress-text"),
            new_code_cell(CALL, id="progress"),
        ]
        return nb, resources
