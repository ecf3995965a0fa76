"""Several workers at once: each reminder is written by one of them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from reviews import reminding
from reviews.models import Reminder
from tests.practices.deciding import send_back
from tests.practices.writing import checked

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_write_one_letter(nina, marta, peter, organisation, together):
    checked(nina, organisation)
    send_back(checked(nina, organisation), peter)
    Email.objects.all().delete()
    later = timezone.now() + timedelta(days=15)

    together(*[lambda: reminding.remind_due(later)] * 4)

    assert sorted(letter.to[0] for letter in Email.objects.all()) == [
        "marta@example.org",
        "nina@example.org",
        "peter@example.org",
    ]
    assert Reminder.objects.count() == 3
