"""What every notebook of the course shares: checks, figures, training, data and set-up."""

from helpers.budget import budget
from helpers.checks import check, check_choice, check_model, check_that
from helpers.figures import show
from helpers.results import report_result
from helpers.scoreboard import progress
from helpers.setup import start
from helpers.widgets import play

__all__ = [
    "budget",
    "check",
    "check_choice",
    "check_model",
    "check_that",
    "play",
    "progress",
    "report_result",
    "show",
    "start",
]
