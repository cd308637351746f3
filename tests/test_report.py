"""The class report and its summary on the terminal: right numbers, right size, nothing let in."""

import re
import time
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from grading import charts
from grading.report import class_report
from grading.results import CRASHED, GRADED, MISSING, NOT_ANSWERED, TIMED_OUT, Check, Result
from grading.summary import class_table
from grading.tally import grid, tally
from tests.test_feedback import NASTY, Page, hostile

AXIS, SIGN = "the sum runs over the batch: use axis=1", "the sign is flipped"


def result_of(
    student: str, softmax: float = 1, hidden: float = 1, step: float = 1, **more
) -> Result:
    checks = (
        Check("softmax-check", "softmax", 1, softmax, cause="" if softmax else AXIS),
        Check("softmax-hidden", "softmax", 1, hidden, hidden=True, cause="" if hidden else AXIS),
        Check("step-check", "step", 1, step, cause="" if step else SIGN),
        Check("reflection", "reflection", 2, None),
    )
    return Result("02_mlp", student, **{"status": GRADED, "checks": checks} | more)


CLASS = [
    result_of("ada"),
    result_of("bo", softmax=0, hidden=0),
    result_of("cy", hidden=0),
    result_of("di", step=0, mended=("the cell `step` was there twice",)),
    result_of("ed", status=TIMED_OUT, reason="the notebook ran longer than 60 s"),
    result_of("flo", status=MISSING, reason="no notebook was handed in"),
]


def report_text(results, **more) -> str:
    return " ".join(Page(class_report(results, title="02 · MLP", **more)).text.split())


def printed(results, width: int) -> str:
    screen = StringIO()
    Console(file=screen, width=width).print(class_table(results))
    return screen.getvalue()


def many(number: int) -> list[Result]:
    return [
        result_of(f"s{i:05d}", softmax=float(i % 3 > 0), hidden=float(i % 4 > 0))
        for i in range(number)
    ]


def test_mean_and_median_are_those_of_the_graded():
    class_ = tally(CLASS)
    assert [result.student for result in class_.graded] == ["ada", "bo", "cy", "di"]
    assert class_.scores == [3, 1, 2, 2]
    assert (class_.mean, class_.median, class_.points, class_.waiting) == (2, 2, 3, 2)


def test_an_exercise_counts_as_passed_when_all_its_checks_are():
    softmax, step, reflection = tally(CLASS).exercises
    assert (softmax.passed, softmax.judged, softmax.failed) == (2, 4, 2)
    assert step.share == 0.75
    assert (reflection.judged, reflection.waiting) == (0, 4)


def test_a_misconception_counts_once_a_student_and_the_commonest_comes_first():
    found = tally(CLASS).misconceptions
    assert [(each.cause, each.exercise, each.students) for each in found] == [
        (AXIS, "softmax", ("bo", "cy")),
        (SIGN, "step", ("di",)),
    ]


def test_a_cause_left_on_a_passed_check_is_no_misconception():
    checks = (replace(CLASS[0].checks[0], cause=AXIS),)
    assert tally([result_of("hal", checks=checks)]).misconceptions == []


def test_an_empty_reflection_does_not_raise_the_points_of_the_class():
    checks = (*CLASS[0].checks[:-1], replace(CLASS[0].checks[-1], earned=0.0))
    class_ = tally([*CLASS, result_of("gil", checks=checks)])
    assert (class_.points, class_.waiting) == (3, 2)


def test_the_grid_ranks_students_and_tells_shares_of_the_points():
    rows = grid(tally(CLASS))
    assert rows[0] == ("ada", [1, 1, None])
    assert rows[1] == ("cy", [0.5, 1, None])
    assert rows[-1] == ("bo", [0, 1, None])


def test_a_class_above_200_is_summed_up_by_tenths():
    rows = grid(tally(many(201)))
    assert [name for name, _ in rows][::9] == ["top tenth", "last tenth"]
    assert len(grid(tally(many(200)))) == 200
    assert rows[0][1][0] == 1 > rows[-1][1][0]


@pytest.mark.parametrize("points", [0, 0.5, 1, 20, 23, 25, 26, 100, 1_000_000])
def test_a_histogram_has_a_readable_number_of_bins_that_lose_no_score(points):
    scores = [0, points / 3, points / 2, points, points + 1]
    step, counts = charts.bins(scores, points)
    assert sum(counts) == len(scores)
    assert 1 <= len(counts) <= 26
    assert step * len(counts) > points


def test_the_report_states_its_numbers_in_words():
    text = report_text(CLASS)
    for words in ("5 handed in", "4 graded", "1 not gradable", "2.0 mean of 3", "2 median of 3"):
        number, _, name = words.partition(" ")
        assert f"{name} {number}" in text
    assert "Hardest: softmax (50 %), step (75 %)." in text
    assert "2 students in softmax" in text
    assert "4 answers wait for a person" in text
    assert "The notebook ran longer than 60 s." in text
    assert "The cell step was there twice." in text


