"""Make text from strangers safe to show, and put numbers into words."""

import re
import unicodedata

_ANSI = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]?"  # colours and cursor moves
    r"|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?"  # window titles, links, device strings
    r"|\x1b[ -/]*[0-~]?"
)
_NEW_LINES = re.compile("\r\n|[\r\u2028\u2029]")
_JOINERS = "\u200c\u200d"  # Persian words and composed emoji need them
_SUSPECT = re.compile("[^\n\t\x20-\x7e]")


def clean(text: str) -> str:
    """Drop ANSI codes and control characters, and make invisible format characters visible.

    A right-to-left override, for one, becomes ⟨U+202E⟩, so that code reads as Python reads it.
    """
    text = _NEW_LINES.sub("\n", _ANSI.sub("", text))
    return _SUSPECT.sub(_visible, text)


def _visible(match: re.Match) -> str:
    character = match.group()
    kind = unicodedata.category(character)
    if kind == "Cc":
        return ""
    if kind == "Cs":  # half of a surrogate pair: no UTF-8 file can hold it
        return "\ufffd"
    if kind == "Cf" and character not in _JOINERS:
        return f"⟨U+{ord(character):04X}⟩"
    return character


def one_line(text: str, *, limit: int = 200) -> str:
    """Clean a name or a sentence, put it on one line and cut it after `limit` characters."""
    text = " ".join(clean(text[: 4 * limit]).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def shorten(text: str, *, limit: int) -> tuple[str, str]:
    """Clean a long text and cut it.

    Returns:
        The text, `limit` characters at most, and a sentence on what was cut, empty where all is
        there.
    """
    text = text.strip("\n")
    shown = clean(text[: 4 * limit])
    if len(shown) <= limit and len(text) <= 4 * limit:
        return shown, ""
    note = f"Only the first {limit:,} characters are shown; the whole text has {len(text):,}."
    return shown[:limit], note


def sentence(text: str) -> str:
    """Give a clause a capital and a full stop, unless it begins with a name such as x.shape."""
    if re.match(r"[a-z]+[ ,:]", text):
        text = text[0].upper() + text[1:]
    return text if not text or text[-1] in ".!?…" else text + "."


def amount(value: float) -> str:
    """Write points without needless zeros: 2, 0.5, 1.25."""
    return f"{round(value, 2):g}" if value < 1e6 else f"{value:,.0f}"


def count(number: float, noun: str) -> str:
    """Write a number with its noun: '1 point', '2 points', '1,000 students'."""
    written = f"{number:,}" if isinstance(number, int) else amount(number)
    return f"{written} {noun}" if number == 1 else f"{written} {noun}s"


def percent(share: float) -> str:
    """Write a share in whole per cent, keeping 0 % and 100 % for none and all."""
    whole = round(100 * share)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"
