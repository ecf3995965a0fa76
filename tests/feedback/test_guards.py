"""What programs and people who never stop meet; and what the caches keep."""

import time

import pytest
from django.core import signing
from post_office.models import Email

from feedback import guards
from feedback.models import Suggestion
from tests.factories import OrganisationFactory, publish

pytestmark = pytest.mark.django_db

TYPED = {"name": "Ana", "email": "ana@example.com", "subject": "A visit", "message": "May we come?"}


def began(seconds_ago: float) -> str:
    return signing.dumps(time.time() - seconds_ago, salt=guards._SALT)


@pytest.mark.parametrize(
    "hidden",
    [
        {"website": "https://spam.example/", "began": None},
        {"began": ""},
        {"began": "invented"},
        {"began": signing.dumps(0.0, salt="of something else")},
        {"began": None, "seconds": 0.5},
    ],
)
def test_programs_are_thanked_and_nothing_is_sent(send, hidden):
    hidden = dict(hidden)
    seconds = hidden.pop("seconds", 60)
    if hidden["began"] is None:
        hidden["began"] = began(seconds)

    assert send("contact", **TYPED | hidden).status_code == 302
    assert send("suggest", text="Buy this.", **hidden).status_code == 302
    assert (Email.objects.count(), Suggestion.objects.count()) == (0, 0)


def test_a_form_that_was_open_for_a_day_is_sent(send):
    assert send("contact", **TYPED, began=began(86_400)).status_code == 302
    assert Email.objects.count() == 2


def test_the_time_counts_from_the_first_form_also_after_a_mistake(client, practice, send, taken_time):
    page = send("contact", **TYPED | {"subject": ""})

    assert f'name="began" value="{taken_time["began"]}"' in page.content.decode()


def test_who_sends_too_often_waits_and_keeps_the_text(send):
    for _time in range(10):
        assert send("suggest", text="Change it.").status_code == 302

    page = send("suggest", text="An eleventh thing.")
    assert page.status_code == 429
    assert "An eleventh thing." in page.content.decode()
    assert Suggestion.objects.count() == 10


def test_what_is_refused_counts_for_nothing(send):
    for _time in range(15):
        assert send("suggest", text="").status_code == 422

    assert send("suggest", text="Change it.").status_code == 302


def test_many_visitors_do_not_fill_one_mailbox(client, practice, taken_time, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def from_somewhere(number, slug=practice.slug, kind="practices"):
        headers = {"X-Forwarded-For": f"6.6.{number}.6"}
        return client.post(f"/en/{kind}/{slug}/contact/", taken_time | TYPED, headers=headers).status_code

    assert [from_somewhere(number) for number in range(31)] == [302] * 30 + [429]
    assert from_somewhere(40, publish(OrganisationFactory()).slug, "partners") == 302


def test_an_account_sends_twenty_a_day_from_wherever(client, practice, luka, taken_time, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.force_login(luka)

    def from_somewhere(number):
        headers = {"X-Forwarded-For": f"6.6.{number}.6"}
        typed = taken_time | {"text": "Change it."}
        return client.post(f"/en/practices/{practice.slug}/suggest/", typed, headers=headers).status_code

    assert [from_somewhere(number) for number in range(21)] == [302] * 20 + [429]


def test_the_forms_are_kept_by_nobody_and_the_record_sets_no_cookie(client, practice):
    assert client.get(f"/en/practices/{practice.slug}/").cookies == {}

    for page in ("suggest", "contact"):
        answer = client.get(f"/en/practices/{practice.slug}/{page}/")
        assert "no-store" in answer["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert "sessionid" not in answer.cookies
