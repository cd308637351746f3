"""Checks that say what was expected, where it first differs, and the likely misconception."""

from helpers.checks.choices import check_choice
from helpers.checks.failure import CheckFailed, cause_label
from helpers.checks.guesses import USUAL_SLIPS
from helpers.checks.models import check_model
from helpers.checks.values import check, check_that

__all__ = [
    "USUAL_SLIPS",
    "CheckFailed",
    "cause_label",
    "check",
    "check_choice",
    "check_model",
    "check_that",
]
