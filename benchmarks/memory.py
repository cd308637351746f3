"""Print the memory held while many submissions are graded: `python benchmarks/memory.py`.

Every process of the grader counts, pages that several share once. It should stay flat.
"""

import argparse
import contextlib
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.grading import copy_course, fill_class
from course.grading import class_run, enter_lesson
from course.lessons import Course, find_course
from course.sample import write_class
from grading.classrun import grade_class
from grading.folders import Folders
from grading.submissions import Submission


def main() -> None:
    """Grade copies of a lesson's sample class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lesson", nargs="?", default="01_perceptron")
    parser.add_argument("--many", type=int, default=1000, help="how many submissions")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        course = copy_course(find_course(), Path(folder) / "course", options.lesson)
        sample = write_class(course.lesson(options.lesson), course.root / "grading/submitted")
        grade_many(course, options.lesson, fill_class(sample, 9), options.many)


def grade_many(course: Course, name: str, submissions: list[Submission], count: int) -> None:
    """Grade copies of a class in a row and print the memory held along the way."""
    folder = course.root / "many"
    copies = []
    for number in range(count):
        original = submissions[number % len(submissions)]
        place = folder / f"student-{number:05d}"
        shutil.copytree(original.folder, place)
        copies.append(Submission(place.name, place))
    folders = Folders(course.root / "grading" / "many")
    enter_lesson(course.lesson(name), folders)
    seen, done, begun = [], [], time.monotonic()

    def watch(result) -> None:
        done.append(result.score)
        if len(done) % max(1, count // 100) == 0:
            seen.append(held())
        if len(done) % max(1, count // 10) == 0:
            print(f"{len(done):6d} graded, {seen[-1]:7.0f} MB held", flush=True)

    grade_class(class_run(course.lesson(name), folders, workers=2), copies, on_result=watch)
    first, last = statistics.median(seen[10:20]), statistics.median(seen[-10:])
    print(f"{count / (time.monotonic() - begun) * 3600:.0f} submissions an hour on two processes")
    print(f"memory from the second to the last tenth: {first:.0f} to {last:.0f} MB")
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


def held() -> float:
    """Return the megabytes of this process and all below it, shared pages counted once each."""
    total, waiting = 0, [os.getpid()]
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            for path in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += [int(child) for child in path.read_text().split()]
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += int(rollup.partition("\nPss:")[2].split()[0])
    return total / 1e3


if __name__ == "__main__":
    main()
