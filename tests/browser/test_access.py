"""axe-core finds nothing serious on the pages for students and instructors, light or dark."""

from pathlib import Path

import pytest

from course.lessons import Course
from tests.browser.install import FOLDER
from tests.conftest import ROOT

AXE = FOLDER / "node_modules/axe-core/axe.min.js"
LESSONS = [lesson.name for lesson in Course(ROOT).lessons()]
SITE_PAGES = [
    *("index.html", "search.html"),
    *(f"{name}/{page}.html" for name in LESSONS for page in ("solution", "notebook")),
]
OPEN_ALL = "() => document.querySelectorAll('details').forEach(part => { part.open = true; })"
FORMULAS_SET = "() => new Promise(done => (window.MathJax ? MathJax.Hub.Queue(done) : done()))"
ONE_WORD_OF_EACH_LOOK = """() => {  // of code: its thousands of words share a few colours
  const path = part => part ? `${path(part.parentElement)} ${part.tagName}.${part.className}` : '';
  const seen = new Set();
  for (const word of document.querySelectorAll('.highlight span')) {
    const look = path(word), short = word.textContent.trim().length < 2;  // axe skips one letter
    if (short || seen.has(look)) word.replaceWith(...word.childNodes);
    else seen.add(look);
  }
}"""
FIND = "() => axe.run({resultTypes: ['violations']}).then(found => found.violations)"


def problems(page, path: Path) -> list[str]:
    """Return what axe finds serious or critical on a page, everything on it unfolded."""
    page.goto(path.as_uri())
    page.evaluate(OPEN_ALL)
    page.evaluate(FORMULAS_SET)
    page.evaluate(ONE_WORD_OF_EACH_LOOK)
    page.evaluate(AXE.read_text("utf-8"))
    return [*found_in(page, "light"), *found_in(page, "dark")]


def found_in(page, scheme: str) -> list[str]:
    """Return what axe finds serious or critical in the light or the dark scheme."""
    page.emulate_media(color_scheme=scheme)
    return [
        f"{scheme}: {rule['id']}: {node['failureSummary']} {node['html'][:200]}"
        for rule in page.evaluate(FIND)
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("name", SITE_PAGES)
def test_the_site_can_be_read_by_all(page, site, name):
    assert problems(page, site / name) == []


@pytest.mark.parametrize("name", ["feedback/dora-mistakes/01_toy/toy.html", "reports/01_toy.html"])
def test_graded_work_can_be_read_by_all(page, graded, name):
    assert problems(page, graded.root / "grading" / name) == []


def test_axe_finds_what_cannot_be_seen_and_what_cannot_be_read(page, tmp_path):
    style = "@media (prefers-color-scheme: dark) { p { color: #777; background: #666; } }"
    text = f"<style>{style}</style><details><img src='a.png'></details><p>dim</p>"
    (tmp_path / "page.html").write_text(f"<!doctype html>{text}")
    found = "\n".join(problems(page, tmp_path / "page.html"))
    assert "light: image-alt" in found
    assert "dark: color-contrast" in found and "light: color-contrast" not in found


def test_axe_finds_a_word_of_code_that_cannot_be_read(page, tmp_path):
    style = ".dim { color: #aaa; } body { background: #fff; color: #000; }"
    code = "<pre>" + "<span class='dim'>dim</span> <span class='k'>fine</span> " * 3 + "</pre>"
    text = f"<!doctype html><style>{style}</style><div class='highlight'>{code}</div>"
    (tmp_path / "page.html").write_text(text)
    found = problems(page, tmp_path / "page.html")
    (word,) = (line for line in found if line.startswith("light: color-contrast"))
    assert "dim" in word
