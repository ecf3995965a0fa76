"""A person who has registered a network, and a reader with its key."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from exchange.keys import actions
from exchange.models import Client, Scope
from tests.accounts.test_oidc import other_side  # noqa: F401 (a fixture)
from tests.factories import UserFactory


@pytest.fixture
def anna(db):
    user = UserFactory(first_name="Anna")
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


@pytest.fixture
def network(anna) -> Client:
    client = Client(name="Alpine Zones", contact="data@alpine.example", purpose="We mirror the practices.")
    return actions.register(client=client, by=anna)


@pytest.fixture
def make_key(network, anna):
    """The row and the key in full."""

    def make(scopes=tuple(Scope), days=365):
        asked = {"scopes": list(scopes), "lasts": timedelta(days=days), "after": actions.latest_key(network)}
        return actions.make_key(client=network, by=anna, **asked)

    return make


@pytest.fixture
def bearer(make_key):
    """A header with a good key."""
    return f"Bearer {make_key()[1]}"
