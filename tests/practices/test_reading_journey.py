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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_each_practice_is_named_once_and_seen_with_its_mark(page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    titles = ("Yard 0", "Yard 1")
    chosen = [publish(GoodPracticeFactory(title={"en": title}, example=True)) for title in titles]

    page.goto("/en/practices/compare/?" + "&".join(f"with={each.uid}" for each in chosen))

    for title, practice in zip(titles, chosen, strict=True):
        links = page.locator("main").get_by_role("link", name=title, exact=True)
        assert links.count() == 1
        box = links.bounding_box()
        assert box["width"] > 30 and box["x"] >= 0 and box["x"] + box["width"] <= width
        at = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.getAttribute('href')", middle(box)
        )
        assert at == f"/en/practices/{practice.slug}/"
    marks = page.get_by_role("columnheader").get_by_text("example")
    assert [mark.bounding_box()["width"] > 10 for mark in marks.all()] == [True, True]


def middle(box) -> list[float]:
    """Of what stands in sight."""
    return [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
