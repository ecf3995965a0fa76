"""Version 2 of a practice goes through its review while version 1 is what everybody reads; then both have their address."""

import pytest

from tests.practices.writing import approved
from tests.reviews.test_journey import NARROW, WIDE, mistakes_of, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_the_old_version_stays_until_the_new_one_is_approved(people, nina, marta, luka, organisation, viewport, scheme):
    practice = approved(nina, organisation, marta)
    look = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    author, reviewer, reader = people(nina, **look), people(marta, **look), people(luka, **look)
    address = f"/en/practices/{practice.slug}/"

    author.goto(f"/en/my/practices/{practice.uid}/")
    author.fill("#id_title_en", "Open-yard week")
    press(author, "Submit")
    assert mistakes_of(author) == []

    reader.goto(address)
    assert reader.locator("h1").inner_text() == "Open-yard day"
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    assert "Open-yard week" in reviewer.locator("h1").first.inner_text()
    assert reviewer.get_by_role("link", name="What is published now").get_attribute("href") == address
    assert mistakes_of(reviewer) == []
    press(reviewer, "Approve and publish")

    reader.goto(address)
    assert reader.locator("h1").inner_text() == "Open-yard week"
    assert mistakes_of(reader) == []
    reader.goto(f"{address}v/1/")
    assert reader.locator("h1").inner_text() == "Open-yard day"
    assert mistakes_of(reader) == []
    reader.goto(f"{address}v/2/changes/")
    changes = reader.locator("main").inner_text()
    assert ("day" in changes, "week" in changes) == (True, True)
    assert mistakes_of(reader) == []
