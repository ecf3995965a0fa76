"""The pages on which somebody registers a network and keeps its keys."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import erasure, personal_data
from exchange.keys import actions, use
from exchange.keys.pages import DOORS
from exchange.models import Client, ClientKey, ClientUse
from tests.accounts.test_second_factor import sign_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]

TYPED = {"name": "Alpine Zones", "contact": "data@alpine.example", "purpose": "We mirror.", "home_page": ""}


@pytest.fixture
def hers(client, anna):
    """Her browser, in which she has just signed in."""
    return sign_in(anna, client)


def test_a_person_registers_her_network_and_makes_its_key(hers):
    registered = hers.post("/en/my/networks/new/", TYPED, follow=True)
    network = Client.objects.get()
    assert registered.redirect_chain[-1][0] == f"/en/my/networks/{network.uid}/"

    made = hers.post(f"/en/my/networks/{network.uid}/keys/", {"scopes": ["read"], "days": "90", "after": "0"})

    key = ClientKey.objects.get()
    assert made.status_code == 200
    assert f"mer_{key.prefix}_" in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    [whole] = {
        word
        for word in made.content.decode().replace("<", " ").replace(">", " ").split()
        if f"{key.prefix}_" in word and len(word) > 40
    }
    assert hers.get("/api/v1/state/", headers={"authorization": f"Bearer {whole}"}).status_code == 200
    shown = hers.get(f"/en/my/networks/{network.uid}/").content.decode()
    assert f"mer_{key.prefix}_…" in shown
    assert whole not in shown


def test_nothing_that_was_typed_is_lost(hers):
    answer = hers.post("/en/my/networks/new/", TYPED | {"contact": "no address"})

    assert answer.status_code == 422
    for typed in ("Alpine Zones", "no address", "We mirror."):
        assert typed in answer.content.decode()


def test_a_key_for_nothing_is_refused(hers, network):
    answer = hers.post(f"/en/my/networks/{network.uid}/keys/", {"days": "90", "after": "0"})

    assert answer.status_code == 422
    assert "Choose at least one." in answer.content.decode()


def test_the_button_pressed_twice_says_so(hers, network):
    address, sent = f"/en/my/networks/{network.uid}/keys/", {"scopes": ["read"], "days": "90", "after": "0"}

    assert [hers.post(address, sent).status_code for _time in range(2)] == [200, 409]
    assert ClientKey.objects.count() == 1


def test_a_third_key_is_refused_in_words(hers, network, make_key):
    make_key()
    latest = make_key()[0]
    sent = {"scopes": ["read"], "days": "90", "after": str(latest.pk)}

    answer = hers.post(f"/en/my/networks/{network.uid}/keys/", sent)

    assert answer.status_code == 409
    assert "Revoke one of them first." in answer.content.decode()


def test_without_a_confirmed_address_nobody_registers(client):
    user = UserFactory()
    user.emailaddress_set.update(verified=False)
    client.force_login(user)

    answer = client.post("/en/my/networks/new/", TYPED)

    assert answer.status_code == 422
    assert "First confirm your e-mail address" in answer.content.decode()


def test_she_changes_what_is_told_of_it(hers, network):
    hers.post(f"/en/my/networks/{network.uid}/edit/", TYPED | {"name": "Alpine Areas"})

    assert Client.objects.get().name == "Alpine Areas"


def test_she_revokes_a_key(hers, network, make_key):
    key, _whole = make_key()

    hers.post(f"/en/my/networks/{network.uid}/keys/{key.pk}/revoke/")

    assert ClientKey.objects.get().ended is not None


def test_she_ends_it_after_she_was_asked(hers, network):
    assert hers.get(f"/en/my/networks/{network.uid}/end/").status_code == 200
    assert Client.objects.count() == 1

    hers.post(f"/en/my/networks/{network.uid}/end/")

    assert Client.objects.count() == 0


@pytest.mark.parametrize("path", ["", "edit/", "end/"])
def test_what_is_not_hers_is_not_there(client, network, path):
    client.force_login(UserFactory())

    assert client.get(f"/en/my/networks/{network.uid}/{path}").status_code == 404


def test_the_page_costs_the_same_with_three_and_with_thirty_days(hers, network, django_assert_max_num_queries):
    for number in range(30):
        day = timezone.localdate() - timedelta(days=number)
        ClientUse.objects.create(client=network, day=day, door="records", requests=1)

    with django_assert_max_num_queries(14):
        assert hers.get(f"/en/my/networks/{network.uid}/").status_code == 200


def test_doors_and_what_a_key_is_for_stand_in_words(hers, network, make_key):
    make_key()
    for door in ("linked", "oai"):
        ClientUse.objects.create(client=network, day=timezone.localdate(), door=door, requests=1)

    shown = hers.get(f"/en/my/networks/{network.uid}/").content.decode()

    assert "dumps; reading: lists, records, changes, feeds; webhooks" in shown
    assert "linked data" in shown
    assert "OAI-PMH" in shown


def test_every_door_that_is_counted_has_its_words():
    counted = {door for _path, door in use.DOORS} | {use.door_of("/elsewhere/")}

    assert set(DOORS) == counted


# About people


def test_her_data_tell_of_her_networks(anna, network, make_key):
    make_key()
    kept = next(each for each in personal_data.all_kept() if each.name == "networks")

    [told] = kept.export(anna)

    assert (told["name"], len(told["keys"])) == ("Alpine Zones", 1)
    assert "digest" not in told["keys"][0]
    assert list(kept.foretells(anna)) == ["1 network that you registered: its keys and webhooks end."]


def test_with_her_account_her_networks_go(anna, network, make_key):
    make_key()

    erasure.erase(user=anna, by=anna)

    assert (Client.objects.count(), ClientKey.objects.count()) == (0, 0)
    assert actions.latest_key(network) == 0
