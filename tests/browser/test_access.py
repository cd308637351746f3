"""axe-core finds nothing serious on the pages for students and instructors, light or dark."""

from pathlib import Path

import pytest

from tests.browser.install import FOLDER

AXE = FOLDER / "node_modules/axe-core/axe.min.js"
SITE_PAGES = ("index.html", "01_perceptron/solution.html", "01_perceptron/notebook.html")
OPEN_ALL = "() => document.querySelectorAll('details').forEach(part => { part.open = true; })"
FORMULAS_SET = "() => new Promise(done => (window.MathJax ? MathJax.Hub.Queue(done) : done()))"


def problems(browser, path: Path, scheme: str) -> list[str]:
    """Return what axe finds serious or critical on a page, everything on it unfolded."""
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate(OPEN_ALL)
        page.evaluate(FORMULAS_SET)
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("() => axe.run()")["violations"]
    return [
        f"{rule['id']}: {node['failureSummary']} {node['html'][:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SITE_PAGES)
def test_the_site_can_be_read_by_all(browser, site, name, scheme):
    assert problems(browser, site / name, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["feedback", "report"])
def test_graded_work_can_be_read_by_all(browser, graded, kind, scheme):
    grading = graded.root / "grading"
    reports = {
        "feedback": grading / "feedback/dora-mistakes/01_toy/toy.html",
        "report": grading / "reports/01_toy.html",
    }
    assert problems(browser, reports[kind], scheme) == []


def test_axe_finds_a_picture_without_a_description(browser, tmp_path):
    (tmp_path / "page.html").write_text("<details><img src='a.png'></details>")
    assert any(
        found.startswith("image-alt")
        for found in problems(browser, tmp_path / "page.html", "light")
    )
