"""Wagtail's letters about a review: to whom, in which language, and that they lead to pages that may be opened."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail

from practices import actions
from tests.factories import AdminFactory
from tests.practices.writing import begun, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PUBLIC_URL = "https://portal.example"


def addresses(letter):
    return re.findall(r"https?://\S+", letter.body)


def opens(client, user, letter):
    client.force_login(user)
    [address] = addresses(letter)
    return client.get(address.removeprefix("https://portal.example")).status_code


def test_administrators_hear_of_a_submission(client, nina, organisation):
    ana = AdminFactory(language="sl")

    practice = submitted(nina, organisation)

    [letter] = mail.outbox
    assert letter.to == [ana.email]
    assert addresses(letter) == [f"https://portal.example/sl/my/reviews/{practice.uid}/"]
    assert opens(client, ana, letter) == 200


def test_a_submission_that_nobody_answers_for_is_told_without_a_name(nina, organisation):
    AdminFactory()
    practice = begun(nina, organisation)

    practice.get_workflow().start(practice, None)

    [letter] = mail.outbox
    assert "\n\n“Open-yard day” has been submitted. Read it" in letter.body


def test_the_author_hears_that_it_was_sent_back_and_why(client, nina, marta, organisation):
    practice = submitted(nina, organisation)

    actions.send_back(practice=practice, by=marta, message='Who "pays" & why?', revision=practice.latest_revision_id)

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["nina@example.org"], "Changes asked for: Open-yard day")
    assert letter.body == (
        "Good day, Nina Kos,\n\n"
        "a reviewer has read “Open-yard day” and asks you for changes:\n\n"
        'Who "pays" & why?\n\n'
        "Change it here and submit it again:\n"
        f"https://portal.example/en/my/practices/{practice.uid}/"
    )
    assert opens(client, nina, letter) == 200


def test_the_author_hears_that_it_is_public(client, nina, marta, organisation):
    practice = submitted(nina, organisation)

    actions.approve(practice=practice, by=marta, revision=practice.latest_revision_id)

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["nina@example.org"], "Published: Open-yard day")
    assert addresses(letter) == [f"https://portal.example/id/{practice.uid}/"]
    assert opens(client, nina, letter) == 303


def test_the_author_hears_when_it_will_be_public(client, nina, marta, organisation):
    practice = begun(nina, organisation)
    draft = practice.latest_draft()
    draft.go_live_at = datetime(2099, 6, 1, 8, tzinfo=UTC)
    draft.save_revision()
    practice.refresh_from_db()
    actions.submit(practice=practice, by=nina)

    actions.approve(practice=practice, by=marta, revision=practice.latest_revision_id)

    [letter] = mail.outbox
    assert letter.subject == "Approved: Open-yard day"
    assert "It will be public on 1 June 2099, 10:00, as an editor has set:" in letter.body
    assert opens(client, nina, letter) == 200


def test_a_letter_to_somebody_without_a_name_calls_her_nothing(nina, marta, organisation):
    nina.first_name = nina.last_name = ""
    nina.save()
    AdminFactory()
    practice = submitted(nina, organisation)

    actions.send_back(practice=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)

    to_admin, to_nina = mail.outbox
    assert "\n\nA colleague has submitted “Open-yard day”." in to_admin.body
    assert to_nina.body.startswith("Good day,\n\na reviewer has read")
    assert "nina@" not in to_admin.body + to_nina.body


def test_letters_speak_the_language_of_who_reads_them(nina, marta, organisation):
    nina.language = "sl"
    nina.save()
    practice = submitted(nina, organisation)

    actions.send_back(practice=practice, by=marta, message="Kdo plača?", revision=practice.latest_revision_id)

    [letter] = mail.outbox
    assert "Dan odprtih dvorišč" in letter.subject
    assert addresses(letter) == [f"https://portal.example/sl/my/practices/{practice.uid}/"]


def test_no_letter_leads_to_the_admin(nina, marta, organisation):
    AdminFactory()
    practice = submitted(nina, organisation)
    actions.send_back(practice=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)
    actions.submit(practice=practice, by=nina)
    actions.approve(practice=practice, by=marta, revision=practice.latest_revision_id)

    assert len(mail.outbox) >= 3
    assert [letter.subject for letter in mail.outbox if "/cms/" in letter.body] == []
