"""A reader without an account opens a practice as PDF, and puts three side by side with the keyboard alone."""

import pytest

from tests.factories import GoodPracticeFactory, publish, texts

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_paper_and_comparison(page, width):
    page.set_default_timeout(30_000)  # the first page of a process is made slowly on a busy machine
    page.set_viewport_size({"width": width, "height": 800})
    chosen = [publish(GoodPracticeFactory(title=texts(f"Yard {n}", f"Dvorišče {n}"))) for n in range(3)]
    first = f"/en/practices/{chosen[0].slug}/"

    page.goto(first)
    link = page.get_by_role("link", name="Read it as PDF").get_attribute("href")
    answer = page.request.get(link)
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")

    for tick in page.get_by_role("checkbox", name="Compare Yard").all():
        tick.focus()
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practices/compare/?**")
    assert page.get_by_role("columnheader").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    region = page.get_by_role("region", name="Practices side by side")
    region.focus()
    assert region.evaluate("node => node === document.activeElement")
