"""The pages on which somebody has her network told of changes."""

import pytest
from django.utils import timezone

from exchange.models import ClientKey, Delivery, Endpoint
from exchange.webhooks import actions, sending, views
from operations.dates import moment
from operations.fetching import Door, NoSuchName, NotAllowed, TooSlow, Unreadable
from tests.accounts.test_second_factor import sign_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def hers(client, anna):
    """Her browser, in which she has just signed in."""
    return sign_in(anna, client)


@pytest.fixture
def address(network, endpoint):
    return f"/en/my/networks/{network.uid}/webhooks/{endpoint.uid}/"


def test_she_adds_one_and_sees_its_secret_once(hers, network, receiver):
    answer = hers.post(
        f"/en/my/networks/{network.uid}/webhooks/new/", {"url": receiver.url, "kinds": ["events"], "after": 0}
    )

    endpoint = Endpoint.objects.get()
    [secret] = sending.secrets_of(endpoint)
    assert (answer.status_code, endpoint.kinds) == (200, ["events"])
    assert secret in answer.content.decode().replace("&#x2B;", "+")
    assert "no-store" in answer["Cache-Control"]
    shown = hers.get(f"/en/my/networks/{network.uid}/webhooks/{endpoint.uid}/").content.decode()
    assert secret not in shown
    assert receiver.url in hers.get(f"/en/my/networks/{network.uid}/").content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/hook",
        "http://10.0.0.1/",
        "https://[::1]/",
        "https://localhost:6379/",
        "https://169.254.169.254/",
    ],
)
def test_an_address_within_is_refused_and_stands_there_still(hers, network, url):
    answer = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": url, "after": 0})

    assert (answer.status_code, Endpoint.objects.count()) == (422, 0)
    assert f'value="{url}"' in answer.content.decode()


def test_outside_the_embedded_mode_it_has_to_be_https(hers, network, receiver, settings):
    settings.SERVER = True
    answer = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": receiver.url, "after": 0})

    assert answer.status_code == 422
    assert "The address has to begin with https://." in answer.content.decode()


def test_a_network_has_three(hers, network, receiver):
    def add(number: int) -> int:
        typed = {"url": f"{receiver.url}/{number}", "after": actions.latest(network)}
        return hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", typed).status_code

    assert [add(number) for number in range(4)] == [200, 200, 200, 422]


def test_the_button_pressed_twice_adds_one(hers, network, receiver):
    address, typed = (
        f"/en/my/networks/{network.uid}/webhooks/new/",
        {"url": receiver.url, "kinds": ["events"], "after": 0},
    )
    hers.post(address, typed)

    again = hers.post(address, typed)

    assert (again.status_code, Endpoint.objects.count()) == (409, 1)
    shown = again.content.decode()
    assert "A webhook was added a moment ago." in shown
    assert f'value="{receiver.url}"' in shown  # what she typed stands there still
    assert f'name="after" value="{actions.latest(network)}"' in shown


def test_one_address_has_one_webhook_of_a_network(hers, network, receiver, endpoint, anna, address):
    typed = {"url": receiver.url, "after": endpoint.pk}
    added = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", typed)
    actions.add(endpoint=Endpoint(url=f"{receiver.url}/other"), client=network, by=anna)
    changed = hers.post(f"{address}edit/", {"url": f"{receiver.url}/other"})

    for answer in (added, changed):
        assert answer.status_code == 422
        assert "The network has a webhook with this address already." in answer.content.decode()
    assert hers.post(f"{address}edit/", {"url": receiver.url, "kinds": ["events"]}).status_code == 302


def test_one_address_written_in_two_ways_is_one(hers, network, endpoint, receiver):
    url = receiver.url.replace("http://", "HTTP://") + "#here"

    added = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": url, "after": endpoint.pk})

    assert (added.status_code, Endpoint.objects.count()) == (422, 1)
    assert f'value="{url}"' in added.content.decode()


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (NoSuchName, "There is no site of this name"),
        (Unreadable, "Nobody could say just now where this site is."),
        (TooSlow, "Nobody could say just now where this site is."),
        (NotAllowed, "it has to be one of the open internet"),
    ],
)
def test_why_an_address_is_refused_is_said(hers, network, monkeypatch, failure, words):
    def resolve(host, port):
        raise failure(host)

    monkeypatch.setattr(sending, "door", lambda: Door(resolve=resolve))

    answer = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": "https://net.example/", "after": 0})

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_she_sends_a_test_and_sees_what_came_of_it(hers, address, receiver):
    receiver.status = "500 Internal Server Error"
    hers.post(f"{address}act/", {"action": "test"})
    sending.send_due()

    shown = hers.get(address).content.decode()

    assert "did not arrive" in shown
    assert ": 500, after" in shown


