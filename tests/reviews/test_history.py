"""The page that tells the people of a record what has happened to it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import ModelLogEntry

from catalogue import reviewing
from tests.factories import UserFactory, reread
from tests.practices.deciding import approve, send_back
from tests.practices.writing import approved, begun, checked, save

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def page_of(record) -> str:
    return reverse("reviews:history", args=[record.uid])


def lines(client, record) -> list[str]:
    page = client.get(page_of(record)).content.decode()
    stops = re.findall(r"<li[^>]*>\s*<b>(.*?)</b>.*?<p>(.*?)</p>\s*</li>", page, re.DOTALL)
    return [f"{strip_tags(what)} {strip_tags(text)}" for what, text in stops]


@pytest.fixture
def practice(nina, janez, marta, peter, organisation):
    practice = checked(janez, organisation)
    send_back(practice, marta)
    save(practice, janez, title={"en": "Open-yard week"})
    reviewing.submit(record=practice, by=janez)
    approve(reread(practice), peter)
    return reread(practice)


def test_it_is_told_newest_first_with_names_and_reasons(browser, nina, practice):
    told = lines(browser(nina), practice)

    assert told == [
        "Published by Peter Novak",
        "Approved by Peter Novak",
        "Submitted again by Janez Zupan",
        "Sent back by Marta Hribar: Who pays?",
        "Checked, and handed on by Nina Kos",
        "Submitted by Janez Zupan",
        "Begun by Janez Zupan",
    ]


def test_what_ended_with_a_reason_is_told_once(browser, nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    save(practice, nina, title={"en": "Open-yard week"})
    reviewing.submit(record=practice, by=nina)
    reviewing.withdraw(record=practice, by=nina, reason="error")

    told = lines(browser(nina), practice)

    assert told[:2] == ["Withdrawn by Nina Kos: published by mistake", "Review ended by Nina Kos: it was withdrawn"]
    assert not any("Taken back" in each for each in told)


def test_what_is_taken_back_says_so(browser, nina, organisation):
    practice = checked(nina, organisation)
    reviewing.take_back(record=practice, by=nina)

    told = lines(browser(nina), practice)
    assert told[0] == "Review ended by Nina Kos: its people took it back, to go on writing"
    assert len(told) == 3


def test_what_editors_publish_themselves_says_so(browser, nina, organisation):
    practice = begun(nina, organisation)
    editor = UserFactory(first_name="Eva", last_name="Urednik", role="Editors")
    practice.publish(practice.latest_revision, user=editor)

    assert lines(browser(nina), practice)[0] == "Published by Eva Urednik: by the editors, without waiting for a review"


def test_what_the_coordinator_submits_counts_as_checked_without_a_word(browser, nina, organisation):
    practice = checked(nina, organisation)

    assert lines(browser(nina), practice) == ["Submitted by Nina Kos", "Begun by Nina Kos"]


def test_others_find_nothing(client, browser, nina, marta, luka, organisation):
    draft = begun(nina, organisation)
    for user in (luka, marta):
        assert browser(user).get(page_of(draft)).status_code == 404
    assert client.get(page_of(draft)).status_code == 302
    assert browser(nina).post(page_of(draft)).status_code == 405


def test_who_reviews_it_and_editors_read_it(browser, nina, marta, organisation):
    practice = checked(nina, organisation)

    assert "Submitted by Nina Kos" in lines(browser(marta), practice)
    assert "Submitted by Nina Kos" in lines(browser(UserFactory(role="Editors")), practice)
    assert page_of(practice) in browser(marta).get(reverse("reviews:review", args=[practice.uid])).content.decode()
    assert page_of(practice) in browser(nina).get(reverse("practices:edit", args=[practice.uid])).content.decode()


def test_who_has_decided_on_it_reads_on_but_no_title_of_a_draft(browser, nina, marta, luka, practice):
    save(practice, nina, title={"en": "Canary days"})

    page = browser(marta).get(page_of(practice)).content.decode()

    assert "Sent back" in page and "Open-yard week" in page
    assert "Canary days" not in page
    assert browser(luka).get(page_of(practice)).status_code == 404
    marta.groups.clear()
    assert browser(reread(marta)).get(page_of(practice)).status_code == 404


def test_who_is_gone_has_no_name(browser, nina, janez, practice):
    janez.delete()

    assert "Begun by the portal, or by somebody who is gone" in lines(browser(nina), practice)


def test_the_number_of_queries_does_not_hang_on_what_has_happened(browser, nina, marta, organisation):
    practice, reader = checked(nina, organisation), browser(nina)
    lines(reader, practice)
    with CaptureQueriesContext(connection) as few:
        lines(reader, practice)
    for _round in range(3):
        send_back(reread(practice), marta)
        reviewing.submit(record=practice, by=nina)
    with CaptureQueriesContext(connection) as many:
        assert len(lines(reader, practice)) == 8

    assert len(many) == len(few)


def test_of_what_came_without_a_word_nothing_is_told(browser, nina, organisation):
    practice = begun(nina, organisation)
    ModelLogEntry.objects.all().delete()

    assert lines(browser(nina), practice) == []
