"""The pages on which somebody has her network told of changes."""

import pytest

from exchange.models import Delivery, Endpoint
from exchange.webhooks import actions, sending
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
    answer = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": receiver.url, "kinds": ["events"]})

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
    answer = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": url})

    assert (answer.status_code, Endpoint.objects.count()) == (422, 0)
    assert f'value="{url}"' in answer.content.decode()


def test_outside_the_embedded_mode_it_has_to_be_https(hers, network, receiver, settings):
    settings.SERVER = True
    answer = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": receiver.url})

    assert answer.status_code == 422
    assert "The address has to begin with https://." in answer.content.decode()


def test_a_network_has_three(hers, network, receiver):
    sent = [hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": receiver.url}) for _time in range(4)]

    assert [answer.status_code for answer in sent] == [200, 200, 200, 422]


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


def test_she_stops_it_begins_again_and_removes_it(hers, address, endpoint):
    hers.post(f"{address}act/", {"action": "stop"})
    assert "you stopped it" in hers.get(address).content.decode()

    hers.post(f"{address}act/", {"action": "begin"})
    assert Endpoint.objects.get().disabled is None

    hers.post(f"{address}act/", {"action": "remove"})
    assert Endpoint.objects.count() == 0


def test_a_new_secret_and_no_third(hers, address, endpoint):
    shown = hers.post(f"{address}act/", {"action": "rotate"})
    again = hers.post(f"{address}act/", {"action": "rotate"}, follow=True)

    assert "For a day messages are signed by the former secret, too." in shown.content.decode()
    assert "Two secrets are good already" in again.content.decode()
    assert len(sending.secrets_of(Endpoint.objects.get())) == 2


def test_she_changes_the_address(hers, address, receiver):
    hers.post(f"{address}edit/", {"url": f"{receiver.url}/new", "kinds": []})

    assert Endpoint.objects.get().url == f"{receiver.url}/new"


@pytest.mark.parametrize("path", ["", "edit/"])
def test_what_is_not_hers_is_not_there(client, address, path):
    client.force_login(UserFactory())

    assert client.get(f"{address}{path}").status_code == 404
    assert client.post(f"{address}act/", {"action": "remove"}).status_code == 404
    assert Endpoint.objects.count() == 1


def test_the_page_costs_the_same_with_three_and_with_thirty_messages(
    hers, address, endpoint, django_assert_max_num_queries
):
    for _time in range(30):
        Delivery.objects.create(endpoint=endpoint, once=True, body="{}", tries=[])

    with django_assert_max_num_queries(11):
        assert hers.get(address).content.decode().count("<article") == 20
