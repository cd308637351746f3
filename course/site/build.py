"""Build the site: `course site DIR`."""

import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from course.grading import lesson_files
from course.lessons import Lesson
from course.overview import COLUMNS, cover_words, read_overview
from course.site.pages import write_pages
from grading.errors import UserError

_HERE = Path(__file__).resolve().parent


def build_site(lessons: list[Lesson], folder: Path) -> None:
    """Write the site of some lessons into a folder; what is there already is replaced.

    Raises:
        UserError: Sphinx is missing, a lesson is not built, Sphinx warned of something, or the
            folder holds something else than a site.
    """
    _require_replaceable(folder)
    if not find_spec("myst_nb"):
        raise UserError("the site needs Sphinx and MyST-NB: run make site")
    for lesson in lessons:
        lesson_files(lesson)
    with tempfile.TemporaryDirectory(prefix="course-site-") as scratch:
        source, built = Path(scratch) / "source", Path(scratch) / "html"
        _write_source(lessons, source)
        options = ["-b", "html", "-q", "--fail-on-warning", "-d", Path(scratch) / "doctrees"]
        command = [sys.executable, "-m", "sphinx", *options, source, built]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            raise UserError(f"Sphinx could not write the site: {run.stderr.strip()[-500:]}")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(built, folder)


def _require_replaceable(folder: Path) -> None:
    """Refuse a folder that holds something else than an older site."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "searchindex.js").is_file():
        raise UserError(f"{folder} holds something else than a site: choose another folder")


def _write_source(lessons: list[Lesson], source: Path) -> None:
    write_pages(lessons, source)
    shutil.copy(_HERE / "conf.py", source)
    shutil.copy(_HERE / "cover.jpg", source)
    (source / "_static").mkdir()
    shutil.copy(_HERE / "site.css", source / "_static")
    (source / "index.md").write_text(_index(lessons), "utf-8")


def _index(lessons: list[Lesson]) -> str:
    """Return the first page: what this is, a picture, and a table of the lessons."""
    heads = f"| {' | '.join(COLUMNS)} | Notebook |"
    table = "\n".join([heads, "|---|---|---|---|", *map(_row, lessons)])
    pages = "\n".join(f"{lesson.name}/solution" for lesson in lessons)
    tree = f"```{{toctree}}\n:hidden:\n:titlesonly:\n\n{pages}\n```\n"
    cover = f"![{cover_words(lessons[0].course)}](cover.jpg)"
    page = (_HERE / "index.md").read_text("utf-8")
    return page.replace("COVER", cover).replace("LESSONS", f"{table}\n\n{tree}")


def _row(lesson: Lesson) -> str:
    """Return a lesson's row: the README's words, and links to read it and to solve it."""
    told = read_overview(lesson)
    solve = f"solve lesson {int(lesson.name.split('_')[0])}"
    return (
        f"| [{told.name}]({lesson.name}/solution.ipynb) | {told.you_build} | {told.runs_in} "
        f"| [{solve}]({lesson.name}/notebook.ipynb) |"
    )
