"""Concept questions: one choice, an answer at once, and a reason for each wrong choice.

In the students' notebook the key is sealed, so that the answer does not stand in plain sight under
the question. Sealing is a courtesy to the reader, not a lock: the grader holds its own key.
"""

import base64
import json
import zlib

from helpers.checks.failure import fail, succeed
from helpers.checks.guesses import NO_LETTER


def seal(right: str, reasons: dict[str, str]) -> str:
    """Pack the key of a question into one line of text that nobody reads by accident."""
    key = json.dumps([right, reasons], ensure_ascii=False, sort_keys=True)
    return base64.b85encode(zlib.compress(key.encode(), 9)).decode()


def unseal(sealed: str) -> tuple[str, dict[str, str]]:
    """Return (right choice, reasons of the wrong ones) from what `seal` packed."""
    right, reasons = json.loads(zlib.decompress(base64.b85decode(sealed)))
    return right, reasons


def check_choice(
    name: str, answer, *, right: str = "", reasons: dict[str, str] | None = None, sealed: str = ""
) -> None:
    """Check a student's choice and, where it is wrong, say why in one sentence.

    Args:
        name: the question in a few words.
        answer: the chosen letter, such as "b".
        right: the letter of the right choice.
        reasons: for each wrong letter, why it is wrong.
        sealed: both of these, packed by `seal`; the students' notebooks hold this instead.

    Raises:
        CheckFailed: the choice is wrong or is none of the letters offered.
    """
    if sealed:
        right, reasons = unseal(sealed)
    reasons = reasons or {}
    letters = sorted({right, *reasons})
    if not isinstance(answer, str) or answer.strip().lower() not in letters:
        fail(name, f"choose one of {', '.join(letters)}", cause=NO_LETTER)
    letter = answer.strip().lower()
    if letter != right:
        fail(name, f"{letter} is not it", cause=reasons[letter], choice=letter)
    succeed(name)
