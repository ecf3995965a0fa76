"""Whom a decision is told where who submitted the text may not write it any more."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts.models import User
from catalogue import reviewing
from notices.models import Notification
from operations.reasons import Reason
from practices import co_authors
from practices.models import GoodPractice
from reviews import reminding
from tests.factories import UserFactory, reread
from tests.practices.deciding import approve, send_back
from tests.practices.writing import begun, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def zala(db):
    return UserFactory(email="zala@example.org", first_name="Zala", mail=User.Mail.ALL)


def by_co_author(nina, organisation, zala) -> GoodPractice:
    """Zala submits it, and writes it no more."""
    practice = begun(nina, organisation)
    co_authors.accept(invitation=co_authors.invite(practice=practice, email=zala.email, by=nina), by=zala)
    reviewing.submit(record=reread(practice), by=zala)
    co_authors.remove(co_author=practice.co_authors.get(), by=nina, reason=Reason.DONE)
    return reread(practice)


def by_colleague(nina, organisation, janez) -> GoodPractice:
    """Janez began and submits it, and his account is closed."""
    practice = submitted(janez, organisation)
    User.objects.filter(pk=janez.pk).update(is_active=False)
    return reread(practice)


def sent_back(practice, nina, marta) -> GoodPractice:
    approve(practice, nina)
    Email.objects.all().delete()
    Notification.objects.all().delete()
    send_back(reread(practice), marta)
    return reread(practice)


@pytest.mark.parametrize("case", ["taken out", "account closed"])
def test_what_is_asked_for_reaches_who_can_do_it_alone(nina, marta, janez, zala, organisation, case):
    practice = (
        by_co_author(nina, organisation, zala) if case == "taken out" else by_colleague(nina, organisation, janez)
    )

    practice = sent_back(practice, nina, marta)

    [letter] = Email.objects.all()
    assert (letter.to, "Who pays?" in letter.message) == (["nina@example.org"], True)
    assert [notice.recipient for notice in Notification.objects.all()] == [nina]
    Email.objects.all().delete()
    reminding.remind_due(timezone.now() + timedelta(days=20))
    assert [letter.to for letter in Email.objects.all()] == [["nina@example.org"]]


def test_where_nobody_coordinates_the_organisation_its_people_hear(nina, marta, janez, organisation):
    practice = submitted(nina, organisation)
    nina.memberships.all().delete()
    GoodPractice.objects.filter(pk=practice.pk).update_ledger(owner=None)
    Notification.objects.all().delete()

    send_back(reread(practice), marta)

    assert [notice.recipient for notice in Notification.objects.all()] == [janez]
