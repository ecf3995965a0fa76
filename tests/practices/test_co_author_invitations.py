"""Invitations to write a practice end with the right of who sent them; what is said before a co-author is taken out."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from accounts.invited import NotGood
from accounts.models import User
from operations.models import AuditEntry
from operations.reasons import Reason
from practices import co_authors
from practices.models import CoAuthor, CoAuthorInvitation
from tests.factories import UserFactory
from tests.practices.writing import begun

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


@pytest.fixture
def zala(practice):
    zala = UserFactory(email="zala@example.org", first_name="Zala")
    CoAuthor.objects.create(practice=practice, user=zala)
    return zala


@pytest.fixture
def guest(db):
    return UserFactory(email="guest@example.org", first_name="Gaber")


@pytest.mark.parametrize("case", ["removed", "left"])
def test_who_writes_it_no_more_brings_nobody_in(client, practice, nina, zala, guest, case):
    invitation = co_authors.invite(practice=practice, email=guest.email, by=zala)
    link = re.search(r"/en/write-with/\S+/$", Email.objects.latest("pk").message, re.MULTILINE)[0]
    other = co_authors.invite(practice=practice, email="other@example.org", by=nina)

    if case == "removed":
        co_authors.remove(co_author=practice.co_authors.get(), by=nina, reason=Reason.DONE)
    else:
        co_authors.leave(practice=practice, by=zala)

    assert list(CoAuthorInvitation.objects.pending()) == [other]
    assert AuditEntry.objects.filter(what="invitation.revoked").count() == 1
    assert client.get(link).status_code == 404
    with pytest.raises(NotGood):
        co_authors.accept(invitation=invitation, by=guest)


@pytest.mark.parametrize("case", ["no colleague any more", "account closed", "erased"])
def test_whatever_has_ended_her_right(client, practice, janez, guest, case):
    invitation = co_authors.invite(practice=practice, email=guest.email, by=janez)
    if case == "no colleague any more":
        janez.memberships.all().delete()
    elif case == "account closed":
        User.objects.filter(pk=janez.pk).update(is_active=False)
    else:
        janez.delete()

    with pytest.raises(NotGood):
        co_authors.accept(invitation=invitation, by=guest)
    browser = Client()
    browser.force_login(guest)
    assert browser.get(reverse("practices:my_co_author_invitation", args=[invitation.pk])).status_code == 404


def test_a_colleague_who_leaves_her_co_authorship_still_brings_in_whom_she_invited(practice, janez, guest):
    CoAuthor.objects.create(practice=practice, user=janez)
    invitation = co_authors.invite(practice=practice, email=guest.email, by=janez)

    co_authors.leave(practice=practice, by=janez)

    assert co_authors.accept(invitation=invitation, by=guest).user == guest


@pytest.mark.parametrize("case", ["a stranger", "a colleague"])
def test_before_she_is_taken_out_it_is_said_whether_she_writes_on(practice, nina, janez, zala, case):
    CoAuthor.objects.create(practice=practice, user=janez)
    person = zala if case == "a stranger" else janez
    browser = Client()
    browser.force_login(nina)
    where = reverse("practices:remove_co_author", args=[practice.uid, practice.co_authors.get(user=person).pk])

    page = " ".join(browser.get(where).content.decode().split())
    answer = browser.post(where, {"reason": "done"}, follow=True)

    assert ("can no longer write" in page, "can still write it" in page) == (person == zala, person == janez)
    assert ("no longer writes this practice" in answer.content.decode()) == (person == zala)
    assert practice.is_written_by(person) == (person == janez)
