"""What a student writes in Markdown runs nothing in a browser, and stays readable."""

import re

import pytest
from nbconvert.filters import markdown2html

from grading.harmless import harmless_markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JavaScript\\:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
]
LIVE = re.compile(r"(?i)<(script|img[^>]*onerror|svg)|(href|src)=[\"']?\s*(javascript|data)\s*:")


@pytest.mark.parametrize("text", ATTACKS)
def test_no_attack_is_live_on_a_page(text):
    assert not LIVE.search(markdown2html(harmless_markdown(text)))


def test_the_attacks_are_live_without_it():
    live = [text for text in ATTACKS if LIVE.search(markdown2html(text))]
    assert len(live) >= 6


@pytest.mark.parametrize("text", ["The data: 3 < 4, *a* & b", "$x < y$", "[a](https://a.org)"])
def test_plain_words_stay_as_they_are(text):
    assert harmless_markdown(text) == text
