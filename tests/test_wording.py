"""Text from strangers is made safe to show, numbers read naturally, and colours can be read."""

import re
from pathlib import Path

import pytest

from grading.pages import environment
from grading.wording import amount, clean, one_line, percent, sentence, shorten


def test_a_template_cleans_and_escapes_what_no_filter_has_touched():
    template = environment().from_string("{{ text }}")
    assert template.render(text="\x1b[1m<b>\u202e\x00") == "&lt;b&gt;⟨U+202E⟩"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("a\r\nb\rc\u2028d\x07", "a\nb\nc\nd"),
        ("x\u202ey", "x⟨U+202E⟩y"),
        ("می\u200cخواهم 👩\u200d🔬", "می\u200cخواهم 👩\u200d🔬"),
        ("\ud83d", "\ufffd"),
        ("\x1b", ""),
    ],
)
def test_cleaning_keeps_languages_and_drops_tricks(text, cleaned):
    assert clean(text) == cleaned


def test_words_and_numbers_read_naturally():
    assert [amount(2.0), amount(0.5), amount(1 / 3)] == ["2", "0.5", "0.33"]
    assert [percent(0), percent(0.001), percent(0.999), percent(1)] == [
        "0 %",
        "1 %",
        "99 %",
        "100 %",
    ]
    assert sentence("the cell a is gone") == "The cell a is gone."
    assert sentence("np.dot is missing.") == "np.dot is missing."
    assert one_line("a\n b" * 100, limit=5) == "a ba…"
    assert shorten("abc", limit=3) == ("abc", "")


def contrast(one: str, two: str) -> float:
    """WCAG 2 contrast of two colours such as #fbfbf9."""
    lights = []
    for colour in (one, two):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        lights.append(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_background(scheme):
    style = (Path(__file__).parents[1] / "grading/templates/style.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", block))
    pairs = [(ink, page) for ink in ("ink", "soft", "link") for page in ("page", "card", "well")]
    pairs += [(tone, f"{tone}-tint") for tone in ("good", "bad", "part", "wait")]
    pairs += [("ink", "part-tint")]
    for ink, page in pairs:
        assert contrast(colours[ink], colours[page]) >= 4.5, (ink, page)
    assert contrast(colours["bar"], colours["page"]) >= 3
