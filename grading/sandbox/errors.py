"""Why a sandbox could not be had."""

from grading.errors import UserError


class NoSandbox(UserError):  # noqa: N818 - a fact about the machine
    """This machine cannot close student code in, or a worker could not be made."""
