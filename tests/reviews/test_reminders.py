"""Reminders: one letter a week of all that waits for somebody's decision, two at most of what was sent back and lies still."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts.models import User
from catalogue import reviewing
from catalogue.models import WorkingCopy
from catalogue.record_log import Ending
from notices.models import Notification
from operations import work
from reviews import reminding
from reviews.models import Reminder
from tests.factories import MembershipFactory, reread
from tests.practices.deciding import approve, send_back
from tests.practices.writing import checked, save, submitted, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def after(days: float):
    return timezone.now() + timedelta(days=days)


def titled(title):
    def edit(draft):
        whole(draft)
        draft.title = {"en": title}

    return edit


def remind(days) -> list[Email]:
    """The letters of a run after so many days, once what was written before is thrown away."""
    Email.objects.all().delete()
    reminding.remind_due(after(days))
    return list(Email.objects.order_by("pk"))


def days_of_letters(until, step=1) -> list[int]:
    return [day for day in range(0, until, step) for _letter in remind(day)]


@pytest.fixture
def waiting(nina, marta, organisation):
    return checked(nina, organisation)


@pytest.fixture
def lying(nina, peter, organisation):
    practice = checked(nina, organisation)
    send_back(practice, peter)
    return reread(practice)


# Decisions


def test_one_letter_lists_all_that_has_waited_for_a_week(nina, marta, organisation):
    for title in ("Open-yard day", "Brick by brick", "The warm ditch"):
        checked(nina, organisation, titled(title))
    assert remind(6.9) == []

    [letter] = remind(7.1)

    assert (letter.to, letter.subject) == (["marta@example.org"], "Waiting for your decision: 3 texts")
    lines = [line for line in letter.message.splitlines() if line.startswith("– ")]
    assert [line.split(",")[0] for line in lines] == ["– Open-yard day", "– Brick by brick", "– The warm ditch"]
    assert re.search(r"/en/my/reviews/$", letter.message, re.MULTILINE)
    assert "/notices/stop/" in letter.message
    assert Notification.objects.filter(kind="reviews-still-waiting").count() == 1


def test_once_a_week_and_no_oftener(waiting):
    assert days_of_letters(30) == [7, 14, 21, 28]


def test_in_the_readers_language(waiting, marta):
    User.objects.filter(pk=marta.pk).update(language="sl")

    [letter] = remind(8)

    assert "– Dan odprtih dvorišč" in letter.message
    assert "/sl/my/reviews/" in letter.message


def test_what_came_lately_waits_for_the_next_letter(nina, waiting, organisation, monkeypatch):
    later = after(5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    checked(nina, organisation, titled("Brick by brick"))
    monkeypatch.undo()

    [letter] = remind(8)

    assert "Brick by brick" not in letter.message


def test_who_checks_for_an_organisation_is_reminded_too(nina, janez, organisation):
    submitted(janez, organisation)

    [letter] = remind(8)

    assert letter.to == ["nina@example.org"]


@pytest.mark.parametrize("case", ["decided", "no reviewer any more", "a colleague now", "closed"])
def test_nobody_is_reminded_who_can_no_longer_decide(marta, waiting, organisation, case):
    if case == "decided":
        approve(reread(waiting), marta)
    elif case == "no reviewer any more":
        marta.groups.clear()
    elif case == "a colleague now":
        MembershipFactory(user=marta, organisation=organisation)
    else:
        User.objects.filter(pk=marta.pk).update(is_active=False)

    assert remind(8) == []
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(("mail", "letters"), [("all", 1), ("waiting", 1), ("digest", 0), ("none", 0)])
def test_letters_go_by_her_own_wishes(marta, waiting, mail, letters):
    User.objects.filter(pk=marta.pk).update(mail=mail)

    assert len(remind(8)) == letters
    assert Notification.objects.filter(kind="reviews-still-waiting", recipient=marta).count() == 1


def test_where_nothing_waits_nobody_is_asked_about(marta, peter, django_assert_num_queries):
    with django_assert_num_queries(2):
        reminding.remind_due(after(8))


def test_a_failure_holds_up_nobody_else(marta, peter, waiting, monkeypatch, caplog):
    waiting_for = reminding.waiting_for

    def fail_for_marta(user):
        if user == marta:
            raise ZeroDivisionError
        return waiting_for(user)

    monkeypatch.setattr(reminding, "waiting_for", fail_for_marta)

    assert [letter.to for letter in remind(8)] == [["peter@example.org"]]
    assert "failed" in caplog.text


def test_it_is_done_in_the_background():
    assert "review reminders" in work.tick()


# Changes


def test_the_author_is_reminded_twice_and_then_no_more(lying):
    assert days_of_letters(120, 2) == [14, 44]
    assert list(Reminder.objects.values_list("number", flat=True)) == [1, 2]


def test_what_she_is_told(lying):
    [letter] = remind(15)

    assert letter.to == ["nina@example.org"]
    assert letter.subject == "Still waiting for your changes: Open-yard day"
    assert f"/en/my/practices/{lying.uid}/" in letter.message


@pytest.mark.parametrize("case", ["saved", "typed", "submitted", "no longer hers", "withdrawn from review"])
def test_who_has_done_something_is_not_reminded(nina, organisation, lying, case, monkeypatch):
    later = after(10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    if case == "saved":
        save(lying, nina, title={"en": "Open-yard week"})
    elif case == "typed":
        WorkingCopy.objects.create(person=nina, kind="practices", record=lying.uid, stamp="1", saved_at=later)
    elif case == "submitted":
        reviewing.submit(record=lying, by=nina)
    elif case == "no longer hers":
        type(lying).objects.filter(pk=lying.pk).update_ledger(owner=None)
        nina.memberships.all().delete()
    else:
        reviewing.end(record=lying, by=nina, why=Ending.STAFF)
    monkeypatch.undo()

    assert remind(15) == []


def test_another_time_it_is_sent_back_it_begins_anew(nina, peter, lying):
    assert days_of_letters(60, 2) == [14, 44]
    reviewing.submit(record=lying, by=nina)
    send_back(reread(lying), peter)

    assert len(remind(15)) == 1


def test_rows_are_forgotten_unless_the_text_still_lies_there(lying, marta, waiting):
    remind(15)
    assert Reminder.objects.count() == 3  # Nina of changes, Marta and Peter of decisions

    reminding.forget(after(500))

    assert [each.decision.workflow_state.status for each in Reminder.objects.all()] == ["needs_changes"]
