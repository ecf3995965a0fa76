"""Letters about a review: to whom, in which language, and that they lead to pages that may be opened."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from post_office.models import Email

from accounts.models import User
from catalogue import reviewing
from notices.models import Notification
from tests.factories import AdminFactory, UserFactory
from tests.practices.writing import approved, begun, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PUBLIC_URL = "https://portal.example"


def letters():
    """As they wait in the outbox; Wagtail itself has written none."""
    assert mail.outbox == []
    return list(Email.objects.order_by("pk"))


def addresses(letter):
    """Of what it tells: its end leads to all notices, and stops the letters."""
    told, end = letter.message.split("\n--\n")
    assert len(re.findall(r"https?://\S+", end)) == 2
    assert all(address in letter.html_message for address in re.findall(r"https?://\S+", told + end))
    return re.findall(r"https?://\S+", told)


def opens(client, user, letter):
    client.force_login(user)
    [address] = addresses(letter)
    return client.get(address.removeprefix("https://portal.example")).status_code


def test_reviewers_and_administrators_hear_of_a_submission(client, nina, marta, janez, organisation):
    ana = AdminFactory(language="sl")
    UserFactory(role=User.Role.REVIEWER, member_of=organisation)  # may not review it

    practice = submitted(nina, organisation)

    to_marta, to_ana = sorted(letters(), key=lambda letter: letter.to != [marta.email])
    assert (to_marta.to, to_marta.subject) == ([marta.email], "To review: Open-yard day")
    assert addresses(to_marta) == [f"https://portal.example/en/my/reviews/{practice.uid}/"]
    assert addresses(to_ana) == [f"https://portal.example/sl/my/reviews/{practice.uid}/"]
    assert opens(client, ana, to_ana) == opens(client, marta, to_marta) == 200


def test_who_submits_it_again_is_heard_of_again(nina, marta, organisation):
    practice = submitted(nina, organisation)
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)
    reviewing.submit(record=practice, by=nina)

    assert [letter.to for letter in letters()] == [[marta.email], [nina.email], [marta.email]]


def test_a_submission_that_nobody_answers_for_is_told_without_a_name(nina, organisation):
    practice = begun(nina, organisation)

    practice.get_workflow().start(practice, None)

    [letter] = letters()
    assert "\n\n“Open-yard day” has been submitted for your organisation. Read it" in letter.message


def test_the_author_hears_that_it_was_sent_back_and_why(client, nina, marta, organisation):
    practice = sent_back(nina, marta, organisation, 'Who "pays" & why? {{ now }}')

    letter = letters()[-1]
    assert (letter.to, letter.subject) == (["nina@example.org"], "Changes asked for: Open-yard day")
    assert letter.message.startswith(
        "Good day, Nina Kos,\n\n"
        "a reviewer has read “Open-yard day” and asks you for changes:\n\n"
        'Who "pays" & why? {{ now }}\n\n'
        "Change it here and submit it again:\n"
        f"https://portal.example/en/my/practices/{practice.uid}/\n\n--\n"
    )
    assert "Who &quot;pays&quot; &amp; why? {{ now }}" in letter.html_message
    assert opens(client, nina, letter) == 200


def sent_back(author, reviewer, organisation, message="Who pays?"):
    practice = submitted(author, organisation)
    reviewing.send_back(record=practice, by=reviewer, message=message, revision=practice.latest_revision_id)
    return practice


def test_the_author_hears_that_it_is_public(client, nina, marta, organisation):
    nina.mail = User.Mail.ALL
    nina.save()

    practice = approved(nina, organisation, marta)

    letter = letters()[-1]
    assert (letter.to, letter.subject) == (["nina@example.org"], "Published: Open-yard day")
    assert addresses(letter) == [f"https://portal.example/id/{practice.uid}/"]
    assert opens(client, nina, letter) == 303


def test_the_author_hears_that_it_will_be_public(client, nina, marta, organisation):
    nina.mail = User.Mail.ALL
    nina.save()
    practice = begun(nina, organisation)
    draft = practice.latest_draft()
    draft.go_live_at = datetime(2099, 6, 1, 8, tzinfo=UTC)
    draft.save_revision()
    practice.refresh_from_db()
    reviewing.submit(record=practice, by=nina)

    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    letter = letters()[-1]
    assert letter.subject == "Approved: Open-yard day"
    assert "It will be public at the time that an editor has set." in letter.message
    assert opens(client, nina, letter) == 200


def test_its_people_hear_that_an_editor_withdrew_it_and_not_what_they_did_themselves(nina, janez, marta, organisation):
    mine, theirs = approved(nina, organisation, marta), approved(janez, organisation, marta)
    reviewing.withdraw(record=mine, by=nina)
    assert not Notification.objects.filter(kind="record-withdrawn").exists()

    theirs.unpublish(user=UserFactory(role=User.Role.EDITOR))

    told = Notification.objects.filter(kind="record-withdrawn")
    assert {notice.recipient for notice in told} == {nina, janez}
    assert {notice.about_uid for notice in told} == {theirs.uid}


def test_a_letter_to_somebody_without_a_name_calls_her_nothing(nina, marta, organisation):
    nina.first_name = nina.last_name = ""
    nina.save()

    sent_back(nina, marta, organisation)

    to_marta, to_nina = letters()
    assert "\n\n“Open-yard day” has been submitted." in to_marta.message
    assert to_nina.message.startswith("Good day,\n\na reviewer has read")
    assert "nina@" not in "".join(part for each in letters() for part in (each.message, each.html_message))


def test_letters_speak_the_language_of_who_reads_them(nina, marta, organisation):
    nina.language = "sl"
    nina.save()

    practice = sent_back(nina, marta, organisation, "Kdo plača?")

    letter = letters()[-1]
    assert "Dan odprtih dvorišč" in letter.subject
    assert addresses(letter) == [f"https://portal.example/sl/my/practices/{practice.uid}/"]


def test_no_letter_leads_to_the_admin(nina, marta, organisation):
    AdminFactory(mail=User.Mail.ALL)
    practice = sent_back(nina, marta, organisation)
    reviewing.submit(record=practice, by=nina)
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    assert len(letters()) >= 5
    assert [letter.subject for letter in letters() if "/cms/" in letter.message + letter.html_message] == []
