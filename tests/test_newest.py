"""Lessons run on the newest TensorFlow and Keras, and nothing they use is on its way out."""

import nbformat
import pytest

from course.execute import execute
from course.lessons import Course
from course.source import read_source
from grading.errors import UserError
from tests.conftest import ROOT

LESSONS = Course(ROOT).lessons()
# After start(), which quiets both: whatever calls itself deprecated becomes an error.
STRICT = """
import logging, warnings

def refuse(record):
    if "deprecated" in record.getMessage().lower():
        raise DeprecationWarning(record.getMessage())
    return True

OURS = r"(__main__|helpers|keras|tensorflow)\\b"
for kind in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
    warnings.filterwarnings("error", category=kind, module=OURS)
# NumPy's advice to TensorFlow's tensors is nothing that a lesson could follow.
warnings.filterwarnings("ignore", message="__array__ implementation doesn't accept a copy")
logging.getLogger("tensorflow").addFilter(refuse)
logging.getLogger("tensorflow").setLevel("WARNING")
"""
OLD = {
    "a function of TensorFlow": "import tensorflow\ntensorflow.compat.v1.to_float(1)",
    "a warning that points at the lesson": (
        "import warnings\nwarnings.warn('this goes away', DeprecationWarning, stacklevel=1)"
    ),
}


def strictly(lesson) -> nbformat.NotebookNode:
    """Return a lesson's source with the strict cell after its set-up."""
    notebook = read_source(lesson)
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    place = next(index for index, own in enumerate(tags) if "setup" in own)
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(STRICT))
    return notebook


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.name for lesson in LESSONS])
def test_a_lesson_uses_nothing_deprecated(lesson):
    execute(strictly(lesson), root=ROOT, budget="short")


@pytest.mark.parametrize("name", OLD)
def test_something_deprecated_is_found(name, toy):
    notebook = strictly(toy.lesson("01_toy"))
    notebook.cells.append(nbformat.v4.new_code_cell(OLD[name]))
    with pytest.raises(UserError, match="DeprecationWarning"):
        execute(notebook, root=toy.root, budget="short")
