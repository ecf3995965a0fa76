"""Who suggested something is forgotten, and may take along what she wrote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.models import Suggestion
from feedback.own_rows import _erase, _export
from operations import retention

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def test_senders_are_forgotten_half_a_year_after_the_answer_and_after_a_year(suggestion, luka):
    left = {"sender_name": "Ana", "sender_email": "ana@example.com"}
    answered = {"state": "done"}
    rows = {
        "answered long ago": suggestion(**left, **answered, answered=days_ago(181), created=days_ago(200)),
        "with an account": suggestion(sender=luka, **answered, answered=days_ago(181), created=days_ago(200)),
        "answered lately": suggestion(**left, **answered, answered=days_ago(179), created=days_ago(200)),
        "never answered": suggestion(**left, created=days_ago(366)),
        "still waiting": suggestion(**left, created=days_ago(364)),
    }

    retention.forget_due()

    known = set()
    for name, row in rows.items():
        row.refresh_from_db()
        if row.sender or row.sender_name or row.sender_email:
            known.add(name)
        assert row.text == "Change it."
    assert known == {"answered lately", "still waiting"}


def test_she_takes_along_what_she_wrote_and_nothing_of_others(suggestion, luka, nina):
    mine = suggestion(sender=luka, text="Mine.", state="done", answered=days_ago(1), answered_by=nina, answer="Thanks.")
    suggestion(sender_email=luka.email, text="Mine, before I had an account.")
    suggestion(sender=nina, text="Hers.")

    told = _export(luka)
    assert [row["text"] for row in told["suggested"]] == ["Mine.", "Mine, before I had an account."]
    assert told["answered"] == []
    assert [row["about_uid"] for row in _export(nina)["answered"]] == [mine.about_uid]


def test_her_account_goes_and_the_suggestion_stays_without_a_name(suggestion, luka, nina):
    suggestion(sender=luka)
    suggestion(sender_name="Luka", sender_email=luka.email)
    answered = suggestion(state="done", answered=days_ago(1), answered_by=luka)

    _erase(luka)
    luka.delete()

    assert set(Suggestion.objects.values_list("sender", "sender_name", "sender_email")) == {(None, "", "")}
    answered.refresh_from_db()
    assert answered.answered_by is None