def test_who_left_an_exercise_open_is_told_from_who_failed():
    assert "open" not in report_text(CLASS).lower()
    told = {"softmax-check": NOT_ANSWERED, "softmax-hidden": NOT_ANSWERED}
    open_, half = (
        tuple(
            replace(check, earned=min(check.earned or 0, 0), message=said.get(check.grade_id, ""))
            for check in CLASS[0].checks[:2]
        )
        for said in (told, {"softmax-check": NOT_ANSWERED})
    )
    class_ = [*CLASS, result_of("gil", checks=open_), result_of("hal", checks=half)]
    assert tally(class_).exercises[0].unanswered == 1
    assert "33 %, 4 did not (1 open)" in report_text(class_)
    assert "Open: left as it was handed out." in report_text(class_)


def test_exercises_go_by_their_headings_with_the_grade_id_beside_them():
    text = report_text(CLASS, headings={"softmax": "Exercise 5 · a softmax"})
    assert "Hardest: Exercise 5 · a softmax softmax (50 %), step (75 %)." in text
    assert "2 students in Exercise 5 · a softmax softmax" in text
    assert "Exercise 5 · a softmax: 50 % passed" in text  # what the bar is called


def test_a_wrong_choice_is_told_as_what_was_chosen():
    wrong = [
        Check("ten-check", "ten", 1, 0.0, cause="both grow", choice=letter) for letter in "adaa"
    ]
    results = [result_of(f"s{i}", checks=(check,)) for i, check in enumerate(wrong)]
    assert [len(found.students) for found in tally(results).misconceptions] == [3, 1]
    assert "chose a; why not: both grow" in report_text(results)
    assert re.search(r"3 +chose a; why not: both grow +ten", printed(results, 120))


def test_students_link_to_their_pages_and_odd_names_stay_inside_the_path():
    links = {"ada": "../feedback/ada/02_mlp/mlp.html", "bo": "javascript:alert(1)#?"}
    page = Page(class_report(CLASS, title="t", links=links))
    hrefs = {value for name, value in page.attributes if name == "href"}
    assert hrefs == {"../feedback/ada/02_mlp/mlp.html", "javascript%3Aalert%281%29%23%3F"}


def test_every_picture_has_a_role_and_a_label():
    page = class_report(CLASS, title="t")
    pictures = re.findall(r"<svg [^>]*>", page)
    assert len(pictures) >= 6
    assert all('role="img"' in each and 'aria-label="' in each for each in pictures)


def test_a_hostile_class_gets_nothing_through():
    results = [replace(hostile(NASTY), student=f"{NASTY}{i}", status=GRADED) for i in range(3)]
    results.append(replace(hostile(NASTY), status=NASTY))
    html = class_report(results, title=NASTY, links={results[0].student: NASTY})
    page = Page(html)
    assert not {"script", "img", "i", "iframe", "link"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    html.encode("utf-8")


@pytest.mark.parametrize("results", [[], CLASS[4:], CLASS[:1]], ids=["none", "no graded", "one"])
def test_a_small_or_empty_class_still_gives_both_reports(results):
    assert "MLP" in report_text(results)
    assert "graded" in printed(results, 80)


def test_a_thousand_students_make_a_small_page_quickly():
    results = many(1_000)
    begun = time.perf_counter()
    page = class_report(results, title="t", links={r.student: "../a.html" for r in results})
    assert time.perf_counter() - begun < 5
    assert len(page) < 500_000
    assert page.count("<tr>") == 1_001


@pytest.mark.parametrize("width", [80, 120])
def test_the_summary_fits_the_terminal(width):
    names = [result_of("x" * 60, status=CRASHED, reason="long " * 40), *CLASS]
    lines = printed(names, width).splitlines()
    assert max(map(len, lines)) <= width
    assert lines[0].startswith("4 submissions graded, mean 2.0 and median 2 of 3 points")


def test_the_summary_tells_who_failed_what_and_why():
    text = printed(CLASS, 120)
    assert re.search(r"softmax +50 % +█{10}░{10} +2", text)
    assert re.search(rf"2 +{AXIS} +softmax", text)
    assert re.search(r"ed +timed out +The notebook ran longer than 60 s\.", text)


def test_markup_and_escapes_in_names_stay_text_on_the_terminal():
    odd = result_of("[red]x[/red]\x1b[2J", status=CRASHED, reason="[bold]no")
    text = printed([odd, *CLASS], 120)
    assert "[red]x[/red]" in text and "[bold]no" in text and "\x1b" not in text
