"""What is kept goes in time: each kind on its day, and none a day before."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts.models import Consent, FormerAddress, User
from notices.models import Digest, Notification
from operations import audit, retention, work
from operations.models import AuditEntry
from operations.retention import Retention
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def kept(days: float, count) -> int:
    """How many are left so many days from now."""
    retention.forget_due(NOW + timedelta(days=days))
    return count()


def test_each_is_done_once_a_day_and_the_page_tells_all_of_them(client):
    assert "what is kept no longer" in work.tick()
    assert "what is kept no longer" not in work.tick(timezone.now() + timedelta(hours=23))

    client.force_login(UserFactory())
    page = client.get("/en/my/data/").content.decode()
    for each in retention.all_retentions():
        assert str(each.what) in page
        assert f"after {each.days} day{'s' if each.days > 1 else ''}" in page


def test_one_that_fails_holds_up_no_other(monkeypatch):
    done = []

    def fail(before):
        raise OSError("no disk")

    monkeypatch.setattr(retention, "_registry", {})
    retention.register(Retention("broken", "x", 1, fail))
    retention.register(Retention("whole", "x", 1, done.append))
    with pytest.raises(RuntimeError, match="broken"):
        retention.forget_due()
    assert len(done) == 1


def test_sent_letters_lose_what_they_said_after_two_weeks():
    Email.objects.create(from_email="p@example.org", to=["a@example.org"], subject="x", status=STATUS.sent)
    Email.objects.update(last_updated=NOW)

    def told():
        return Email.objects.exclude(to="").count()

    assert (kept(13.9, told), kept(14.1, told)) == (1, 0)


@pytest.mark.parametrize(("read_at", "days"), [(NOW, 180), (None, 365)])
def test_notices_go_half_a_year_after_they_are_read_or_after_a_year(read_at, days):
    Notification.objects.create(recipient=UserFactory(), kind="x", path="/", created=NOW, read_at=read_at)
    count = Notification.objects.count

    assert (kept(days - 0.1, count), kept(days + 0.1, count)) == (1, 0)


def test_the_days_of_letters_go_after_a_month():
    Digest.objects.create(recipient=UserFactory(), day=timezone.localdate())
    count = Digest.objects.count

    assert (kept(29, count), kept(32, count)) == (1, 0)


def test_an_account_that_nobody_confirmed_goes_after_two_weeks(client, mailoutbox):
    client.post(
        "/accounts/signup/",
        {"first_name": "Eve", "email": "a@example.org", "password1": PASSWORD, "password2": PASSWORD, "terms": "on"},
    )
    mailoutbox.clear()
    staff_made, former = UserFactory(), UserFactory(last_login=NOW)
    former.emailaddress_set.update(verified=False)
    count = User.objects.count

    assert (kept(13.9, count), kept(14.1, count)) == (3, 2)
    assert set(User.objects.all()) == {staff_made, former}
    assert mailoutbox == []  # the address may be anybody's
    assert AuditEntry.objects.filter(what="account.erased", actor=None).count() == 1


def test_ended_sessions_go():
    client = Client()
    client.force_login(UserFactory())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    retention.forget_due()

    assert not Session.objects.exists() and not UserSession.objects.exists()


def test_consents_go_three_years_after_they_were_taken_back():
    whole = {"user": UserFactory(), "purpose": "x", "text_version": "2026-11-22", "language": "en"}
    Consent.objects.create(**whole, withdrawn=NOW, given=NOW - timedelta(days=1))
    Consent.objects.create(**whole)
    count = Consent.objects.count

    assert (kept(3 * 365, count), kept(3 * 366 + 1, count)) == (2, 1)


def test_former_addresses_are_kept_with_the_account():
    user = UserFactory()
    FormerAddress.objects.create(user=user, email="old@example.org")

    assert kept(2000, FormerAddress.objects.count) == 1


def test_the_audit_log_is_asked_once_a_day(monkeypatch):
    asked = []
    monkeypatch.setattr(audit, "forget", lambda: asked.append(True))
    retention.forget_due()

    assert asked == [True]
