"""Write the tree that students may see: notebooks, helpers, data, environment, a page for them."""

import re
import shutil
import tempfile
from pathlib import Path

import nbformat

from course.build import is_stale, notebook_text, tidy
from course.colab import colab_badge
from course.grading import lesson_files, lesson_title
from course.lessons import Course, Lesson
from grading.built import read_built
from grading.cells import grade_id
from grading.errors import UserError
from grading.files import write_whole

SHARED = ("helpers", "data", "LICENSE", "LICENSE-TEXT.md")
LEFT_OUT = ("__pycache__", "*.pyc", ".ipynb_checkpoints", "logs")
NOT_FOR_STUDENTS = ("data/build",)  # scripts that made the data
_MARKS = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS\n")
_TEXTS = {".py", ".ipynb", ".md", ".txt", ".yml", ".toml", ".json", ".mplstyle"}
LINES, SHORTEST = 3, 40  # lines in a row, and characters, that give an answer away
_REGION = re.compile(r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END", re.DOTALL)


def publish(course: Course, lessons: list[Lesson], folder: Path) -> int:
    """Write the students' tree into a new or empty folder; return how many files it has.

    Raises:
        UserError: the folder holds something already, a lesson is not built, or a part of a
            solution would get out. Nothing is left behind then, also where somebody has worked in
            a students' notebook, or its source has changed since.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty: publish into a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".publish-") as scratch:
        tree = Path(scratch) / "tree"
        _write_tree(course, lessons, tree)
        leaks = find_leaks(tree, lessons)
        if leaks:
            raise UserError("not published, it would give away: " + "; ".join(leaks[:5]))
        count = sum(path.is_file() for path in tree.rglob("*"))
        if folder.exists():
            folder.rmdir()
        tree.rename(folder)
    return count


def _write_tree(course: Course, lessons: list[Lesson], tree: Path) -> None:
    tree.mkdir()
    for name in SHARED:
        source = course.root / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
        elif source.is_file():
            shutil.copy(source, tree / name)
    for name in NOT_FOR_STUDENTS:
        shutil.rmtree(tree / name, ignore_errors=True)
    for lesson in lessons:
        release = lesson_files(lesson).release
        if stale := is_stale(lesson):
            raise UserError(f"{stale}: run course build {lesson.name}")
        place = tree / "notebooks" / lesson.name / release.name
        place.parent.mkdir(parents=True)
        write_whole(place, _unexecuted(release))
    write_whole(tree / "requirements.txt", _requirements(course))
    write_whole(tree / "environment.yml", _environment())
    write_whole(tree / "README.md", _readme(course, lessons))


def _unexecuted(release: Path) -> str:
    """Return the text of a students' notebook without what running it has left there."""
    notebook = read_built(release)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    tidy(notebook)
    return notebook_text(notebook)


def _requirements(course: Course) -> str:
    """Return what the notebooks import, with the versions that the course was locked to."""
    wanted = {_name(line) for line in course.settings.get("students", ())}
    if not wanted:
        raise UserError(f"{course.root / 'pyproject.toml'} has no list [tool.course] students")
    lines = (course.root / "requirements.txt").read_text("utf-8").splitlines()
    return "".join(f"{line}\n" for line in lines if _name(line) in wanted)


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    return found[0].lower().replace("_", "-") if found else ""


def _environment() -> str:
    return (
        "name: deep-vision\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.12\n"
        "  - pip\n  - pip:\n      - --requirement requirements.txt\n"
    )


def _readme(course: Course, lessons: list[Lesson]) -> str:
    rows = "\n".join(_row(course, lesson) for lesson in lessons)
    return f"""# Deep learning for computer vision: the notebooks

{rows}

Everything works offline, on the data in `data/`, on any computer with 4 GB of memory and Python
3.11 to 3.13. Two ways in:

```
conda env create --file environment.yml && conda activate deep-vision && jupyter lab notebooks
pip install --requirement requirements.txt && jupyter lab notebooks
```
{_in_colab(course)}
Run the cells from top to bottom. Where a cell says `TODO`, write your answer and delete the line
`raise NotImplementedError`; then run the check below it. It says what is right, what is wrong, and
often why. You can run it as often as you like. A line `# Hidden tests: ...` names what is tried at
grading alone, and a person reads the reflection. The last cell says how far you are.

Stuck? Restart the kernel and run all cells from the top: many a riddle ends there. Then read the
first message that is red, and only that. Then print the shapes.

At the end save the notebook and hand it in under the name that it has. Please do not add, delete or
move cells with checks.
"""


def _in_colab(course: Course) -> str:
    """Return what somebody must know who works in Colab, where the notebooks open there."""
    if not colab_badge(course.repository, ""):
        return ""
    return """
In Colab do *File, Save a copy in Drive* first, and work in that copy: what Colab shows at first is
not saved. At the end do *File, Download, Download .ipynb*, and take "Copy of" out of its name.
"""


def _row(course: Course, lesson: Lesson) -> str:
    """Return a lesson's line in the students' README; it opens in Colab where that can be."""
    path = f"notebooks/{lesson.name}/{lesson.release.name}"
    return f"- [{lesson_title(lesson)}]({path}) {colab_badge(course.repository, path)}".rstrip()


def find_leaks(tree: Path, lessons: list[Lesson]) -> list[str]:
    """Return what of the answers and hidden tests stands in a tree for students.

    A lesson's own notebook must hold no whole answer or hidden test; other files no few lines in a
    row of one. (Lines that the notebooks give to everybody are no secret.)
    """
    texts = {path.relative_to(tree): _text(path) for path in sorted(tree.rglob("*"))}
    given = "\n".join(text for name, text in texts.items() if name.suffix == ".ipynb")
    found = [f"{name}: {mark}" for name, text in texts.items() for mark in _MARKS if mark in text]
    for lesson in lessons:
        for region, cell in secret_regions(lesson):
            place = Path("notebooks", lesson.name, lesson.release.name)
            runs = _runs(region, given)
            found += [
                f"{name}: {cell} in {lesson.name} ({secret[:60]!r})"
                for name, text in texts.items()
                for secret in ([region] if name == place else runs)
                if len(secret) >= SHORTEST and secret in text
            ]
    return found


def secret_regions(lesson: Lesson) -> list[tuple[str, str]]:
    """Return (text without indentation, grade_id) of each answer and each hidden test."""
    return [
        (_stripped(region), grade_id(cell))
        for cell in read_built(lesson.solution).cells
        for region in _REGION.findall(cell.source)
    ]


def _runs(region: str, given: str) -> list[str]:
    """Return the runs of a few lines in a region that no notebook gives to everybody."""
    lines = region.splitlines()
    runs = ["\n".join(lines[at : at + LINES]) for at in range(max(0, len(lines) - LINES + 1))]
    return [run for run in runs if run not in given]


def _stripped(text: str) -> str:
    """Return a text's lines without indentation, empty ones left out."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _text(path: Path) -> str:
    """Return a file's text; of a notebook, that of its cells and outputs; "" of other files."""
    if not path.is_file() or path.suffix not in _TEXTS:
        return ""
    text = path.read_text("utf-8", "replace")
    if path.suffix != ".ipynb":
        return _stripped(text)
    cells = nbformat.reads(text, as_version=4).cells
    outputs = [str(cell.get("outputs", "")) for cell in cells]
    return _stripped("\n".join([*(cell.source for cell in cells), *outputs]))
