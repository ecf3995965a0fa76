"""Walked in a real browser: a stranger opens an account, joins an organisation, and her first practice becomes public."""

import pytest

from tests.partners.walking import follow, joins, press, sign_up
from tests.practices.walking import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Open-yard day, every second Thursday in May"


def test_from_a_stranger_to_a_published_practice(people, page, bistra, ida, marta):
    # Živa signs up, confirms her address, asks to join, and Ida accepts her.
    coordinator, reviewer = people(ida), people(marta)
    page.goto("/accounts/signup/")
    sign_up(page, "Živa", "ziva@example.org")
    joins(page, coordinator)

    # She writes a practice and submits it.
    page.goto("/en/practices/new/")
    write(page)
    page.get_by_role("radio", name="English").check()
    page.fill("[id^='id_images-'][id$='-alt_en']", "Visitors in a yard")
    press(page, "Submit")
    assert "The practice is submitted. Your organisation checks it next" in page.locator("main").inner_text()

    # Her organisation's coordinator reads it first; the reviewer does not see it before.
    reviewer.goto("/en/my/")
    assert TITLE not in reviewer.locator("main").inner_text()
    coordinator.goto("/en/my/")
    follow(coordinator, TITLE)
    press(coordinator, "Hand on to a reviewer")

    # The reviewer publishes it, and everybody can read it.
    reviewer.reload()
    follow(reviewer, TITLE)
    press(reviewer, "Approve and publish")
    page.context.clear_cookies()
    page.goto("/en/practices/open-yard-day-every-second-thursday-in-may/")
    assert page.locator("h1").inner_text() == TITLE
