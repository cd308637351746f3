"""The README's picture of a class report: lesson 1's sample class, seen in a browser."""

import io
import json
import tempfile
from pathlib import Path

from PIL import Image

from course.grading import class_run, exercise_headings, lesson_title
from course.lessons import Course, Lesson
from course.sample import write_class
from grading.classrun import grade_all
from grading.errors import UserError
from grading.folders import Folders
from grading.report import class_report

PICTURE = Path("course/site/report.jpg")
LESSON = "01_perceptron"
BROWSER = Path(".venv/browser/ready.json")  # what `make browser` notes down
WIDTH, SHARPNESS, CAUSES = 1120, 1.5, 5  # CSS pixels; pixels of the picture in each; how many
SHOWN = ("scores", "exercises", "misconceptions")
# Two columns, so that the picture is no taller than wide.
ARRANGED = f"""
body.wide {{ max-width: none; padding: 1.5rem 1.25rem; border: 1px solid var(--line);
  display: grid; gap: 0 2.5rem;
  grid-template-columns: 1.12fr 1fr; grid-template-rows: auto auto 1fr auto; }}
main {{ display: contents; }}
main > section {{ display: none; margin: 0; }}
main > section:has({", ".join(f"#{part}" for part in SHOWN)}) {{ display: block; }}
section:has(#scores) {{ grid-area: 1 / 2 / span 3; }}
section:has(#exercises) {{ grid-area: 4 / 1; }}
section:has(#misconceptions) {{ grid-area: 4 / 2; }}
.id {{ display: none; }}
.bars li {{ grid-template-columns: 16.5rem 1fr 11.5rem; }}
.facts {{ column-gap: 1.75rem; }}
.causes li:nth-child(n + {CAUSES + 1}), .causes ~ .quiet {{ display: none; }}
"""


def sample_report(lesson: Lesson) -> str:
    """Grade the sample class of a lesson, record nothing, and return its class report."""
    with tempfile.TemporaryDirectory(prefix="course-") as scratch:
        folders = Folders(Path(scratch))
        handed_in = write_class(lesson, folders.submitted)
        graded = grade_all(class_run(lesson, folders), handed_in)
        results = sorted((one.result for one in graded), key=lambda result: result.student)
    return class_report(results, title=lesson_title(lesson), headings=exercise_headings(lesson))


def draw_report(report: str, browser: Path = BROWSER) -> Image.Image:
    """Return the upper parts of a class report as a browser shows them, in two columns.

    Args:
        report: the page.
        browser: how to start Chromium, as `make browser` notes it down.

    Raises:
        UserError: there is no browser, or the page has no longer all the parts.
    """
    from playwright.sync_api import sync_playwright  # for those who change the course

    if not browser.is_file():
        raise UserError("the picture of the report needs a browser: run make browser")
    told = json.loads(browser.read_text("utf-8"))
    with sync_playwright() as playwright:
        start = {"executable_path": told["executable"], "env": told["environment"] or None}
        chromium = playwright.chromium.launch(**start)
        view = {"width": WIDTH, "height": 800}
        page = chromium.new_page(viewport=view, device_scale_factor=SHARPNESS)
        page.set_content(report)
        missing = [part for part in SHOWN if not page.locator(f"section #{part}").count()]
        if missing:
            raise UserError(f"the class report has no part {', '.join(missing)} to show")
        page.add_style_tag(content=ARRANGED)
        return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")


if __name__ == "__main__":
    page = sample_report(Course(Path.cwd()).lesson(LESSON))
    draw_report(page).save(PICTURE, quality=75, optimize=True)
    print(f"Wrote {PICTURE}")
