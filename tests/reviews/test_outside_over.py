"""An outside reviewer hears that the review is over, however it ended, and nothing of what the text is called since."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts.models import User
from catalogue import reviewing
from notices.models import Notification
from practices import actions
from reviews import advice
from tests.factories import UserFactory, reread
from tests.practices.deciding import approve, send_back
from tests.practices.writing import approved, save, setting, submitted

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def vida(db):
    return UserFactory(email="vida@example.org", first_name="Vida", mail=User.Mail.ALL)


def advised(practice, by, vida):
    until = timezone.localdate() + timedelta(days=7)
    asked = advice.invite(record=practice, email=vida.email, words="", until=until, by=by)
    advice.accept(asked=asked, by=vida)
    Email.objects.all().delete()
    return asked


def told(vida) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(recipient=vida).values_list("kind", "path"))


def renamed(practice, nina):
    """Sent back, and called otherwise since."""
    save(practice, nina, title={"en": "Canary"})
    return reread(practice)


@pytest.mark.parametrize("ending", ["taken back", "decided", "deleted", "staff"])
def test_she_hears_once_that_it_is_over(nina, marta, vida, organisation, ending):
    practice = submitted(nina, organisation)
    advised(practice, marta, vida)
    path = "my/"
    if ending == "taken back":
        reviewing.take_back(record=practice, by=nina)
    elif ending == "decided":
        approve(practice, marta)
        path = f"/id/{practice.uid}/"
    else:
        send_back(practice, marta)
        practice = renamed(practice, nina)
        if ending == "deleted":
            reviewing.delete_draft(record=practice, by=nina)
        else:
            reviewing.end(record=practice, by=nina, why=reviewing.Ending.STAFF)

    assert told(vida) == [("outside-review-over", path)]
    [letter] = Email.objects.filter(to="vida@example.org")
    assert letter.subject == "The review is over: Open-yard day"
    assert "Canary" not in letter.message


def test_withdrawal_ends_it_too(nina, marta, vida, organisation):
    practice = approved(nina, organisation, marta)
    actions.save_draft(
        practice=practice,
        by=nina,
        edit=setting(title={"en": "Open-yard week"}),
        organisation=organisation,
        expected_revision=practice.latest_revision_id,
    )
    reviewing.submit(record=practice, by=nina)
    advised(reread(practice), marta, vida)

    reviewing.withdraw(record=reread(practice), by=nina)

    assert [kind for kind, _path in told(vida)] == ["outside-review-over"]


def test_who_has_declined_since_hears_nothing(nina, marta, vida, organisation):
    practice = submitted(nina, organisation)
    asked = advised(practice, marta, vida)
    advice.decline(asked=asked, by=vida)

    reviewing.take_back(record=practice, by=nina)

    assert told(vida) == []
