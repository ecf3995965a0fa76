"""Programs that land on a record's page find its identity, its data, its licence and its files without reading the page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue.models import Entry
from practices import attachments
from tests.every_kind import EVERY_FACTORY, name_of
from tests.exchange.linked.conftest import PORTAL
from tests.factories import AttachmentFactory, GoodPracticeFactory, UserFactory, publish, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?')


def page_of(record, language: str = "en") -> str:
    entry = Entry.objects.get(uid=record.uid)
    return f"/{language}/{entry.kind}/{entry.slug}/"


def links(answer) -> dict[str, list[tuple[str, str]]]:
    """Relation → (target below the portal, type)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for target, relation, type_ in LINK.findall(answer["Link"]):
        found.setdefault(relation, []).append((target.removeprefix(PORTAL), type_))
    return found


@pytest.fixture
def with_a_file():
    practice = GoodPracticeFactory()
    file = attachments.keep(SimpleUploadedFile("plan.txt", b"A plan."), by=UserFactory())
    AttachmentFactory(practice=practice, file=file)
    return publish(practice)


@pytest.mark.parametrize("factory", EVERY_FACTORY, ids=name_of)
def test_every_record_s_page_has_signposts_that_lead_somewhere(client, factory):
    record = publish(factory())
    entry = Entry.objects.get(uid=record.uid)

    found = links(client.get(page_of(record)))

    assert found["cite-as"] == [(f"/id/{record.uid}/", "")]
    assert found["describedby"] == [(f"/api/v1/{entry.kind}/{record.uid}/", "application/json")]
    assert found["collection"] == [(f"/en/{entry.kind}/", "text/html")]
    assert found["linkset"] == [(f"/id/{record.uid}/linkset.json", "application/linkset+json")]
    assert found["license"] == [("https://creativecommons.org/licenses/by/4.0/", "")]
    assert [target for target, _type in found["type"]][0] == "https://schema.org/AboutPage"
    for target, type_ in found["describedby"] + found["collection"] + found["linkset"]:
        answer = client.get(target)
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, type_)


def test_public_files_are_its_items(client, with_a_file):
    [(address, type_)] = links(client.get(page_of(with_a_file)))["item"]

    assert type_ == "text/plain"
    assert client.get(address).status_code == 200


def test_a_page_from_the_cache_has_them_too(client):
    practice = publish(GoodPracticeFactory())

    assert client.get(page_of(practice))["Link"] == client.get(page_of(practice))["Link"]


def test_the_linkset_tells_the_same_of_each_page_and_leads_back(get, client, with_a_file):
    answer = get(f"/id/{with_a_file.uid}/linkset.json")

    assert answer["Content-Type"] == "application/linkset+json"
    told = {each["anchor"].removeprefix(PORTAL): each for each in answer.json()["linkset"]}
    for language in ("en", "sl"):
        page = told[page_of(with_a_file, language)]
        in_headers = links(client.get(page_of(with_a_file, language)))
        del in_headers["linkset"]
        in_linkset = {
            relation: [(each["href"].removeprefix(PORTAL), each.get("type", "")) for each in targets]
            for relation, targets in page.items()
            if relation != "anchor"
        }
        assert in_linkset == in_headers
    api = told[f"/api/v1/practices/{with_a_file.uid}/"]
    assert {each["href"] for each in api["describes"]} == {PORTAL + page_of(with_a_file, code) for code in ("en", "sl")}


def test_a_linkset_is_conditional_and_goes_with_its_record(get):
    practice = publish(GoodPracticeFactory())
    address = f"/id/{practice.uid}/linkset.json"
    etag = get(address)["ETag"]

    get(address, status=304, **{"if-none-match": etag})
    get(address, status=406, accept="text/html")
    get(f"{address}?foo=1", status=400)
    withdraw(practice)
    assert get(address, status=410).json()["reason"] == "withdrawn"


def test_of_a_draft_there_is_none(get):
    get(f"/id/{GoodPracticeFactory().uid}/linkset.json", status=404)


def test_it_costs_one_query(get, django_assert_num_queries):
    practice = publish(GoodPracticeFactory())

    with django_assert_num_queries(1):
        get(f"/id/{practice.uid}/linkset.json")
