"""A reviewer scores by the keyboard alone; her 0 blocks the other's approval; she mends it, and the text is published."""

import pytest

from reviews.models import Score
from tests.factories import reread
from tests.practices.writing import submitted
from tests.reviews.test_journey import NARROW, WIDE, mistakes_of, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def group(page, name):
    return page.get_by_role("group", name=name)


def choose(page, name, key, times):
    """Arrow keys, from the choice that is made."""
    group(page, name).locator("input:checked").focus()
    for _time in range(times):
        page.keyboard.press(key)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_nought_by_keyboard_and_its_correction(people, nina, marta, peter, organisation, viewport, scheme):
    practice = submitted(nina, organisation)
    look = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    first, second = people(marta, **look), people(peter, **look)

    # Marta scores without touching the mouse: 0 for the sources, with a note.
    first.goto(f"/en/my/reviews/{practice.uid}/")
    choose(first, "Evidence of success", "ArrowDown", 4)
    choose(first, "Sources and consent", "ArrowDown", 1)
    first.keyboard.press("Tab")
    first.keyboard.press("Enter")
    first.keyboard.press("Tab")
    first.keyboard.type("Who took the picture?")
    first.get_by_role("button", name="Keep my scores").focus()
    assert mistakes_of(first) == []
    with first.expect_navigation():
        first.keyboard.press("Enter")
    assert "Your scores: 45 %." in first.locator("#scores").inner_text()
    assert mistakes_of(first) == []

    # Peter cannot publish it, and reads why; he sees what she scored when he asks.
    second.goto(f"/en/my/reviews/{practice.uid}/")
    assert "Marta Hribar scored “Sources and consent” with 0" in second.locator("#objection").inner_text()
    assert "Who took the picture?" not in second.locator("#scores").inner_text()
    assert mistakes_of(second) == []
    press(second, "Approve and publish")
    assert "It cannot be published" in second.locator("main").inner_text()
    second.goto(f"/en/my/reviews/{practice.uid}/")
    second.get_by_role("link", name="Show it now").click()
    second.wait_for_url("**/?scores=others#scores")
    assert "Who took the picture?" in second.locator("#scores").inner_text()
    assert mistakes_of(second) == []
    assert reread(practice).live is False

    # She mends it, and he approves.
    choose(first, "Sources and consent", "ArrowDown", 3)
    press(first, "Keep my scores")
    assert sorted(Score.objects.values_list("value", flat=True)) == [3, 3]
    second.goto(f"/en/my/reviews/{practice.uid}/")
    press(second, "Approve and publish")
    assert reread(practice).live is True


def test_authors_read_the_questions_and_the_scores(people, nina, marta, organisation):
    practice = submitted(nina, organisation)
    reviewer, author = people(marta, java_script_enabled=False), people(nina, viewport=NARROW)
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    group(reviewer, "Of use to others").get_by_label("2: in part").check()
    reviewer.get_by_label("What should be changed").fill("For whom?")
    press(reviewer, "Send back with this message")

    author.goto(f"/en/my/practices/{practice.uid}/")

    assert "2: in part" in author.get_by_role("region", name="How the reviewer scored it").inner_text()
    author.get_by_text("What reviewers will ask").click()
    assert "Could another place take it over" in author.locator("main").inner_text()
    assert mistakes_of(author) == []
