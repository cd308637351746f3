"""Grade one class with plain nbgrader and with this grader: `python benchmarks/grading.py`.

Both grade the lesson's sample class in the same run on the same machine, one submission at a time.
The scores must agree. The mangled submissions, which nbgrader cannot grade as they are, stay out.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course.grading import class_run, enter_lesson
from course.lessons import Course, find_course
from course.sample import write_class
from grading import classrun
from grading.classrun import grade_class
from grading.folders import Folders
from grading.submissions import Submission

MANGLED = ("juno-", "kofi-", "lena-", "milo-")  # plain nbgrader cannot grade these as they are


def main() -> None:
    """Run both graders and print seconds a submission, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lesson", nargs="?", default="02_mlp")
    parser.add_argument("--students", type=int, default=20, help="how many of them")
    parser.add_argument("--costs", type=Path, help="write the measured costs there, as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        course = copy_course(find_course(), Path(folder) / "course", options.lesson)
        submissions = write_class(course.lesson(options.lesson), course.root / "grading/submitted")
        honest = fill_class(submissions, options.students)
        ours = grade_ours(course, options.lesson, honest, "ours")
        whole = grade_ours(course, options.lesson, honest, "whole", whole=True)
        plain = grade_plain(course, options.lesson)
        report(ours, whole, plain)
        if options.costs:
            options.costs.write_text(json.dumps({key: ours[key] for key in COSTS}))


COSTS = ("seconds", "start", "record")


def fill_class(sample: list[Submission], students: int) -> list[Submission]:
    """Make a class of some size of the sample's submissions, without the mangled ones."""
    honest = [item for item in sample if not item.student.startswith(MANGLED)]
    for item in set(sample) - set(honest):
        shutil.rmtree(item.folder)
    for number in range(len(honest), students):
        original = honest[number % len(honest)]
        place = original.folder.with_name(f"{original.student}-{number}")
        shutil.copytree(original.folder, place)
        honest.append(Submission(place.name, place))
    return honest[:students]


def copy_course(course: Course, place: Path, lesson: str) -> Course:
    """Copy what grading needs of a course tree."""
    for name in ("helpers", "data", "solutions", "notebooks", "course"):
        shutil.copytree(course.root / name, place / name, symlinks=True)
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(course.root / name, place)
    (place / "tests/variants").mkdir(parents=True)
    shutil.copy(course.lesson(lesson).bank, place / "tests/variants")
    return Course(place)


def grade_ours(course: Course, name: str, submissions: list[Submission], folder: str, **how):
    """Grade with this grader; return scores, seconds a submission and the fixed costs."""
    lesson, folders = course.lesson(name), Folders(course.root / "grading" / folder)
    enter_lesson(lesson, folders)
    begun, moments = time.monotonic(), []
    run = class_run(lesson, folders, workers=1, **how)
    with timed_recorder() as recorded:
        results = grade_class(
            run, submissions, on_result=lambda _: moments.append(time.monotonic())
        )
    return {
        "scores": {result.student: result.score for result in results},
        "seconds": [result.seconds for result in results],
        "start": moments[0] - begun - results[0].seconds,
        "record": statistics.median(recorded),
        "all": moments[-1] - begun,
    }


@contextlib.contextmanager
def timed_recorder():
    """Yield a list that fills with the seconds that keeping each result takes."""
    keep, seconds = classrun._keep, []

    def timed(*arguments) -> None:
        begun = time.monotonic()
        keep(*arguments)
        seconds.append(time.monotonic() - begun)

    with mock.patch.object(classrun, "_keep", timed):
        yield seconds


def grade_plain(course: Course, name: str) -> dict:
    """Grade with `nbgrader autograde`; return scores and the seconds of the whole class."""
    environment = {
        **os.environ,
        "COURSE_ROOT": str(course.root),
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    enter_lesson(course.lesson(name), Folders(course.root / "grading"))
    begun = time.monotonic()
    command = [sys.executable, "-m", "nbgrader", "autograde", name, "--log-level=ERROR"]
    subprocess.run(command, cwd=course.root, env=environment, stderr=subprocess.DEVNULL)
    return {"scores": read_scores(course, name), "all": time.monotonic() - begun}


def read_scores(course: Course, name: str) -> dict[str, float]:
    """Return each student's automatic points in nbgrader's gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root}/grading/gradebook.db") as book:
        graded = book.assignment_submissions(name)
        return {
            item.student.id: sum(
                grade.auto_score or 0 for n in item.notebooks for grade in n.grades
            )
            for item in graded
        }


def report(ours: dict, whole: dict, plain: dict) -> None:
    """Print both graders side by side."""
    count = len(ours["scores"])
    differ = {s: (v, plain["scores"].get(s)) for s, v in ours["scores"].items()}
    differ = {s: pair for s, pair in differ.items() if pair[0] != pair[1]}
    each = {"plain nbgrader": plain, "this grader, every cell": whole, "this grader": ours}
    print(f"{count} submissions, one at a time")
    for name, side in each.items():
        ratio = plain["all"] / side["all"]
        print(f"{name:24} {side['all'] / count:7.2f} s a submission  {ratio:6.1f} times as fast")
    warm = plain["all"] / count / statistics.median(ours["seconds"])
    print(
        f"once started, this grader takes {statistics.median(ours['seconds']):.2f} s: {warm:.0f} x"
    )
    print(f"starting it takes {ours['start']:.1f} s, recording a result {ours['record']:.3f} s")
    print("scores agree" if not differ else f"SCORES DIFFER (ours, plain): {differ}")


if __name__ == "__main__":
    main()
