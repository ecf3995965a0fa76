"""What a draft is called, only those learn who may read it: in letters and notices, and on the page of an opinion."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts.models import User
from catalogue import reviewing
from notices.models import Notification
from operations.reasons import Reason
from practices import co_authors, opinions
from practices.models import GoodPractice
from practices.opinions import Written
from reviews import advice
from reviews.models import OutsideReview
from tests.factories import UserFactory, reread
from tests.practices.writing import approved, begun, checked, save, submitted

pytestmark = pytest.mark.django_db
CANARY = "Canary days"
KNOWN = "Open-yard day"


@pytest.fixture
def vera(db):
    return UserFactory(role=User.Role.EDITOR)


@pytest.fixture
def vida(db):
    return UserFactory(email="vida@example.org", mail=User.Mail.ALL)


def told(user) -> tuple[str, str]:
    """Of what she heard last, and by which title."""
    assert not Email.objects.filter(to__contains=user.email, message__contains=CANARY).exists()
    assert not Email.objects.filter(to__contains=user.email, subject__contains=CANARY).exists()
    return last_told(user).kind, title_told_to(user)


def last_told(user) -> Notification:
    return Notification.objects.filter(recipient=user).order_by("pk").last()


def title_told_to(user) -> str:
    return last_told(user).titles["en"]


def test_who_gave_an_opinion_hears_of_it_by_the_title_that_is_public(nina, organisation, marta, vera):
    User.objects.update(mail=User.Mail.ALL)
    practice = approved(nina, organisation, marta)
    opinions.write(practice=practice, by=marta, written=Written({"en": "Good."}, "Marta"))
    practice = save(practice, nina, title={"en": CANARY})

    opinions.write(practice=practice, by=vera, written=Written({"en": "Mended."}, "Marta"), reason="mistake")
    assert told(marta) == ("practice-opinion-changed", KNOWN)
    assert title_told_to(nina) == CANARY

    opinions.withdraw(practice=practice, by=vera, reason="mistake")
    assert told(marta) == ("practice-opinion-withdrawn", KNOWN)


def test_the_page_of_an_opinion_names_what_is_public(browser, nina, organisation, marta, peter):
    practice = approved(nina, organisation, marta)
    save(practice, nina, title={"en": CANARY})

    shown = browser(peter).get(reverse("practices:opinion", args=[practice.uid])).content.decode()

    assert CANARY not in shown
    assert KNOWN in shown


def test_an_opinion_that_waits_names_what_was_submitted(browser, nina, organisation, marta):
    practice = checked(nina, organisation)
    opinions.keep(practice=practice, by=marta, written=Written({"en": "Good."}, "Marta"))
    reviewing.send_back(record=practice, by=marta, revision=practice.latest_revision_id, message="Mend it.")
    save(practice, nina, title={"en": CANARY})

    shown = browser(marta).get(reverse("practices:opinion", args=[practice.uid])).content.decode()

    assert CANARY not in shown
    assert KNOWN in shown


def advised(practice, marta, vida) -> OutsideReview:
    until = timezone.localdate() + timedelta(days=1)
    asked = advice.invite(record=practice, email=vida.email, words="", until=until, by=marta)
    return advice.accept(asked=asked, by=vida)


def test_while_it_is_with_its_author_nobody_outside_is_reminded_of_it(nina, organisation, marta, vida):
    practice = checked(nina, organisation)
    advised(practice, marta, vida)
    reviewing.send_back(record=practice, by=marta, revision=practice.latest_revision_id, message="Mend it.")
    OutsideReview.objects.update(until=timezone.localdate() - timedelta(days=2))
    late = Notification.objects.filter(recipient=vida, kind="outside-review-late")

    advice.remind_late()
    assert not late.exists()

    reviewing.submit(record=reread(practice), by=nina)
    advice.remind_late()
    assert late.count() == 1


def test_who_asked_hears_the_title_that_she_knew(nina, organisation, marta, vida):
    practice = checked(nina, organisation)
    asked = advised(practice, marta, vida)
    reviewing.send_back(record=practice, by=marta, revision=practice.latest_revision_id, message="Mend it.")
    save(practice, nina, title={"en": CANARY})

    advice.decline(asked=asked, by=vida)

    assert told(marta) == ("outside-review-declined", KNOWN)


def test_a_new_title_is_told_to_those_who_are_to_read_it(nina, organisation, marta):
    practice = approved(nina, organisation, marta)
    practice = save(practice, nina, title={"en": CANARY})
    reviewing.submit(record=practice, by=nina)

    assert title_told_to(marta) == CANARY


def test_a_co_author_who_is_taken_out_is_told_of_what(nina, organisation, vida):
    practice = begun(nina, organisation)
    invitation = co_authors.invite(practice=practice, email=vida.email, by=nina)
    co_authors.remove(co_author=co_authors.accept(invitation=invitation, by=vida), by=nina, reason=Reason.DONE)

    assert told(vida) == ("co-author-removed", KNOWN)


def test_who_can_no_longer_change_it_is_not_asked_for_changes(nina, janez, organisation, marta):
    practice = submitted(janez, organisation)
    reviewing.approve(record=practice, by=nina, revision=practice.latest_revision_id)
    janez.memberships.all().delete()
    GoodPractice.objects.update(owner=None)
    reviewing.send_back(
        record=reread(practice), by=marta, revision=practice.latest_revision_id, message="Between us: mend it."
    )

    sent_back = Notification.objects.filter(kind="record-sent-back")
    assert list(sent_back.values_list("recipient", flat=True)) == [nina.pk]
    assert not Email.objects.filter(to__contains=janez.email, message__contains="Between us").exists()
