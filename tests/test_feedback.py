"""A student's feedback page: what it says, in which order, and what it never lets through."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from grading.feedback import feedback_page
from grading.results import (
    CRASHED,
    GRADED,
    MISSING,
    TIMED_OUT,
    UNGRADABLE,
    UNREADABLE,
    Check,
    Result,
    from_json,
    to_json,
)

CAUSE = "the sum runs over the batch: use axis=1"
MESSAGE = "softmax(s): row 0, column 1 is 0.2, expected 0.1\nexpected\n[0.1]\ngot\n[0.2]"
CHECKS = (
    Check("sigmoid-check", "sigmoid", 1, 1.0),
    Check("softmax-check", "softmax", 1, 0.0, message=MESSAGE, cause=CAUSE),
    Check("softmax-hidden", "softmax", 1, 0.0, hidden=True, covers="huge scores", message="42.17"),
    Check("relu-check", "relu", 2, 2.0),
    Check("relu-hidden", "relu", 1, 0.0, hidden=True, covers="zeros", cause="0 counts as positive"),
    Check("reflection", "reflection", 2, None),
)
ANSWERS = {"sigmoid": "def sigmoid(x): ...", "softmax": "def softmax(s):\n    return s"}
RESULT = Result("02_mlp", "ada", GRADED, checks=CHECKS, answers=ANSWERS)
NASTY = (
    "<script>alert(1)</script></style></pre></title><img src=x onerror=alert(1)>"
    "{{ 7 * 7 }}\x1b[31mred\x1b[0m\x1b]8;;http://x.example\x07link\x1b]8;;\x07\x00\x08"
    '\u202egnp.exe\u2066 \ud800 naïve 学生 😀 `<i>` \' onclick="x"'
)


class Page(HTMLParser):
    """Collects the tags, attributes and text of a page, and asserts that its tags are balanced."""

    VOID = ("meta", "rect", "line", "circle", "path", "br")

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.attributes, self.text, self.open = [], [], "", []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def page_of(**changes) -> Page:
    return Page(feedback_page(replace(RESULT, **changes), title="02 · Perceptrons"))


def text_of(**changes) -> str:
    return " ".join(page_of(**changes).text.split())


def hostile(text: str) -> Result:
    checks = (
        Check(text, text, 1, 0.0, message=f"{text}\n{text}", cause=text),
        Check(text, "b", 1, 0.0, hidden=True, covers=text, message=text, cause=text),
        Check("c", "c", 1, None),
    )
    answers = {text: text, "c": text}
    return Result(text, text, CRASHED, text, checks, answers, mended=(text,))


def test_the_score_stands_at_the_top_with_what_waits_for_a_person():
    text = text_of()
    assert "3 of 6 points; 2 more wait for a person" in text
    assert text.index("3 of 6") < text.index("Look at this first")


def test_the_misconceptions_are_named_first_in_the_order_of_the_lesson():
    text = text_of()
    first = text[text.index("Look at this first") :]
    assert first.index(CAUSE) < first.index("0 counts as positive") < first.index("passed")


def test_each_verdict_is_told_in_words():
    text = text_of()
    for words in ("✓ passed", "✗ not passed", "◐ passed in part", "… waits for a person"):
        assert words in text


def test_the_cause_is_named_once_and_set_apart_from_the_values():
    said = f"{MESSAGE}\nLikely cause: {CAUSE}"
    page = feedback_page(replace(RESULT, checks=(replace(CHECKS[1], message=said),)), title="t")
    assert page.count("Likely cause:") == 1
    assert "expected\n[0.1]\ngot\n[0.2]</pre>" in page


def test_a_wrong_choice_is_told_why_not_and_never_as_a_cause():
    said = "ten times: a is not it\nWhy not a: both grow"
    check = Check("ten-check", "ten", 1, 0.0, message=said, cause="both grow", choice="a")
    text = text_of(checks=(check,))
    assert "ten Why not a: both grow" in text  # what to look at first
    assert "ten times: a is not it Why not a: both grow" in text
    assert "Likely cause" not in text


def test_a_result_from_before_choices_were_kept_is_still_shown():
    said = "ten times: a is not it\nLikely cause: both grow"
    check = Check("ten-check", "ten", 1, 0.0, message=said, cause="both grow")
    data = json.loads(to_json(replace(RESULT, checks=(check,))))
    assert data["checks"][0].pop("choice") == ""
    page = feedback_page(from_json(json.dumps(data)), title="t")
    assert page.count("Likely cause:") == 1


def test_an_exercise_goes_by_its_heading_with_its_grade_id_beside_it():
    headings = {"softmax": "Exercise 2 · a <b> softmax", "relu": "Exercise 3 · `relu`"}
    page = Page(feedback_page(RESULT, title="t", headings=headings))
    text = " ".join(page.text.split())
    assert f"Exercise 2 · a <b> softmax softmax {CAUSE}" in text  # what to look at first
    assert "✗ Exercise 2 · a <b> softmax: not passed" in text  # the overview
    assert "Exercise 2 · a <b> softmax softmax ✗ not passed 0 of 2 points" in text
    assert "sigmoid ✓ passed 1 of 1 point" in text  # no heading: the grade_id alone


def test_exercises_that_share_a_heading_are_told_apart():
    both = dict.fromkeys(("softmax", "relu"), "Exercises 6 and 7 · two")
    text = " ".join(Page(feedback_page(RESULT, title="t", headings=both)).text.split())
    assert "✗ Exercises 6 and 7 · two softmax: not passed" in text
    assert "◐ Exercises 6 and 7 · two relu: passed in part" in text


def test_what_an_error_means_is_set_apart():
    said = "NotImplementedError\nWhat it means: this exercise is still open"
    text = text_of(checks=(replace(CHECKS[1], message=said, cause=""),))
    assert "softmax this exercise is still open" in text
    assert "NotImplementedError What it means: this exercise is still open" in text


def test_a_hidden_check_shows_what_it_covers_and_never_its_message():
    text = text_of()
    assert "Hidden check: huge scores" in text
    assert "42.17" not in text


def test_a_passed_exercise_is_folded_and_a_failed_one_is_not():
    page = feedback_page(RESULT, title="t")
    folded = "".join(re.findall(r"<details>.*?</details>", page, re.DOTALL))
    assert "def sigmoid" in folded
    assert "def softmax" in page and "def softmax" not in folded


def test_a_clean_submission_is_told_so_in_one_sentence():
    assert "Every check passed." in text_of(checks=CHECKS[:1])
    assert "Every automatic check passed." in text_of(checks=(CHECKS[0], CHECKS[-1]))


def test_what_was_left_open_is_no_mistake():
    """A student who has half of the lesson yet to do reads first what went wrong in the rest."""
    passed = CHECKS[0]
    empty = [replace(CHECKS[-1], earned=0.0, message="no answer")]
    for grade_id, hidden in (("dice-check", False), ("dice-hidden", True)):
        facts = {"grade_id": grade_id, "exercise": "dice", "hidden": hidden, "cause": ""}
        empty.append(replace(CHECKS[1], **facts, message="this exercise is not answered yet"))
    text = text_of(checks=(passed, *empty))
    assert "Every check of what you answered passed. Not answered yet: 2 exercises," in text
    assert "Look at this first" not in text and "not passed" not in text
    text = text_of(checks=(CHECKS[1], *empty))
    assert "Not answered yet: 2 exercises" in text.partition("Look at this first")[2]
    assert "every check" not in text_of(checks=tuple(empty)).lower()


def test_an_exercise_that_was_answered_in_part_has_not_passed():
    half = replace(
        CHECKS[1], exercise="dice", message="this exercise is not answered yet", cause=""
    )
    tried = replace(CHECKS[1], exercise="dice", grade_id="dice-check2")
    assert "not passed" in text_of(checks=(half, tried))


def test_what_was_mended_is_a_sentence():
    assert "The cell relu was there twice." in text_of(mended=("the cell `relu` was there twice",))


EMPTY = (UNREADABLE, MISSING, UNGRADABLE)


@pytest.mark.parametrize("status", [*EMPTY, CRASHED, TIMED_OUT, "unheard of"])
def test_another_status_says_what_happened_and_why(status):
    text = text_of(status=status, reason="the file holds no notebook")
    assert "The file holds no notebook." in text
    assert ("sigmoid" in text) == (status not in EMPTY)


def test_a_lesson_without_checks_has_0_points():
    assert "0 points Feedback for ada" in text_of(status=MISSING, checks=())


def test_a_hostile_student_gets_no_tag_attribute_or_control_character_through():
    html = feedback_page(hostile(NASTY), title=NASTY)
    page = Page(html)
    assert not {"script", "img", "i", "iframe", "link"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    assert html.count("</style>") == 1
    assert "{{ 7 * 7 }}" in page.text and "naïve 学生 😀" in page.text
    html.encode("utf-8")


def test_the_page_asks_the_network_for_nothing():
    page = feedback_page(hostile("http://x.example/a.png"), title="t")
    assert "default-src 'none'" in page
    assert all(value.startswith("#") for name, value in Page(page).attributes if name == "href")
    assert "url(" not in page and "@import" not in page


def test_every_link_inside_the_page_has_its_target():
    attributes = page_of().attributes
    targets = {f"#{value}" for name, value in attributes if name == "id"}
    assert {value for name, value in attributes if name == "href"} <= targets
    assert len(targets) == sum(name == "id" for name, _ in attributes)


def test_a_message_of_a_megabyte_is_cut_and_said_to_be():
    check = replace(CHECKS[1], message="x" * 1_000_000)
    page = feedback_page(replace(RESULT, checks=(check,)), title="t")
    assert len(page) < 40_000
    assert "Only the first 4,000 characters are shown; the whole text has 1,000,000." in page


def test_an_answer_is_cut_after_20_000_characters_and_said_to_be():
    answers = {"softmax": "y = 1\n" * 50_000}
    page = feedback_page(replace(RESULT, checks=CHECKS[1:2], answers=answers), title="t")
    assert len(page) < 60_000
    assert "Only the first 20,000 characters are shown" in page
