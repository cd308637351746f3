"""Checks that say what was expected, where it first differs, and the likely misconception."""

from helpers.checks.choices import check_choice
from helpers.checks.failure import LIKELY_CAUSE, CheckFailed
from helpers.checks.guesses import USUAL_SLIPS
from helpers.checks.models import check_model
from helpers.checks.values import check, check_that

__all__ = [
    "LIKELY_CAUSE",
    "USUAL_SLIPS",
    "CheckFailed",
    "check",
    "check_choice",
    "check_model",
    "check_that",
]
