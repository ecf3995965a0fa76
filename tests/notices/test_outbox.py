"""Letters are rows: written with what they tell, tried again, given up in the end, and never lost."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils.timezone import now
from post_office.models import STATUS, Email, Log

from notices import outbox
from notices.models import Undeliverable
from notices.undeliverable import digest_of
from tests.notices.mail_server import MailServer

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]

NINA = "nina@example.org"


@pytest.fixture
def server(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "notices.outbox.Outbox"
        server.use(settings)
        yield server


def write(*addresses, subject="Published", body="It is public now.", **more):
    for address in addresses or [NINA]:
        mail.EmailMultiAlternatives(subject, body, to=[address], **more).send()


def states():
    return list(Email.objects.order_by("pk").values_list("status", flat=True))


def claims_have_run_out():
    Email.objects.update(scheduled_time=now() - timedelta(seconds=1))


# In and out


def test_a_letter_leaves_after_its_transaction_and_with_it(server):
    with transaction.atomic():
        write()
        assert server.received == []
    outbox.send_due()

    assert (len(server.received), states()) == (1, [STATUS.sent])


def test_what_was_rolled_back_is_not_told(server):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    outbox.send_due()

    assert (server.received, Email.objects.count()) == ([], 0)


def test_it_arrives_as_it_was_written(server):
    body = "Who {{ pays }}? {% include 'base.html' %}"
    letter = mail.EmailMultiAlternatives(
        "A subject\r\nBcc: all@example.org", body, to=[NINA], reply_to=["a@example.org"]
    )
    letter.attach_alternative("<p>Čas</p>", "text/html")
    letter.send()
    outbox.send_due()

    [told] = server.messages
    assert "\nSubject: A subject Bcc: all@example.org\r\n" in told and body in told
    assert "\nReply-To: a@example.org\r\n" in told and 'Content-Type: text/html; charset="utf-8"' in told
    assert "\nBcc:" not in told


def test_what_was_asked_for_goes_before_what_was_not(server):
    write("first@example.org", headers={"Auto-Submitted": "auto-generated"})
    write("second@example.org")
    outbox.send_due()

    first, second = server.messages
    assert "\nTo: second@example.org\r\n" in first and "\nTo: first@example.org\r\n" in second


def test_letters_of_text_alone_come_in_our_frame_too():
    letter = outbox.row_of(
        mail.EmailMessage("Approve <this>", "Read it:\nhttps://example.org/cms/\n\n<b>Bye</b>", to=[NINA])
    )

    assert '<p class="brand">' in letter.html_message and "<h1>Approve &lt;this&gt;</h1>" in letter.html_message
    assert '<a href="https://example.org/cms/"' in letter.html_message and "&lt;b&gt;Bye" in letter.html_message


def test_files_are_linked_to_not_sent():
    letter = mail.EmailMessage("Files", "Here", to=[NINA], attachments=[("a.txt", "text", "text/plain")])

    with pytest.raises(ValueError, match="no attachments"):
        outbox.row_of(letter)


# A mail server in trouble


def hold_up(server, trouble, settings):
    if trouble == "down":
        settings.EMAIL_PORT = 9
    elif trouble == "slow":
        settings.EMAIL_TIMEOUT = 0.2
        server.at["hello"] = MailServer.HANG
    elif trouble == "slow after DATA":
        settings.EMAIL_TIMEOUT = 0.2
        server.at["after DATA"] = MailServer.HANG
    elif trouble == "never done":
        settings.EMAIL_TIMEOUT = 0.1
        server.at["after DATA"] = MailServer.DRIP
    elif trouble == "never done with its greeting":
        settings.EMAIL_TIMEOUT = 0.1
        server.at["hello"] = MailServer.DRIP
    else:
        at, answer = trouble
        server.at[at] = answer


@pytest.mark.parametrize(
    "trouble",
    [
        "down",
        "slow",
        "slow after DATA",
        "never done",
        "never done with its greeting",
        ("RCPT", "451 4.2.0 Later"),
        ("after DATA", "451 4.3.0 Later"),
        ("after DATA", MailServer.DROP),
        ("hello", "421 4.3.2 Not now"),
        ("MAIL", "550 5.7.1 Not you"),
    ],
)
def test_it_is_tried_again_when_the_server_is_well(trouble, server, settings, caplog):
    write()
    hold_up(server, trouble, settings)
    outbox.send_due()
    assert states() == [STATUS.requeued]
    assert now() < Email.objects.get().scheduled_time < now() + timedelta(minutes=2)

    server.at.clear()
    server.use(settings)
    outbox.send_due()
    assert states() == [STATUS.requeued]  # its time has not come
    claims_have_run_out()
    outbox.send_due()

    assert states() == [STATUS.sent]
    assert len(set(server.received)) == 1  # what came twice bears one Message-ID
    assert not Undeliverable.objects.exists()
    assert NINA not in caplog.text and NINA not in str(list(Log.objects.values()))


def test_waits_grow_and_after_three_days_it_is_given_up(server, caplog):
    server.at["RCPT"] = "451 Later"
    write()
    waits = [outbox.wait_after(attempt) for attempt in range(1, 12)]
    assert waits == sorted(waits) and waits[0] == timedelta(minutes=1) and waits[-1] == timedelta(hours=12)
    assert sum(waits, timedelta()) > outbox.PATIENCE  # a dozen tries, not hundreds

    Email.objects.update(created=now() - timedelta(days=3))
    outbox.send_due()

    assert states() == [STATUS.failed]
    assert outbox.state() == (True, "0 waiting, 0 of them tried before, 1 failed")
    assert f"Letter {Email.objects.get().pk} is given up: SMTPRecipientsRefused 451" in caplog.text


def test_a_server_that_is_down_does_not_hold_up_the_rest_of_the_work(server, settings):
    write(*[f"person{number}@example.org" for number in range(10)])
    settings.EMAIL_PORT = 9

    outbox.send_due()

    assert Counter(states()) == {STATUS.requeued: 3, STATUS.queued: 7}


def test_one_bad_address_holds_up_nobody(server):
    server.at["RCPT"] = "451 Later"
    write()
    outbox.send_due()
    server.at.clear()
    write("luka@example.org")
    outbox.send_due()

    assert states() == [STATUS.requeued, STATUS.sent]


# Nobody there


@pytest.mark.parametrize(
    ("answer", "is_marked"),
    [
        ("550 5.1.1 <nina@example.org>: no such person", True),
        ("550 5.1.10 Null MX", True),
        ("553 Not a name of a mailbox", True),
        ("550 Nobody here", False),  # or: we may not write there
        ("550 blocked", False),
        ("550 5.7.1 We do not know you", False),
        ("552 5.2.2 Mailbox full", False),
    ],
)
def test_what_is_refused_is_not_tried_again_and_the_address_may_be_marked(answer, is_marked, server, caplog):
    server.at["RCPT"] = answer
    write()
    outbox.send_due()

    assert states() == [STATUS.failed]
    assert Undeliverable.objects.among(["Nina@example.org"]) is is_marked
    assert Undeliverable.objects.get().digest == digest_of("Nina@example.org")
    assert NINA not in caplog.text + str(list(Log.objects.values())) + str(list(Undeliverable.objects.values()))


def test_who_cannot_be_reached_is_written_to_only_what_she_asks_for(server):
    Undeliverable.objects.mark(NINA, "550")
    write(headers={"Auto-Submitted": "auto-generated"})
    write(subject="Confirm your address")
    outbox.send_due()

    assert states() == [STATUS.failed, STATUS.sent]
    Undeliverable.objects.forgive(NINA)
    write(headers={"Auto-Submitted": "auto-generated"})
    outbox.send_due()
    assert states()[-1] == STATUS.sent


def days_of_refusals(server, *letters):
    """So many letters on each day, the last day is yesterday."""
    server.at["RCPT"] = "550 blocked"
    for number in letters:
        for _letter in range(number):
            write()
        outbox.send_due()
        Undeliverable.objects.update(refused_on=now() - timedelta(days=1))


def test_a_refusal_that_may_be_about_anything_counts_once_a_day_and_marks_at_the_third(server):
    days_of_refusals(server, 3, 2)
    assert not Undeliverable.objects.among([NINA])

    days_of_refusals(server, 1)
    assert Undeliverable.objects.among([NINA])


def test_a_letter_that_is_taken_ends_the_count(server):
    days_of_refusals(server, 1, 1)
    server.at.clear()
    write()
    outbox.send_due()
    days_of_refusals(server, 1, 1)

    assert not Undeliverable.objects.among([NINA])


# Workers


def test_two_workers_send_every_letter_once(server, together):
    write(*[f"person{number}@example.org" for number in range(20)])

    together(outbox.send_due, outbox.send_due, outbox.send_due)

    assert states() == [STATUS.sent] * 20
    assert sorted(server.received) == sorted(Email.objects.values_list("message_id", flat=True))


def test_a_worker_that_is_killed_loses_none_and_doubles_one_at_most(server):
    write(*[f"person{number}@example.org" for number in range(6)])
    server.at["after DATA"] = MailServer.HANG
    send = "import django; django.setup(); from notices import outbox; outbox.send_due()"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mer_portal.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
    }
    with subprocess.Popen([sys.executable, "-c", send], env=environment) as worker:
        assert server.came.wait(60)
        worker.send_signal(signal.SIGKILL)
    server.at.clear()
    server.goes_on.set()

    outbox.send_due()
    assert Counter(states()) == {STATUS.sent: 5, STATUS.requeued: 1}
    claims_have_run_out()
    outbox.send_due()

    assert states() == [STATUS.sent] * 6
    assert sorted(Counter(server.received).values()) == [1, 1, 1, 1, 1, 2]


# Afterwards


def test_after_two_weeks_nobody_can_read_whom_it_was_for(server):
    write()
    outbox.send_due()
    write("luka@example.org")
    Email.objects.filter(status=STATUS.sent).update(last_updated=now() - timedelta(days=13))
    outbox.forget()
    assert Email.objects.filter(to=NINA).exists()

    Email.objects.update(last_updated=now() - timedelta(days=15))
    outbox.forget()

    sent, waiting = Email.objects.order_by("pk")
    assert (sent.to, sent.subject, sent.message, sent.html_message, sent.headers) == ([], "", "", "", None)
    assert waiting.to == ["luka@example.org"]
