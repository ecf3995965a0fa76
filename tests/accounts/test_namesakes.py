"""A name is nobody's alone: an erasure goes by the account, and what others are called or have written stays."""

import pytest
from django.test import Client
from post_office.models import Email
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts import erasure
from accounts.models import User
from notices import digests, outbox
from notices.actions import notify
from notices.models import Notification
from partners import inviting
from reviews import letters
from tests.factories import MembershipFactory, UserFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db, pytest.mark.usefixtures("through_the_outbox")]
ABOUT = {"titles": {"en": "Open-yard day"}, "path": "my/"}


@pytest.fixture
def marta(db):
    return UserFactory(first_name="Marta", mail=User.Mail.ALL)


def does_much(user, organisation, marta):
    """She is named in the history, in notices, in letters that were sent and in one that waits."""
    log(organisation, "wagtail.edit", user=user)
    log(MembershipFactory(user=user, organisation=organisation, role="coordinator"), "wagtail.create", user=user)
    notify([marta], letters.SUBMITTED.name, by=user, **ABOUT)
    reader = UserFactory(mail=User.Mail.DIGEST)
    notify([reader], letters.SUBMITTED.name, by=user, **ABOUT)
    digests.write(reader, reader.date_joined.date())
    inviting.invite(organisation=organisation, email=f"colleague{user.pk}@example.org", by=user)
    outbox.send_due()
    notify([marta], letters.SUBMITTED.name, by=user, **ABOUT)
    organisation.memberships.update(role="member")


def what_is_told() -> dict:
    return {
        "history": list(ModelLogEntry.objects.order_by("pk").values_list("label", flat=True)),
        "actors": list(Notification.objects.order_by("pk").values_list("actor", flat=True)),
        "letters": list(Email.objects.order_by("pk").values_list("subject", "message", "context")),
    }


@pytest.mark.parametrize(("first", "last"), [("i", ""), ("Ana", "Novak"), ("Bistra", "Ptuj"), ("Open-yard", "day")])
def test_who_is_called_alike_or_part_of_it_takes_nothing_along(organisation, marta, first, last):
    ana, namesake = UserFactory(first_name="Ana", last_name="Novak"), UserFactory(first_name=first, last_name=last)
    does_much(ana, organisation, marta)
    before = what_is_told()

    erasure.erase(user=namesake, by=namesake, tell=False)

    assert what_is_told() == before
    assert "Ana Novak" in before["actors"]


def test_her_own_name_goes_from_what_the_portal_told_of_her(organisation, marta):
    ana, namesake = (UserFactory(first_name="Ana", last_name="Novak") for _each in range(2))
    does_much(namesake, organisation, marta)
    before = what_is_told()
    does_much(ana, organisation, marta)

    erasure.erase(user=ana, by=ana, tell=False)

    after = what_is_told()
    for what, rows in before.items():
        assert after[what][: len(rows)] == rows, what
    hers = {what: rows[len(before[what]) :] for what, rows in after.items()}
    assert hers["history"] == ["Bistra Ptuj", "[…]"]
    assert set(hers["actors"]) == {""}
    named = [context for _subject, message, context in hers["letters"] if "Ana Novak" in message]
    assert named == [outbox.FORGOTTEN]  # it waits, and is forgotten when it is sent
    outbox.send_due()
    assert sum("Ana Novak" in text for text in Email.objects.values_list("message", flat=True)) == sum(
        "Ana Novak" in message for _subject, message, _context in before["letters"]
    )


def test_no_kept_page_is_served_after_an_erasure():
    nina, stranger = UserFactory(email="nina@example.org"), Client()
    page = "/en/search/?q=nina@example.org"
    stranger.get(page)
    assert stranger.get(page).context is None  # it was kept, not drawn

    erasure.erase(user=nina, by=nina)

    assert stranger.get(page).context is not None
