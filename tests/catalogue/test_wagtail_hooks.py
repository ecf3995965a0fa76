"""Networks in the Wagtail admin."""

import pytest
from django.urls import reverse

from accounts.models import User
from catalogue.models import Network
from tests.factories import AdminFactory, NetworkFactory, UserFactory, harvested_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


def test_a_network_is_added_and_changed(editor):
    editor.post(
        reverse("networks:add"), {"name": "Green towns", "slug": "green-towns", "homepage": "https://green.example/"}
    )
    network = Network.objects.get()
    editor.post(reverse("networks:edit", args=[network.pk]), {"name": "Green Towns", "slug": "green-towns"})
    network.refresh_from_db()
    assert (network.name, network.homepage) == ("Green Towns", "")
    assert "Green Towns" in editor.get(reverse("networks:index")).content.decode()


def test_no_network_is_called_all(editor):
    page = editor.post(reverse("networks:add"), {"name": "All", "slug": "all"})
    assert page.status_code == 200
    assert Network.objects.count() == 0


def test_a_network_with_entries_stays(client):
    client.force_login(AdminFactory())
    network = NetworkFactory()
    harvested_entry(network)
    page = client.post(reverse("networks:delete", args=[network.pk]), follow=True)
    assert "it cannot be deleted" in page.content.decode()
    assert Network.objects.count() == 1
