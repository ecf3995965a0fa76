"""Messages go out signed, are tried for three days with growing pauses, and never twice at once."""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from exchange.models import Delivery, Endpoint
from exchange.webhooks import actions, sending, signing
from exchange.webhooks.sending import PAUSES, send_due
from operations.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.core]
State = Delivery.State


def now_due() -> None:
    Delivery.objects.filter(state=State.WAITING).update(due=timezone.now())


# Signed


def test_the_signature_is_that_of_the_standard():
    """The example of the specification's own libraries."""
    signature = signing.signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )

    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_arrives_is_signed_and_says_when(changed, endpoint, receiver):
    send_due()

    [(first, headers, body)] = receiver.came
    assert first == "POST /hook HTTP/1.1"
    assert (headers["content-type"], headers["webhook-id"]) == ("application/json", changed.message_id)
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert json.loads(body)["type"] == "catalogue.changed"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(endpoint.plain.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


def test_while_a_secret_is_changed_both_sign(changed, endpoint, receiver, anna):
    new = actions.rotate(endpoint=endpoint, by=anna)

    send_due()

    [(_first, headers, body)] = receiver.came
    told = {"message_id": headers["webhook-id"], "timestamp": int(headers["webhook-timestamp"]), "body": body}
    expected = [signing.signature(secret, **told) for secret in (new, endpoint.plain)]
    assert headers["webhook-signature"].split(" ") == expected


def test_after_a_day_only_the_new_one_signs(changed, endpoint, receiver, anna):
    actions.rotate(endpoint=endpoint, by=anna)
    Endpoint.objects.update(former_until=timezone.now() - timedelta(seconds=1))

    send_due()
    actions.forget_former_secrets()

    assert len(receiver.came[0][1]["webhook-signature"].split(" ")) == 1
    assert Endpoint.objects.get().former_secret == ""


def test_secrets_are_not_in_the_database(endpoint):
    assert endpoint.plain not in str(Endpoint.objects.values().get())


def test_a_former_key_of_the_portal_may_go_after_a_day(endpoint, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    actions.seal_anew()
    settings.SECRET_KEY_FALLBACKS = []

    assert sending.secrets_of(Endpoint.objects.get()) == [endpoint.plain]


# Tried


def test_what_arrived_is_noted_and_not_sent_again(changed, receiver):
    send_due()
    now_due()
    send_due()

    changed.refresh_from_db()
    assert (changed.state, changed.attempts, len(receiver.came)) == (State.DELIVERED, 1, 1)
    [told] = changed.tries
    assert (told["status"], told["reason"]) == (204, "")
    assert told["ms"] >= 0


@pytest.mark.parametrize("status", ["500 Internal Server Error", "302 Found", "400 Bad Request", "429 Too Many"])
def test_what_was_not_taken_is_tried_again_with_the_same_bytes(changed, receiver, status):
    receiver.status = status
    send_due()
    receiver.status = "200 OK"
    now_due()
    send_due()

    changed.refresh_from_db()
    assert (changed.state, [each["status"] for each in changed.tries]) == (State.DELIVERED, [int(status[:3]), 200])
    (_, first, body), (_, second, again) = receiver.came
    assert (first["webhook-id"], body) == (second["webhook-id"], again)


def test_a_redirect_leads_nowhere(changed, receiver):
    receiver.status = f"302 Found\r\nLocation: http://receiver.example:{receiver.port}/other"
    send_due()

    assert [first for first, _headers, _body in receiver.came] == ["POST /hook HTTP/1.1"]


def test_who_never_answers_is_left_after_a_while(changed, receiver, monkeypatch):
    receiver.answer = lambda connection: time.sleep(5)
    hasty = sending.Door(**vars(sending.door()) | {"seconds": 0.3})
    monkeypatch.setattr(sending, "door", lambda: hasty)

    send_due()

    changed.refresh_from_db()
    assert (changed.state, changed.tries[0]["status"], changed.tries[0]["reason"]) == (State.WAITING, None, "TooSlow")


def test_an_address_that_means_another_machine_now_is_not_spoken_to(changed, receiver, monkeypatch):
    inner = sending.Door(**vars(sending.door()) | {"resolve": lambda host, port: ["10.0.0.1"]})
    monkeypatch.setattr(sending, "door", lambda: inner)

    send_due()

    changed.refresh_from_db()
    assert (receiver.came, changed.tries[0]["reason"]) == ([], "NotAllowed")


def test_outside_the_embedded_mode_nothing_goes_in_the_clear(changed, receiver, settings):
    settings.SERVER = True
    send_due()

    changed.refresh_from_db()
    assert (receiver.came, changed.tries[0]["reason"]) == ([], "NotAllowed")


def test_the_pauses_grow_over_three_days():
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(hours=70) < sum(PAUSES, timedelta()) < timedelta(hours=74)
    assert 0.9 * PAUSES[3] <= sending.pause_after(4) <= 1.1 * PAUSES[3]
    assert len({sending.pause_after(4) for _time in range(10)}) > 1
    assert sending.pause_after(len(PAUSES) + 1) is None


def test_after_three_days_it_is_stopped_and_its_owner_has_a_letter(changed, receiver, anna):
    receiver.status = "503 Service Unavailable"
    for _time in range(len(PAUSES) + 1):
        now_due()
        send_due()

    changed.refresh_from_db()
    endpoint = Endpoint.objects.get()
    assert (changed.state, changed.attempts) == (State.FAILED, len(PAUSES) + 1)
    assert (endpoint.why, endpoint.disabled is None) == ("failing", False)
    hers, contacts = Email.objects.order_by("pk")
    assert [hers.to, contacts.to] == [[anna.email], ["data@alpine.example"]]
    for letter in (hers, contacts):
        assert letter.subject == "A webhook was stopped: Alpine Zones"
        assert "It is the webhook at receiver.example. Nothing arrived there for three days." in letter.message
        assert "/hook" not in letter.message
    assert AuditEntry.objects.get(what="webhook.stopped").facts["why"] == "failing"


def test_410_stops_it_at_once(changed, receiver):
    receiver.status = "410 Gone"
    send_due()

    changed.refresh_from_db()
    assert (changed.state, Endpoint.objects.get().why, Email.objects.count()) == (State.FAILED, "gone", 2)


def test_what_is_stopped_is_not_sent_to(changed, endpoint, receiver, anna):
    actions.stop(endpoint=endpoint, why=Endpoint.Stopped.OWNER, by=anna)
    send_due()

    assert (receiver.came, Email.objects.count()) == ([], 0)


# By hand


def test_a_test_goes_once_also_where_it_is_stopped(endpoint, receiver, anna):
    actions.stop(endpoint=endpoint, why=Endpoint.Stopped.OWNER, by=anna)
    receiver.status = "500 Internal Server Error"
    test = actions.test(endpoint=endpoint)
    for _time in range(2):
        now_due()
        send_due()

    test.refresh_from_db()
    assert (test.state, test.attempts, json.loads(receiver.came[0][2])["type"]) == (State.FAILED, 1, "webhook.test")
    assert Endpoint.objects.get().why == "owner"


def test_what_was_sent_is_sent_again_by_hand(changed, receiver):
    send_due()

    assert actions.send_again(delivery=changed) is True
    assert actions.send_again(delivery=changed) is False  # it waits
    send_due()

    assert [headers["webhook-id"] for _first, headers, _body in receiver.came] == [changed.message_id] * 2


# Never twice at once


def test_a_message_that_somebody_has_taken_is_left_to_her(changed):
    assert sending.take().pk == changed.pk
    assert sending.take() is None


def test_who_took_too_long_notes_nothing(changed):
    slow = sending.take()
    now_due()
    quick = sending.take()
    sending.finish(quick, sending.Outcome(204, 1))

    sending.finish(slow, sending.Outcome(500, 99_000))

    changed.refresh_from_db()
    assert (changed.state, [each["status"] for each in changed.tries]) == (State.DELIVERED, [204])


def test_what_was_removed_meanwhile_is_forgotten(changed, endpoint, anna):
    taken = sending.take()
    actions.remove(endpoint=endpoint, by=anna)

    sending.finish(taken, sending.Outcome(204, 1))

    assert Delivery.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_senders_one_sends(postgresql, together, changed, receiver):
    together(send_due, send_due, send_due, send_due)

    assert len(receiver.came) == 1


@pytest.mark.django_db(transaction=True)
def test_many_messages_and_many_senders(postgresql, together, endpoint, receiver):
    for number in range(20):
        other = Endpoint.objects.create(client=endpoint.client, url=f"{receiver.url}/{number}", secret=endpoint.secret)
        actions.test(endpoint=other)

    together(send_due, send_due, send_due)

    ids = [headers["webhook-id"] for _first, headers, _body in receiver.came]
    assert (len(ids), len(set(ids))) == (20, 20)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rotate_the_secret_one_does(postgresql, together, endpoint, anna):
    def rotate():
        try:
            return actions.rotate(endpoint=endpoint, by=anna)
        except actions.TwoSecrets:
            return ""

    [new] = filter(None, together(rotate, rotate, rotate))

    assert sending.secrets_of(Endpoint.objects.get()) == [new, endpoint.plain]
