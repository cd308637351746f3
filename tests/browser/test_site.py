"""The site's search and its pages at the sizes that readers have."""

import pytest
from playwright.sync_api import expect

CUT_OFF = """() => [...document.querySelectorAll('.cell_input pre')]
  .filter(code => code.checkVisibility() && code.scrollWidth > code.clientWidth).length"""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


def test_the_search_finds_a_lesson(page, site):
    page.goto((site / "index.html").as_uri())
    page.get_by_placeholder("Search").first.fill("Novikoff")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a", has_text="perceptron")
    expect(found).to_have_count(1)
    found.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The perceptron")


@pytest.mark.parametrize("width", [390, 1024, 1366, 1440, 1920])
def test_no_page_scrolls_sideways(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("index.html", "08_yolo/solution.html"):
        page.goto((site / name).as_uri())
        assert page.evaluate(SIDEWAYS) <= 0


def test_a_wide_screen_shows_more_of_the_code(page, site):
    page.goto((site / "08_yolo/solution.html").as_uri())
    narrow = page.evaluate(CUT_OFF)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate(CUT_OFF) < narrow / 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_name_of_a_module_does_not_look_like_a_link(page, site, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto((site / "03_cnn/notebook.html").as_uri())
    word = page.locator(".highlight .nn", has_text="matplotlib.pyplot").first
    expect(word).to_have_css("text-decoration-line", "none")
