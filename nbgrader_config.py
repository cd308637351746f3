"""nbgrader reads this: its directories under the names that this tree gives them."""

from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearHiddenTests

from course.closing import AddProgress
from course.own_work import SignCells
from course.sealing import SealChoices

c = get_config()  # noqa: F821 - nbgrader provides it
root = Path(__file__).resolve().parent

c.CourseDirectory.course_id = "deep-vision"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "grading/submitted"
c.CourseDirectory.autograded_directory = "grading/autograded"
c.CourseDirectory.feedback_directory = "grading/feedback"
c.CourseDirectory.db_url = f"sqlite:///{root}/grading/gradebook.db"
# The text source holds the answers, and nbgrader copies every file that is not ignored.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.py", "logs"]

c.ClearSolutions.code_stub = {"python": "# TODO: your answer\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "*Your answer here.*"

steps = list(GenerateAssignment.preprocessors.default_args[0])
steps.insert(
    steps.index(ClearHiddenTests), SealChoices
)  # after SaveCells: the grader keeps the key
c.GenerateAssignment.preprocessors = [*steps, AddProgress, SignCells]
c.ExecutePreprocessor.timeout = 120
