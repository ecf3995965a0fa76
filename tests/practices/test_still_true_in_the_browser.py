"""The yearly question, from the letter to the badge, as a browser sends it: with the page's origin."""

import pytest
from django.utils import timezone

from practices import confirming
from tests.factories import reread
from tests.practices.test_still_true import a_year_old, link
from tests.practices.writing import approved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_one_press_from_the_letter(page, nina, marta, organisation, width):
    practice = a_year_old(approved(nina, organisation, marta))
    confirming.ask_due()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(link())

    page.get_by_role("button", name="Yes, it is still true").click()

    page.get_by_role("heading", name="Thank you").wait_for()
    assert reread(practice).confirmed_on == timezone.localdate()
    page.get_by_role("link", name="See its page").click()
    page.get_by_text(f"confirmed {timezone.localdate().year}").first.wait_for()
