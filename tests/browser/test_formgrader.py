"""An instructor reads and grades a written answer in formgrader."""

from playwright.sync_api import expect


def test_formgrader_shows_the_score_and_takes_points_for_the_reflection(page, lab):
    page.goto(lab.format("formgrader/manage_students/ada-perfect"))
    score = page.locator("tr", has=page.get_by_role("link", name="01_toy")).locator(".score")
    expect(score).to_have_text("5 / 7")
    page.get_by_role("link", name="01_toy").click()
    page.get_by_role("link", name="toy", exact=True).click()
    expect(page.get_by_text("Adding is commutative.")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
        page.locator("input#reflection").fill("2")
        page.keyboard.press("Tab")
    assert saved.value.ok
    page.goto(lab.format("formgrader/manage_students/ada-perfect"))
    expect(score).to_have_text("7 / 7")
