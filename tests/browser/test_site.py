"""The site's search, as a reader uses it."""

from playwright.sync_api import expect


def test_the_search_finds_a_lesson(page, site):
    page.goto((site / "index.html").as_uri())
    page.get_by_placeholder("Search").first.fill("Novikoff")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a", has_text="perceptron").first
    expect(found).to_be_visible()
    found.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The perceptron")