def test_she_sends_it_again(hers, address, receiver, endpoint):
    delivery = actions.test(endpoint=endpoint)
    sending.send_due()

    hers.post(f"{address}messages/{delivery.pk}/")
    sending.send_due()

    assert len(receiver.came) == 2


def test_a_second_test_waits_for_the_first(hers, address):
    answers = [hers.post(f"{address}act/", {"action": "test"}, follow=True).content.decode() for _time in range(2)]

    assert ["there is one at a time" in shown for shown in answers] == [False, True]
    assert Delivery.objects.count() == 1


def test_without_a_good_key_the_page_says_why_there_is_no_test(hers, address, changed):
    assert "Send a test" in hers.get(address).content.decode()
    ClientKey.objects.update(ended=timezone.now())

    shown = hers.get(address).content.decode()
    pressed = hers.post(f"{address}act/", {"action": "test"}, follow=True).content.decode()

    assert "Send a test" not in shown
    assert "Neither tests nor messages go until you make one." in shown
    assert "waits: no key for webhooks is good" in shown
    assert "Nothing is sent, for no key for webhooks is good. Make one first." in pressed
    assert Delivery.objects.get() == changed


def test_what_waits_says_until_when_and_goes_at_once_if_she_wants(hers, address, receiver, changed):
    receiver.status = "500 Internal Server Error"
    sending.send_due()
    changed.refresh_from_db()
    shown = hers.get(address).content.decode()
    assert f"waits until {moment(changed.due)}" in shown
    assert "Send now" in shown

    receiver.status = "204 No Content"
    hers.post(f"{address}messages/{changed.pk}/")
    sending.send_due()

    changed.refresh_from_db()
    assert (changed.state, len(receiver.came)) == (Delivery.State.DELIVERED, 2)


def test_she_stops_it_begins_again_and_removes_it(hers, address, endpoint):
    hers.post(f"{address}act/", {"action": "stop"})
    assert "You stopped it." in hers.get(address).content.decode()

    hers.post(f"{address}act/", {"action": "begin"})
    assert Endpoint.objects.get().disabled is None

    assert "Remove the webhook?" in hers.get(f"{address}remove/").content.decode()
    assert Endpoint.objects.count() == 1
    hers.post(f"{address}remove/")
    assert Endpoint.objects.count() == 0


@pytest.mark.parametrize("action", ["test", "rotate", "stop", "begin", "edit"])
def test_what_she_removed_in_another_window_is_not_there(hers, address, endpoint, monkeypatch, action):
    asked = views._hers

    def removed_meanwhile(*of):
        found = asked(*of)
        Endpoint.objects.all().delete()
        return found

    monkeypatch.setattr(views, "_hers", removed_meanwhile)
    if action == "edit":
        answer = hers.post(f"{address}edit/", {"url": endpoint.url, "kinds": ["events"]})
    else:
        answer = hers.post(f"{address}act/", {"action": action})

    assert answer.status_code == 404


def test_a_new_secret_and_no_third(hers, address, endpoint):
    shown = hers.post(f"{address}act/", {"action": "rotate"})
    again = hers.post(f"{address}act/", {"action": "rotate"}, follow=True)

    assert "For a day messages are signed by the former secret, too." in shown.content.decode()
    assert "Two secrets are good already" in again.content.decode()
    assert len(sending.secrets_of(Endpoint.objects.get())) == 2


def test_she_changes_the_address(hers, address, receiver):
    hers.post(f"{address}edit/", {"url": f"{receiver.url}/new", "kinds": []})

    assert Endpoint.objects.get().url == f"{receiver.url}/new"


@pytest.mark.parametrize("path", ["", "edit/", "remove/"])
def test_what_is_not_hers_is_not_there(client, address, path):
    client.force_login(UserFactory())

    assert client.get(f"{address}{path}").status_code == 404
    assert client.post(f"{address}remove/").status_code == 404
    assert Endpoint.objects.count() == 1


def test_the_page_costs_the_same_with_three_and_with_thirty_messages(
    hers, address, endpoint, django_assert_max_num_queries
):
    for _time in range(30):
        Delivery.objects.create(endpoint=endpoint, once=True, body="{}", state=Delivery.State.FAILED)

    with django_assert_max_num_queries(11):
        assert hers.get(address).content.decode().count("<article") == 20
