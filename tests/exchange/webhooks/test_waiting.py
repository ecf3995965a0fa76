"""A receiver that says when it wants to be asked again is heard, within reason."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date

from exchange.models import Delivery, Endpoint
from exchange.webhooks import sending, waiting
from exchange.webhooks.sending import LONGEST, PAUSES, send_due
from operations.fetching import Answer

pytestmark = pytest.mark.core
State = Delivery.State
HOUR = 3600


def asked_for(word: str, status: int = 503) -> timedelta:
    return waiting.asked_for(Answer(status, "https://receiver.example/", {"retry-after": word} if word else {}))


# What is said


@pytest.mark.parametrize("status", [429, 503])
def test_seconds_are_heard(status):
    assert asked_for("600", status) == timedelta(minutes=10)


def test_a_date_is_heard():
    assert asked_for(http_date(datetime.now(tz=UTC).timestamp() + HOUR)) == pytest.approx(
        timedelta(hours=1), abs=timedelta(minutes=1)
    )


@pytest.mark.parametrize(
    "word",
    ["", "0", "-5", "1.5", "soon", "٦٠٠", "99999999999999999999", "9999999999", "1e3", "600, 700"]
    + ["Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Feb 2027 00:00:00 GMT"],
)
def test_what_is_absurd_or_over_is_not(word):
    assert asked_for(word) == timedelta()


@pytest.mark.parametrize("status", [200, 302, 400, 410, 500, 502])
def test_other_answers_say_nothing_of_it(status):
    assert asked_for("600", status) == timedelta()


# What follows from it


def waits(delivery: Delivery) -> timedelta:
    delivery.refresh_from_db()
    assert delivery.state == State.WAITING
    return delivery.due - timezone.now()


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_the_next_try_comes_when_the_receiver_wants_it(changed, receiver, status):
    receiver.status = f"{status}\r\nRetry-After: {2 * HOUR}"
    send_due()

    assert waits(changed) == pytest.approx(timedelta(hours=2), abs=timedelta(minutes=5))


@pytest.mark.django_db
def test_but_never_sooner_than_our_own_pause(changed, receiver):
    Delivery.objects.update(attempts=3, tries=[_tried(timedelta(hours=1))])
    receiver.status = "429 Too Many Requests\r\nRetry-After: 1"
    send_due()

    assert waits(changed) > 0.8 * PAUSES[3]


@pytest.mark.django_db
def test_and_not_after_the_three_days(changed, receiver):
    Delivery.objects.update(attempts=1, tries=[_tried(timedelta(days=2))])
    receiver.status = f"503 Service Unavailable\r\nRetry-After: {20 * 24 * HOUR}"
    send_due()

    assert waits(changed) == pytest.approx(LONGEST - timedelta(days=2), abs=timedelta(minutes=5))


@pytest.mark.django_db
def test_who_puts_it_off_until_they_are_over_has_had_them(changed, receiver):
    Delivery.objects.update(attempts=1, tries=[_tried(LONGEST)])
    receiver.status = "503 Service Unavailable\r\nRetry-After: 600"
    send_due()

    changed.refresh_from_db()
    assert (changed.state, Endpoint.objects.get().why) == (State.FAILED, "failing")


@pytest.mark.django_db
def test_time_in_which_nothing_could_be_sent_is_not_among_them(changed, receiver):
    Delivery.objects.update(attempts=1, tries=[_tried(LONGEST)], due=timezone.now() - timedelta(days=2))
    receiver.status = "503 Service Unavailable"
    send_due()

    assert waits(changed) > 0.8 * PAUSES[1]


@pytest.mark.django_db
def test_a_test_goes_once_whatever_is_asked(endpoint, receiver):
    receiver.status = "503 Service Unavailable\r\nRetry-After: 600"
    sent = sending.actions.test(endpoint=endpoint)
    send_due()

    sent.refresh_from_db()
    assert sent.state == State.FAILED


def _tried(ago: timedelta) -> dict:
    return {"at": sending.utc(timezone.now() - ago), "status": 503, "ms": 5, "reason": ""}
