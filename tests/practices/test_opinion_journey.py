"""An expert gives her opinion beside the review, sees how it will stand, publishes and withdraws it; its people read it all."""

import pytest

from catalogue.models import Entry
from tests.factories import reread
from tests.practices.writing import checked
from tests.reviews.test_journey import NARROW, WIDE, mistakes_of, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_from_the_review_to_the_page_and_back(people, nina, marta, organisation, viewport, scheme):
    practice = checked(nina, organisation)
    look = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    expert, author = people(marta, **look), people(nina, **look)

    expert.goto(f"/en/my/reviews/{practice.uid}/")
    expert.get_by_text("An expert’s opinion, if you want to give one").click()
    expert.fill("#id_opinion_en", "It lasts because nobody has to remember it.")
    press(expert, "Keep the opinion and show it")
    assert "Without your agreement it cannot be shown." in expert.locator("#decision").inner_text()
    assert mistakes_of(expert) == []
    expert.get_by_label("I agree that my opinion stands here in public").check()
    press(expert, "Keep the opinion and show it")
    assert "It lasts because" in expert.locator("#opinion-preview").inner_text()
    assert mistakes_of(expert) == []
    press(expert, "Approve and publish")

    expert.goto(f"/en/practices/{reread(practice).slug}/")
    assert "Marta Hribar" in expert.locator(".told-quote").inner_text()
    expert.get_by_role("link", name="Write or change the expert’s opinion").click()
    expert.fill("#id_opinion_en", "It lasts.")
    press(expert, "Look at it first")
    assert "It lasts." in expert.locator("#opinion-preview").inner_text()
    assert mistakes_of(expert) == []

    author.goto(f"/en/my/practices/{practice.uid}/")
    author.get_by_role("link", name="What has happened so far").click()
    assert "Expert’s opinion published" in author.locator("main").inner_text()
    assert mistakes_of(author) == []

    press(expert, "Withdraw the opinion")
    assert Entry.objects.get(uid=practice.uid).record["expert_opinion"] is None
