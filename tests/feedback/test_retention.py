"""Who suggested something is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback import retention

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

    retention.forget()

    known = set()
    for name, row in rows.items():
        row.refresh_from_db()
        if row.sender or row.sender_name or row.sender_email:
            known.add(name)
        assert row.text == "Change it."
    assert known == {"answered lately", "still waiting"}
