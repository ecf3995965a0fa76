"""Nobody holds up somebody else's webhooks: one message by hand at a time, turns, a few tries beside each other, a good key."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from post_office.models import Email

from accounts.models import User
from exchange.keys import actions as keys
from exchange.models import Client, ClientKey, Delivery, Endpoint, Scope
from exchange.webhooks import actions, sending
from exchange.webhooks.sending import BESIDE_EACH_OTHER, Outcome, send_due
from exchange.webhooks.telling import tell_changes
from tests.factories import GoodPracticeFactory, UserFactory, publish

pytestmark = [pytest.mark.django_db, pytest.mark.core]
State = Delivery.State


def registered(owner: User, name: str) -> Client:
    """With a good key."""
    EmailAddress.objects.update_or_create(user=owner, email=owner.email, defaults={"verified": True, "primary": True})
    client = Client(name=name, contact=owner.email, purpose="We mirror.")
    keys.register(client=client, by=owner)
    keys.make_key(client=client, scopes=list(Scope), lasts=timedelta(days=30), after=0, by=owner)
    return client


def that_waits(client: Client, url: str) -> Delivery:
    endpoint = Endpoint(url=url)
    actions.add(endpoint=endpoint, client=client, by=client.owner)
    return Delivery.objects.create(endpoint=endpoint, body="{}")


# Turns


def test_behind_two_hundred_messages_to_the_silent_another_network_goes_in_the_first_run(
    endpoint, receiver, monkeypatch
):
    """The silent ones say nothing for longer than anybody else needs; all are of one person, and wait for one another."""
    now = timezone.now()
    silent = [Endpoint(client=endpoint.client, url=f"https://silent.example/{n}", secret="s") for n in range(200)]
    for each in Endpoint.objects.bulk_create(silent):
        Delivery.objects.create(endpoint=each, once=True, body="{}", due=now - timedelta(hours=1))
    other = that_waits(registered(UserFactory(), "Other"), receiver.url)
    tried, answered = [], sending.attempt
    other_came = threading.Event()

    def attempt(delivery: Delivery) -> Outcome:
        tried.append(delivery.pk)
        if "silent" not in delivery.endpoint.url:
            other_came.set()
            return answered(delivery)
        other_came.wait(60)
        return Outcome(None, 10_000, "TooSlow")

    monkeypatch.setattr(sending, "attempt", attempt)
    send_due()

    other.refresh_from_db()
    assert (other.state, len(receiver.came)) == (State.DELIVERED, 1)
    assert tried.index(other.pk) == 1


def test_a_webhook_is_tried_once_in_a_run(endpoint, receiver):
    publish(GoodPracticeFactory())
    tell_changes()
    actions.test(endpoint=endpoint)

    send_due()
    assert len(receiver.came) == 1
    send_due()
    assert len(receiver.came) == 2


def test_who_was_not_tried_for_longest_comes_first(network, receiver):
    waiting = [that_waits(network, f"{receiver.url}/{number}") for number in range(3)]
    for delivery, minutes in zip(waiting, (1, 3, 2), strict=True):
        tried = timezone.now() - timedelta(minutes=minutes)
        Endpoint.objects.filter(pk=delivery.endpoint_id).update(last_tried=tried)

    assert [sending.take().pk for _time in waiting] == [waiting[1].pk, waiting[2].pk, waiting[0].pk]
    assert sending.take() is None


def test_some_tries_go_beside_each_other_and_no_more(receiver, monkeypatch):
    for number in range(BESIDE_EACH_OTHER + 3):
        that_waits(registered(UserFactory(), f"Network {number}"), f"{receiver.url}/{number}")
    all_there, at_once, lock = threading.Barrier(BESIDE_EACH_OTHER), [0, 0], threading.Lock()

    def attempt(delivery: Delivery) -> Outcome:
        with lock:
            at_once[0] += 1
            at_once[1] = max(at_once)
            is_of_the_first = at_once[1] <= BESIDE_EACH_OTHER and not all_there.broken
        if is_of_the_first and delivery.pk in first:
            all_there.wait(30)
        with lock:
            at_once[0] -= 1
        return Outcome(204, 1)

    first = set(Delivery.objects.order_by("endpoint").values_list("pk", flat=True)[:BESIDE_EACH_OTHER])
    monkeypatch.setattr(sending, "attempt", attempt)
    send_due()

    assert at_once == [0, BESIDE_EACH_OTHER]
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DELIVERED}


# By hand


def test_one_test_waits_for_a_webhook(endpoint):
    actions.test(endpoint=endpoint)

    with pytest.raises(actions.OneWaits):
        actions.test(endpoint=endpoint)
    send_due()
    actions.test(endpoint=endpoint)


def test_what_is_sent_again_waits_for_the_test(changed, endpoint):
    send_due()
    actions.test(endpoint=endpoint)

    with pytest.raises(actions.OneWaits):
        actions.send_again(delivery=changed)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_sends_a_test(postgresql, together, endpoint):
    def press() -> bool:
        try:
            return bool(actions.test(endpoint=endpoint))
        except actions.OneWaits:
            return False

    assert sorted(together(press, press, press)) == [False, False, True]


def test_what_somebody_does_not_wait_for_does_not_shorten_the_three_days(changed, receiver):
    receiver.status = "500 Internal Server Error"
    send_due()
    for _time in range(20):
        changed.refresh_from_db()
        assert actions.send_now(delivery=changed) is True
        assert actions.send_now(delivery=changed) is False  # it goes in a moment
        send_due()

    changed.refresh_from_db()
    assert (changed.state, changed.attempts, changed.hurried) == (State.WAITING, 21, 20)
    assert changed.due - timezone.now() < timedelta(minutes=1)  # the pause after the first try, still


def test_what_is_being_sent_is_not_hurried(changed):
    sending.take()

    changed.refresh_from_db()
    assert changed.is_taken
    assert actions.send_now(delivery=changed) is False


# With a good key


@pytest.mark.parametrize("how", ["revoked", "for something else"])
def test_what_waits_goes_only_while_a_key_for_webhooks_is_good(changed, receiver, how):
    worse = {"ended": timezone.now()} if how == "revoked" else {"scopes": ["read", "harvest"]}
    ClientKey.objects.update(**worse)
    send_due()
    assert receiver.came == []

    ClientKey.objects.update(ended=None, scopes=["webhooks"])
    send_due()
    assert len(receiver.came) == 1


def test_without_a_good_key_nothing_is_sent_by_hand(changed, endpoint):
    send_due()
    ClientKey.objects.all().delete()

    for act in (
        lambda: actions.test(endpoint=endpoint),
        lambda: actions.send_again(delivery=changed),
        lambda: actions.send_now(delivery=changed),
    ):
        with pytest.raises(actions.NoKey):
            act()


# The contact


def stopped_and_begun_again(endpoint: Endpoint) -> None:
    actions.stop(endpoint=endpoint, why=Endpoint.Stopped.GONE)
    actions.begin_again(endpoint=endpoint, by=endpoint.client.owner)


def test_a_contact_that_nobody_has_confirmed_has_three_letters_a_day(endpoint, anna):
    for _time in range(5):
        stopped_and_begun_again(endpoint)

    to = [letter.to for letter in Email.objects.all()]
    assert (to.count([anna.email]), to.count(["data@alpine.example"])) == (5, 3)

    Email.objects.update(created=timezone.now() - timedelta(days=1, minutes=1))
    stopped_and_begun_again(endpoint)
    assert Email.objects.filter(to="data@alpine.example").count() == 4


def test_another_spelling_of_the_contact_is_the_same_address(endpoint):
    for number in range(4):
        Client.objects.update(contact="data@alpine.example" if number % 2 else "Data@Alpine.example")
        stopped_and_begun_again(Endpoint.objects.get())

    assert Email.objects.filter(to__iexact="data@alpine.example").count() == 3


def test_a_contact_who_is_its_owner_has_one_letter(endpoint, anna):
    Client.objects.update(contact=anna.email.upper())

    stopped_and_begun_again(Endpoint.objects.get())

    assert [letter.to for letter in Email.objects.all()] == [[anna.email]]


def test_the_contact_reads_why_she_has_the_letter_in_the_owners_language(endpoint, anna):
    User.objects.filter(pk=anna.pk).update(language="sl")

    stopped_and_begun_again(Endpoint.objects.get())

    letter = Email.objects.get(to="data@alpine.example")
    assert 'lang="sl"' in letter.html_message
    assert letter.headers["Auto-Submitted"] == "auto-generated"
    assert "/my/networks/" not in letter.message  # a page that is not hers
