"""Mail waits for the transaction, and a mail server that is down harms nothing."""

import sys

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.db.backends.base import base

pytestmark = pytest.mark.django_db(transaction=True)


class Unreachable(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _backends(settings):
    settings.EMAIL_BACKEND = "notices.mail.AfterCommit"
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def send():
    return mail.send_mail("Published", "It is public now.", None, ["nina@example.org"])


def test_a_letter_goes_out_when_the_transaction_has_committed():
    with transaction.atomic():
        assert send() == 1
        assert mail.outbox == []

    assert [letter.subject for letter in mail.outbox] == ["Published"]


def test_what_was_rolled_back_is_not_told():
    with transaction.atomic():
        send()
        transaction.set_rollback(True)

    assert mail.outbox == []


def test_without_a_transaction_it_goes_out_at_once():
    send()

    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_is_noted_and_no_more(settings, monkeypatch):
    settings.MAIL_BACKEND = f"{__name__}.Unreachable"
    noted = []
    monkeypatch.setattr(base.logger, "error", lambda *words, **more: noted.append(sys.exc_info()[0]))

    with transaction.atomic():
        send()

    assert noted == [ConnectionRefusedError]
