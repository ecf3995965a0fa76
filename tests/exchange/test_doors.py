"""The list of doors, and the short way in."""

import json

import pytest

from tests.every_kind import FACTORIES
from tests.factories import GoodPracticeFactory, publish

pytestmark = pytest.mark.django_db


def test_the_doors_are_listed_with_absolute_addresses(read):
    api = "https://portal.example/api"

    assert read("") == {
        "base": "https://portal.example",
        "kinds": {kind: f"{api}/v1/{kind}/" for kind in FACTORIES},
        "changes": f"{api}/v1/changes/",
        "dumps": f"{api}/v1/dumps/",
        "state": f"{api}/v1/state/",
        "schema": f"{api}/v1/schema/",
        "docs": f"{api}/docs/",
        "oai": "https://portal.example/oai",
        "catalogue": "https://portal.example/catalogue.ttl",
        "feed": "https://portal.example/feeds/all.atom",
        "interreg": f"{api}/v1/interreg/projects.json",
        "operations": f"{api}/v1/interreg/operations.xlsx",
    }


def test_every_door_that_is_listed_opens(client, read):
    doors = read("")
    kinds = doors.pop("kinds")

    listed = ("changes", "dumps", "state", "schema", "docs", "oai", "catalogue", "feed", "interreg", "operations")
    for address in [*kinds.values(), *(doors[name] for name in listed)]:
        response = client.get(address.removeprefix("https://portal.example"))
        assert response.status_code == 200
        assert b"".join(response)  # what is made while it is read gives its place back at its end


def test_addresses_are_ours_whatever_the_host_header_says(client):
    publish(GoodPracticeFactory()), publish(GoodPracticeFactory())

    body = client.get("/api/v1/practices/?page_size=1", headers={"host": "localhost"}).json()

    assert body["base"] == "https://portal.example"
    assert body["next"].startswith("https://portal.example/api/v1/practices/?page_size=1&cursor=")


def test_a_reader_gets_no_cookie_and_sets_no_session(client):
    response = client.get("/api/v1/practices/", headers={"accept-language": "sl"})

    assert not response.cookies
    assert "Content-Language" not in response


def test_the_start_leads_to_the_guide(client):
    assert client.get("/api/")["Location"] == "/api/docs/"


def test_answers_are_utf_8(api):
    one = publish(GoodPracticeFactory(title={"sl": "Žalec in Črnomelj", "en": "Two towns"}))

    body = api(f"practices/{one.uid}/").content

    assert "Žalec in Črnomelj".encode() in body
    assert json.loads(body)["title"]["sl"] == "Žalec in Črnomelj"
