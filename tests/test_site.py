"""The site works without a network, describes every figure, folds answers, and finds lessons."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from course.lessons import Course
from course.overview import read_overview
from course.publish import secret_regions
from course.site.pages import _plain_regions, notebook_page
from tests.conftest import ROOT

NAMES = [lesson.name for lesson in Course(ROOT).lessons()]


class Page(HTMLParser):
    """What a page links to, its images, ids and details."""

    def __init__(self, path: Path):
        super().__init__()
        self.links, self.images, self.ids, self.folded = [], [], set(), 0
        self.text = path.read_text("utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.ids.add(told.get("id"))
        self.folded += tag == "details"
        if tag == "img":
            self.images.append(told)
        if tag in ("a", "link", "script", "img"):
            address = told.get("href") or told.get("src") or ""
            self.links.append((tag, address))


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html")}


def test_every_link_leads_somewhere(site, pages):
    broken = []
    for path, page in pages.items():
        for _, address in page.links:
            parts = urlsplit(address)
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages[target].ids if target in pages and parts.fragment else {parts.fragment}
            if not target.exists() or unquote(parts.fragment) not in {*known, ""}:
                broken.append(f"{path.relative_to(site)}: {address}")
    assert broken == []


def test_nothing_is_fetched_from_a_network(pages):
    fetched = [
        address
        for page in pages.values()
        for tag, address in page.links
        if tag != "a" and urlsplit(address).scheme in ("http", "https")
    ]
    assert fetched == []


def test_every_figure_is_described(site, pages):
    for name in NAMES:
        images = pages[site / name / "solution.html"].images
        figures = [image for image in images if image["src"].startswith("data:")]
        assert len(figures) >= 5, name
        assert all(len(image["alt"]) > 10 for image in figures), name


def test_formulas_are_formulas(pages):
    for path, page in pages.items():
        outside = re.sub(r"(?s)<(pre|code|script)\b.*?</\1>", "", page.text)
        assert "$" not in outside, path


def test_headings_stay_and_marks_of_regions_go():
    text = "### A heading\n### BEGIN SOLUTION\nthe answer\n### END SOLUTION"
    assert _plain_regions(text) == "### A heading\nthe answer"


def test_answers_are_folded_and_not_in_the_notebook_to_solve(site, pages):
    for name in NAMES:
        solved = pages[site / name / "solution.html"]
        assert solved.text.count("Show the answer") >= 5
        assert solved.folded >= 15
        unsolved = re.sub(r"<[^>]+>", "", pages[site / name / "notebook.html"].text)
        lines = {line.strip() for line in unsolved.splitlines()}
        for region, cell in secret_regions(Course(ROOT).lesson(name)):
            answer = [line for line in region.splitlines() if len(line) > 20]
            assert not (len(answer) > 1 and lines.issuperset(answer)), cell


def test_the_search_index_finds_a_lesson_once(site):
    text = (site / "searchindex.js").read_text()
    index = json.loads(text[text.index("{") : text.rindex("}") + 1])
    page = index["docnames"].index("02_mlp/solution")
    assert index["titleterms"]["backpropag"] == page
    twin = index["docnames"].index("02_mlp/notebook")  # to solve: the same words
    found = [*index["terms"].values(), *index["titleterms"].values()]
    assert len(found) > 1000
    assert not any(twin in (pages if isinstance(pages, list) else [pages]) for pages in found)


def test_the_front_page_shows_the_cover_and_tells_the_lessons_apart(site, pages):
    front = pages[site / "index.html"]
    assert len(front.images[0]["alt"]) > 50 and (site / front.images[0]["src"]).is_file()
    text = " ".join(re.sub(r"<[^>]+>", "", html.unescape(front.text)).split())
    for number, lesson in enumerate(Course(ROOT).lessons(), start=1):
        told = read_overview(lesson)
        assert told.you_build.replace("'", "’") in text and told.name in text
        assert f"solve lesson {number}" in text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "into `notebooks/01_toy/` of the course's folder: it needs the `helpers/` and"),
        ("https://github.com/ada/course", "open it in Colab](https://colab.research.google.com/g"),
        ("https://example.org/course", "toy.ipynb>`: its first cell fetches the course"),
    ],
)
def test_a_notebook_says_what_it_needs_to_run(toy, address, words):
    settings = toy.root / "pyproject.toml"
    text = re.sub('repository = ".*"', f'repository = "{address}"', settings.read_text())
    settings.write_text(text)
    page = notebook_page(Course(toy.root).lesson("01_toy"))
    assert words in page.cells[0].source


def test_a_folder_with_other_things_is_left_alone(cli, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("keep")
    assert cli("site", tmp_path) == 1
    assert "something else than a site" in capsys.readouterr().err
    assert (tmp_path / "mine.txt").read_text() == "keep"
