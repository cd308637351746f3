"""What the commands around a class do: address, publish, collect, export, similar, site."""

from pathlib import Path

from course import show
from course.address import set_address
from course.banks import read_bank
from course.commands import build_lessons
from course.grades import read_grades
from course.grading import class_folders, lesson_title
from course.lessons import Course, Lesson, find_course
from course.lms.collect import Collected
from course.lms.collect import collect as collect_files
from course.lms.export import canvas_csv, moodle_csv, plain_csv, read_exported
from course.lms.roster import read_roster
from course.publish import publish
from course.similar import similar_pairs
from course.site.build import build_site
from grading.built import read_built
from grading.errors import UserError
from grading.files import write_whole
from grading.record import Recorder, enter_names
from grading.results import MISSING, read_result
from grading.wording import count, one_line


def move_course(url: str) -> None:
    """Set the address that notebooks and badges name, and build the notebooks with it."""
    set_address(find_course(), url)
    build_lessons([])
    then = "Now course publish, and push what it writes to that address."
    show.line(then if url else "No address is set now.")


def publish_course(folder: Path, names: list[str]) -> None:
    """Write the students' tree of the named lessons, or of all, into a new folder."""
    course = find_course()
    _refuse_lesson(course, folder)
    written = count(publish(course, course.pick(names), folder), "file")
    show.line(f"Wrote {written} into {folder}; no answer or hidden test is in them.")


def write_site(folder: Path, names: list[str]) -> None:
    """Write the web pages of the named lessons, or of all."""
    course = find_course()
    _refuse_lesson(course, folder)
    with show.progress("writing the pages"):
        build_site(course.pick(names), folder)
    show.line(f"Open {folder / 'index.html'} in a browser.")


def _refuse_lesson(course: Course, folder: Path) -> None:
    """Refuse a lesson where a new folder should be named: it was forgotten."""
    if str(folder) in [lesson.name for lesson in course.lessons()]:
        raise UserError(f"{folder} is a lesson: name the new folder first")


def collect_class(name: str, download: Path, *, into: Path | None) -> None:
    """Lay out the work of a class for one lesson, and say what was found."""
    course = find_course()
    course.lesson(name)  # refuses what is no lesson
    folders = class_folders(course, into)
    found = collect_files(download, name, folders.submitted, folders.roster(name))
    people = read_roster(folders.roster(name))
    enter_names(folders.gradebook, {person.student: person.name for person in people})
    for line in _told(found):
        show.line(line)
    if found.damaged:
        raise UserError(_told_damaged(found))
    place = "" if into is None else f" --into {into}"
    show.line(f"Next: course grade {name}{place}")


def _told(found: Collected) -> list[str]:
    """Say what a download held, in sentences."""
    source = "folders" if found.system == "folders" else found.system.capitalize()
    lines = [f"{count(len(found.students), 'student')}, from {source}."]
    if found.without:
        lines.append(f"{len(found.without)} without a notebook: {_some(found.without)}.")
    if found.renamed:
        lines.append(f"These share a name and got their number too: {_some(found.renamed)}.")
    if found.aside:
        lines.append(f"{count(len(found.aside), 'file')} left aside: {_some(found.aside)}.")
    return lines


def _told_damaged(found: Collected) -> str:
    """Say which work of a download could not be unpacked, in one sentence."""
    of = f"the work of {count(len(found.damaged), 'student')} could not be unpacked"
    then = "what they had handed in before is kept; download it again and collect it again"
    return f"{of} ({_some(found.damaged)}): {then}"


def export_grades(
    name: str,
    *,
    to: str,
    column: str | None,
    exported: Path | None,
    file: Path | None,
    into: Path | None,
) -> None:
    """Write a lesson's grades as CSV for Canvas, for Moodle or for a spreadsheet."""
    course = find_course()
    lesson = course.lesson(name)
    folders = class_folders(course, into)
    if folders.gradebook.is_file():
        with Recorder(folders.gradebook, course.root) as recorder:
            recorder.renew_penalties(name)
    read = read_grades(folders, name)
    place = folders.roster(name)
    roster = read_roster(place) if to != "csv" or place.is_file() else []
    lost: list[str] = []
    if to == "canvas":
        own = read_exported(exported, column) if exported else None
        title = column or lesson_title(lesson)
        text, lost = canvas_csv(read.grades, roster, title, read.most, own)
    elif to == "moodle":
        text, lost = moodle_csv(read.grades, roster, read.most)
    else:
        text = plain_csv(read.grades, roster, read.most)
    if len(lost) == len(read.grades):
        raise UserError(f"none of the graded students is known from {to}: see {place}")
    target = file or folders.exported(name, to)
    write_whole(target, text)
    show.line(f"Grades of {count(len(read.grades) - len(lost), 'student')}: {target}")
    elsewhere = set(lost) - {entry.student for entry in roster}
    nothing = [one for one in elsewhere if _handed_in_nothing(folders.result(name, one))]
    if unknown := sorted(set(lost) - set(nothing)):
        show.line(f"{count(len(unknown), 'student')} left out, unknown to {to}: {_some(unknown)}.")
    if nothing:
        show.line(f"No line for {count(len(nothing), 'student')} who handed in nothing for {name}.")
    if read.waiting:
        waiting = count(len(read.waiting), "student")
        show.line(f"Answers of {waiting} are still to be graded by hand (formgrader).")


def _handed_in_nothing(place: Path) -> bool:
    result = read_result(place)
    return result is not None and result.status == MISSING


def show_similar(name: str, *, most: int, into: Path | None) -> None:
    """Print the pairs of a graded lesson that share the most unusual code."""
    course = find_course()
    lesson = course.lesson(name)
    results = [read_result(path) for path in class_folders(course, into).results(name)]
    if len(results) < 2:
        raise UserError(f"{name}: two graded submissions are needed: run course grade first")
    answers = {result.student: result.answers for result in results}
    pairs = similar_pairs(answers, _given(lesson), most)
    if not pairs:
        show.line("No two submissions share unusual code.")
        return
    show.pairs(pairs)


def _given(lesson: Lesson) -> list[str]:
    """Return what every student may have: the release, the solution, the bank's answers."""
    cells = [
        cell.source for path in (lesson.release, lesson.solution) for cell in read_built(path).cells
    ]
    bank = read_bank(lesson) if lesson.bank.is_file() else []
    return cells + [answer.source for answer in bank]


def _some(names: list[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(one_line(name, limit=100) for name in names[:most]) + more
