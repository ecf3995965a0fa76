"""An expert from outside, in a real browser: asked by letter, she opens an account, advises, and the reviewer decides."""

import re

import pytest
from post_office.models import Email

from practices.models import GoodPractice
from reviews.models import Assessment, FieldComment
from tests.partners.walking import follow, heading, sign_up
from tests.practices.writing import submitted
from tests.reviews.test_journey import NARROW, WIDE, mistakes_of, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def asks_for_advice(reviewer, practice) -> None:
    """Somebody who has no account."""
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    follow(reviewer, "Ask for advice")
    reviewer.get_by_label("E-mail address of the expert").fill("vida@example.org")
    reviewer.get_by_label("A few words").fill("Are the figures right?")
    assert mistakes_of(reviewer) == []
    press(reviewer, "Send the invitation")
    assert "vida@example.org" in reviewer.locator("main").inner_text()
    assert mistakes_of(reviewer) == []


def accepts(expert) -> None:
    """On the page that the letter leads to: she opens an account, comes back, and accepts."""
    assert heading(expert) == "Your advice on “Open-yard day”"
    assert mistakes_of(expert) == []
    follow(expert, "Open an account")
    sign_up(expert, "Vida", "vida@example.org")
    expert.goto("/en/my/")
    expert.locator("#waits-for-you").get_by_role("link", name="Open-yard day").click()
    assert "Are the figures right?" in expert.locator("main").inner_text()
    assert mistakes_of(expert) == []
    press(expert, "Accept")


def advises(expert) -> None:
    """She comments on a field without leaving the page, scores, and gives her advice."""
    summary = expert.locator("#field-summary")
    summary.get_by_text("Comment on this").click()
    summary.get_by_label("Your comment").fill("Two thousand, not twenty?")
    summary.get_by_role("button", name="Comment : Summary").click()
    summary.get_by_text("Kept.").wait_for()
    expert.get_by_role("radio", name="ask for changes").check()
    assert expert.get_by_role("button", name="Approve").count() == 0
    assert mistakes_of(expert) == []
    press(expert, "Give this advice")
    assert "The reviewer has your advice" in expert.locator("main").inner_text()
    assert mistakes_of(expert) == []


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_from_a_letter_to_the_decision(people, chromium, live_server, nina, marta, organisation, viewport, scheme):
    practice = submitted(nina, organisation)
    look = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    reviewer = people(marta, **look)

    asks_for_advice(reviewer, practice)

    # She follows the link of her letter.
    link = re.search(r"/en/advise/\S+/$", Email.objects.latest("pk").message, re.MULTILINE)[0]
    base_url = live_server.url.replace("localhost", "127.0.0.1")
    with chromium.new_context(base_url=base_url, locale="en-GB", **look) as context:
        context.set_default_timeout(10_000)
        expert = context.new_page()
        expert.goto(link)
        accepts(expert)
        advises(expert)

        # The reviewer reads it, sends the text back; her access ends with the review.
        reviewer.goto(f"/en/my/reviews/{practice.uid}/?scores=others")
        assert "Two thousand, not twenty?" in reviewer.locator("#field-summary").inner_text()
        assert "Vida Čuk" in reviewer.locator("#scores").inner_text()
        assert "answered" in reviewer.locator("#outside").inner_text()
        assert mistakes_of(reviewer) == []
        press(reviewer, "Send back with this message")
        address = f"/en/my/advice/{practice.current_workflow_state.outside_reviews.get().pk}/"
        expert.goto(address)
        assert "The text is with its authors" in expert.locator("main").inner_text()

    assert (Assessment.objects.get().role, FieldComment.objects.get().role) == ("outside", "outside")
    author = people(nina, **look)
    author.goto(f"/en/my/practices/{practice.uid}/")
    said = author.get_by_role("region", name="Comments on “Summary (English)”")
    said = said if said.count() else author.get_by_role("region", name="Comments on “Summary”")
    assert "Two thousand, not twenty?" in said.inner_text() and "Vida" not in author.locator("main").inner_text()
    assert GoodPractice.objects.get().live is False
