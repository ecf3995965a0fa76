"""A developer tries her receiver on the machine on which the portal runs."""

import pytest

from exchange.models import Delivery, Endpoint
from exchange.webhooks import actions, sending
from operations.fetching import NotAllowed
from tests.accounts.test_second_factor import sign_in
from tests.exchange.webhooks.conftest import Receiver

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def here():
    receiver = Receiver()
    yield receiver
    receiver.socket.close()


def test_who_wants_it_sends_to_her_own_machine(client, anna, network, here, settings):
    hers, settings.WEBHOOKS_TO_THIS_MACHINE = sign_in(anna, client), True
    typed = {"url": f"http://127.0.0.1:{here.port}/hook", "after": 0}

    added = hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", typed)
    actions.test(endpoint=Endpoint.objects.get())
    sending.send_due()

    assert (added.status_code, Delivery.objects.get().state) == (200, Delivery.State.DELIVERED)
    assert [first for first, _headers, _body in here.came] == ["POST /hook HTTP/1.1"]


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "http://169.254.169.254/", "http://[fd00::1]/"])
def test_other_machines_of_the_house_stay_closed(settings, address):
    settings.WEBHOOKS_TO_THIS_MACHINE = True

    with pytest.raises(NotAllowed):
        sending.door().check(address)
    sending.door().check("http://[::1]:9000/")


def test_unless_she_wants_it_her_machine_is_closed():
    with pytest.raises(NotAllowed):
        sending.door().check("http://127.0.0.1/")
