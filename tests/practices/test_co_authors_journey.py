"""Two write one practice, in real browsers: invited, taken in, and told who saved first."""

import pytest

from practices.models import GoodPractice
from tests.factories import UserFactory
from tests.partners.walking import follow, heading, press
from tests.practices.writing import begun
from tests.reviews.test_journey import NARROW, WIDE, mistakes_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "dark"), (NARROW, "light")], ids=["wide", "narrow"])
def test_from_an_invitation_to_a_conflict_and_leaving(people, nina, organisation, viewport, scheme):
    practice = begun(nina, organisation)
    zala = UserFactory(email="zala@example.org", first_name="Zala", last_name="Vidmar")
    look = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    author, other = people(nina, **look), people(zala, **look)

    # Nina invites Zala from the form.
    author.goto(f"/en/my/practices/{practice.uid}/")
    follow(author, "Who writes this")
    assert heading(author) == "Who writes “Open-yard day”"
    author.get_by_label("E-mail address of your colleague").fill("zala@example.org")
    assert mistakes_of(author) == []
    press(author, "Send the invitation")
    assert mistakes_of(author) == []

    # Zala finds it on My work, and accepts.
    other.goto("/en/my/")
    other.locator("#waits-for-you").get_by_role("link", name="Open-yard day").click()
    assert heading(other) == "You are invited to write “Open-yard day”"
    assert mistakes_of(other) == []
    press(other, "Accept")

    # Both write; the second sees who was first, and both texts.
    author.goto(f"/en/my/practices/{practice.uid}/")
    author.fill("#id_title_en", "By Nina")
    other.fill("#id_title_en", "By Zala")
    press(other, "Save")
    author.get_by_role("button", name="Save", exact=True).last.click()
    author.get_by_text("Zala Vidmar saved it first").first.wait_for()
    told = author.locator("main").inner_text()
    assert "By Nina" in told and "By Zala" in told
    assert mistakes_of(author) == []
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "By Zala"

    # She leaves: what she has written stays.
    other.goto(f"/en/my/practices/{practice.uid}/people/")
    assert mistakes_of(other) == []
    follow(other, "Leave this practice")
    assert mistakes_of(other) == []
    press(other, "Leave")
    assert practice.is_written_by(zala) is False
