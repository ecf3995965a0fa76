"""The letter of the day to those who may be asked for translations, and what is told of what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts.models import User
from notices.models import Notification
from tests.factories import publish, reread
from tests.practices.writing import begun
from translations import actions, letters
from translations.models import TranslationCall, TranslationRequest

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.MAIL_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "notices.outbox.Outbox"


def subjects(user) -> list[str]:
    return [letter.subject for letter in Email.objects.filter(to=user.email).order_by("pk")]


def notices_of(user) -> list[tuple]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", "path"))


def test_who_may_be_asked_has_a_letter_that_calls_no_draft_by_its_name(practice, nina, sara, luka):
    actions.ask(record=practice, language="sl", by=nina)
    letters.call_due()

    assert subjects(sara) == ["Please translate: Good practice, not public yet (into: Slovenian)"]
    assert "Open-yard" not in Email.objects.get(to=sara.email).message
    assert (subjects(luka), subjects(nina)) == ([], [])
    assert notices_of(sara) == [("translation-asked", "my/translations/")]


def test_what_is_public_is_called_as_the_public_knows_it(practice, nina, sara):
    publish(practice)
    actions.ask(record=practice, language="sl", by=nina)
    letters.call_due()

    assert subjects(sara) == ["Please translate: Open-yard day (into: Slovenian)"]


def test_one_letter_tells_all_that_is_asked(nina, organisation, sara):
    for _each in range(3):
        actions.ask(record=begun(nina, organisation), language="sl", by=nina)
    letters.call_due()

    assert subjects(sara) == ["Please translate: 3 texts"]
    assert "Now Nina Kos asks: 3 texts." in Email.objects.get(to=sara.email).message


def test_the_letter_has_who_asks_and_her_words(practice, organisation, nina, janez, sara, tomaz):
    actions.ask(record=practice, language="sl", by=nina, note="Until June, please.")
    letters.call_due()
    letter = Email.objects.get(to=sara.email).message
    assert ("Now Nina Kos asks" in letter, "Until June, please." in letter) == (True, True)

    TranslationCall.objects.update(told_at=None)
    actions.ask(record=begun(janez, organisation), language="sl", by=janez, note="For the fair.")
    letters.call_due()
    letter = Email.objects.filter(to=sara.email).last().message
    assert "Now somebody asks: 2 texts." in letter
    assert ("Nina Kos: Until June, please." in letter, "Janez Zupan: For the fair." in letter) == (True, True)


def test_one_letter_a_day_however_many_are_asked(nina, organisation, sara):
    actions.ask(record=begun(nina, organisation), language="sl", by=nina)
    letters.call_due()
    actions.ask(record=begun(nina, organisation), language="sl", by=nina)
    letters.call_due()
    assert len(subjects(sara)) == 1

    letters.call_due(timezone.now() + timedelta(days=1))
    letters.call_due(timezone.now() + timedelta(days=2))
    assert len(subjects(sara)) == 2


def test_of_two_workers_at_once_one_writes(transactional_db, together, practice, nina, sara):
    actions.ask(record=practice, language="sl", by=nina)
    together(letters.call_due, letters.call_due)

    assert len(subjects(sara)) == 1


def test_what_is_taken_up_meanwhile_is_told_to_nobody(practice, nina, sara, tomaz):
    actions.take(request=actions.ask(record=practice, language="sl", by=nina), by=sara)
    letters.call_due()

    assert (subjects(sara), subjects(tomaz)) == ([], [])


def test_who_has_said_meanwhile_that_she_may_not_be_asked_is_not(practice, nina, sara):
    actions.ask(record=practice, language="sl", by=nina)
    User.objects.filter(pk=sara.pk).update(translates=False)
    letters.call_due()

    assert subjects(sara) == []


@pytest.mark.parametrize(("wish", "letters_sent"), [("none", 0), ("digest", 0), ("waiting", 1), ("all", 1)])
def test_each_is_written_as_she_wishes_and_has_the_notice_in_any_case(practice, nina, sara, wish, letters_sent):
    User.objects.filter(pk=sara.pk).update(mail=wish)
    actions.ask(record=practice, language="sl", by=nina)
    letters.call_due()

    assert (len(subjects(sara)), len(notices_of(sara))) == (letters_sent, 1)


def test_one_that_fails_holds_up_no_other(practice, nina, sara, tomaz, monkeypatch):
    actions.ask(record=practice, language="sl", by=nina)
    call = letters.call

    def fails_for_the_first(user, now):
        if user == sara:
            raise RuntimeError
        call(user, now)

    monkeypatch.setattr(letters, "call", fails_for_the_first)
    letters.call_due()

    assert (subjects(sara), len(subjects(tomaz))) == ([], 1)
    assert TranslationCall.objects.get(user=sara).told_at is None


# What becomes of it


def test_its_people_hear_that_it_is_translated_and_submit_it(practice, nina, janez, sara):
    taken = actions.take(request=actions.ask(record=practice, language="sl", by=nina), by=sara)
    actions.hand_over(request=taken, by=sara)

    assert subjects(nina) == ["Translated: Open-yard day (into: Slovenian)"]
    assert "Sara Vidmar has translated what you asked for" in Email.objects.get(to=nina.email).message
    assert notices_of(nina) == [("translation-done", f"my/practices/{practice.uid}/")]
    assert (notices_of(janez), notices_of(sara)) == ([], [])


def test_what_is_translated_waits_for_its_people_until_they_submit_it(client, practice, nina, vera, sara):
    def waits(user) -> bool:
        client.force_login(user)
        page = client.get("/en/my/").content.decode()
        return "read it, and submit it for review" in page.partition('id="drafts"')[0]

    taken = actions.take(request=actions.ask(record=practice, language="sl", by=nina), by=sara)
    assert not waits(nina)

    actions.hand_over(request=taken, by=sara)
    assert (waits(nina), waits(sara), waits(vera)) == (True, False, False)

    publish(reread(practice))
    assert not waits(nina)


def test_an_editor_who_asked_and_cannot_write_it_is_led_nowhere(practice, nina, vera, sara):
    taken = actions.take(request=actions.ask(record=practice, language="sl", by=vera), by=sara)
    actions.hand_over(request=taken, by=sara)

    assert ([kind for kind, _path in notices_of(nina)], notices_of(vera)) == (["translation-of-yours"], [])
    assert "a text that you answer for" in Email.objects.get(to=nina.email).message


def test_the_translator_hears_that_it_is_no_longer_asked_for(practice, nina, sara):
    taken = actions.take(request=actions.ask(record=practice, language="sl", by=nina), by=sara)
    actions.withdraw(request=taken, by=nina)

    assert [kind for kind, _path in notices_of(sara)] == ["translation-withdrawn"]


def test_the_translator_hears_that_others_have_it(practice, nina, vera, sara):
    taken = actions.take(request=actions.ask(record=practice, language="sl", by=nina), by=sara)
    TranslationRequest.objects.update(taken_at=timezone.now() - timedelta(days=31))
    actions.release(request=taken, by=vera)

    assert [kind for kind, _path in notices_of(sara)] == ["translation-released"]
