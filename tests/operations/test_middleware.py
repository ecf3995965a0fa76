"""What every answer carries."""

import pytest
from django.conf import settings

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def policy(response):
    header = response["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/no-such-page"])
def test_public_answers_allow_nothing_inline_and_nothing_from_elsewhere(client, address):
    found = policy(client.get(address))

    assert found == settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {source for sources in found.values() for source in sources} == {"'self'", "'none'", "data:"}


def test_the_admin_has_a_policy_of_its_own(client):
    found = policy(client.get("/cms/"))

    assert found == settings.ADMIN_CONTENT_SECURITY_POLICY
    assert "'unsafe-inline'" in found["script-src"]


def test_a_policy_holds_for_its_own_addresses_only(client):
    before = policy(client.get("/healthz"))
    client.get("/cms/")

    assert policy(client.get("/healthz")) == before == policy(client.get("/cmsx/"))
