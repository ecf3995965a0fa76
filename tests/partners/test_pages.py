"""The page of an organisation."""

import pytest

from tests.factories import OrganisationFactory, publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("website", "has_facts"), [("", False), ("https://bistra.example/", True)])
def test_facts_have_a_heading_only_where_there_are_some(client, website, has_facts):
    organisation = publish(OrganisationFactory(partner_type="", country="", town="", website=website))

    page = client.get(f"/en/partners/{organisation.slug}/").content.decode()

    assert ('id="facts"' in page) == has_facts
