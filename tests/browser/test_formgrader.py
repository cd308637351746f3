"""An instructor reads and grades a written answer in formgrader."""

from playwright.sync_api import expect


def open_formgrader(page, lab):
    """Open formgrader from JupyterLab's menu, and return its frame."""
    page.goto(lab.format("lab"))
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Formgrader", exact=True).click()
    return page.frame_locator("iframe[src*=formgrader]")


def expect_saving(frame, answer):
    """Wait until formgrader saves what is typed beside an answer.

    It shows the fields first, asks for the grades then, and empties and binds the fields when they
    come; with that it gives the extra credit its placeholder. What is typed before is never sent.
    """
    expect(frame.locator(f"input#{answer}_extra_credit")).to_have_attribute("placeholder", "0")


def test_formgrader_shows_the_score_and_takes_points_for_the_reflection(page, lab):
    frame = open_formgrader(page, lab)
    frame.get_by_role("link", name="Manage Students").click()
    row = frame.get_by_role("row", name="ada-perfect")
    expect(row).to_contain_text("4 / 6")
    row.get_by_role("link").first.click()
    frame.get_by_role("link", name="01_toy").click()
    frame.get_by_role("link", name="toy", exact=True).click()
    expect(frame.get_by_text("Adding is commutative.")).to_be_visible()
    expect_saving(frame, "reflection")
    with page.expect_response("**/formgrader/api/grade/*") as saved:
        frame.locator("input#reflection").fill("2")
        page.keyboard.press("Tab")
    assert saved.value.ok
    frame = open_formgrader(page, lab)
    frame.get_by_role("link", name="Manage Students").click()
    expect(frame.get_by_role("row", name="ada-perfect")).to_contain_text("6 / 6")
