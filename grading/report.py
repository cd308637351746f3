"""The instructor's report on one lesson and a whole class: one page that needs only a browser."""

from collections.abc import Mapping
from urllib.parse import quote

from grading import charts
from grading.pages import render
from grading.results import Result
from grading.tally import ROWS_AT_MOST, Exercise, Misconception, Tally, grid, tally
from grading.wording import count, percent, sentence, shorten

MISCONCEPTIONS_AT_MOST = 12
HARDEST = 3
NAMES_AT_MOST = 40


def class_report(
    results: list[Result],
    *,
    title: str,
    links: Mapping[str, str] | None = None,
    headings: Mapping[str, str] | None = None,
) -> str:
    """Write the class report: self-contained HTML without scripts.

    Args:
        results: one result for each student, missing submissions included.
        title: the lesson's title, such as "02 · Multi-layer perceptron".
        links: for each student, the path of the feedback page relative to the report's folder.
        headings: for each exercise, its heading in the lesson's notebook.
    """
    class_ = tally(results)
    hrefs = {
        student: quote(path, safe="/", errors="replace") for student, path in (links or {}).items()
    }
    return render(
        "report.html",
        title=title,
        headings=headings or {},
        class_=class_,
        handed_in=len(class_.graded) + len(class_.others),
        histogram=charts.histogram(class_.scores, class_.points),
        bars=[_exercise_bar(exercise, headings or {}) for exercise in class_.exercises],
        hardest=_hardest(class_),
        misconceptions=_misconception_bars(class_),
        more=max(0, len(class_.misconceptions) - MISCONCEPTIONS_AT_MOST),
        heat=charts.heat_map(grid(class_), [exercise.name for exercise in class_.exercises]),
        by_tenths=len(class_.graded) > ROWS_AT_MOST,
        students=sorted(results, key=lambda result: result.student.casefold()),
        unread=[
            (result, sentence(shorten(result.reason, limit=500)[0]))
            for result in [*class_.others, *class_.missing]
        ],
        hrefs=hrefs,
        names_at_most=NAMES_AT_MOST,
    )


def _hardest(class_: Tally) -> list[Exercise]:
    failed = [each for each in class_.exercises if each.failed and not each.waiting]
    return sorted(failed, key=lambda exercise: exercise.share)[:HARDEST]


def _exercise_bar(exercise: Exercise, headings: Mapping[str, str]):
    words = f"{headings.get(exercise.name, exercise.name)}: {percent(exercise.share)} passed"
    return exercise, charts.share_bar(exercise.share, words)


def _misconception_bars(class_: Tally) -> list:
    return [
        (found, _misconception_bar(found, len(class_.graded)))
        for found in class_.misconceptions[:MISCONCEPTIONS_AT_MOST]
    ]


def _misconception_bar(found: Misconception, class_size: int):
    words = f"{count(len(found.students), 'student')} of {class_size:,}"
    return charts.share_bar(len(found.students) / class_size, words)
