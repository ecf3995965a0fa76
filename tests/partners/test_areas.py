"""Industrial areas: what is published of them, their page, and the page of who looks after them."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalogue.cards import line
from catalogue.facets import facets_of
from partners.models import IndustrialArea
from partners.templatetags.area_page import area_facts, area_stats
from tests.factories import OrganisationFactory, publish, republish, texts, withdraw
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def document(area) -> dict:
    return publish(area).entry.record


def page_of(client, record, language="en") -> BeautifulSoup:
    answer = client.get(record.entry.record["pages"][language])
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def headings(page) -> list[str]:
    return [" ".join(heading.get_text().split()) for heading in page.select("h2")]


# What is published


def test_an_area_is_published_as_the_vocabulary_names_it():
    manager = publish(OrganisationFactory(name_english="Zone Office"))

    record = document(IndustrialAreaFactory(manager=manager, nace=["H", "C"]))

    told = {name: record[name] for name in ("type", "hectares_total", "hectares_free", "firms", "jobs", "nace")}
    assert told == {
        "type": "industrial_zone",
        "hectares_total": "38.5",
        "hectares_free": "4.2",
        "firms": 41,
        "jobs": 1860,
        "nace": ["C", "H"],
    }
    assert record["title"] == record["name"]
    assert record["manager"]["title"]["en"] == "Zone Office"


def test_what_is_not_known_is_null_and_nought_is_a_number():
    unknown = dict.fromkeys(["hectares_total", "hectares_free", "firms", "jobs"])

    record = document(IndustrialAreaFactory(**unknown, type="", nace=[], services={}, website=""))
    assert {name: record[name] for name in unknown} == unknown
    assert (record["type"], record["nace"], record["services"], record["website"]) == (None, [], None, None)
    assert area_stats(record) == []

    record = document(IndustrialAreaFactory(hectares_free=0, firms=0))
    assert [(stat["label"], stat["value"]) for stat in area_stats(record)] == [
        ("in all", "38.5 ha"),
        ("still free", "0 ha"),
        ("firms", "0"),
        ("jobs", "1,860"),
    ]


def test_a_manager_who_is_not_published_is_not_named():
    area = publish(IndustrialAreaFactory(manager=OrganisationFactory()))
    assert area.entry.record["manager"] is None

    publish(area.manager)
    assert area.entry.record["manager"]["uid"] == str(area.manager.uid)


def test_an_area_without_a_name_is_not_published():
    assert IndustrialAreaFactory.build(name={}).missing_for_publication() == ["name"]


def test_an_areas_facets():
    manager = publish(OrganisationFactory())
    area = publish(IndustrialAreaFactory(manager=manager))

    assert facets_of(area.entry.record) == {
        "country": {"SI"},
        "nuts": {"SI", "SI0", "SI03", "SI032"},
        "topic": {"area-management-and-governance"},
        "language": {"en", "sl"},
        "type": {"industrial_zone"},
        "organisation": {str(manager.uid)},
        "area": {str(area.uid)},
    }


@pytest.mark.parametrize(
    ("language", "kicker", "meta"),
    [("en", "Eco-industrial park", ["Ptuj, Slovenia", "1,112.5 ha"]), ("sl", None, ["Ptuj, Slovenija", "1.112,5 ha"])],
)
def test_a_list_says_what_it_is_where_and_how_large(language, kicker, meta):
    area = publish(IndustrialAreaFactory(type="eco_industrial_park", hectares_total="1112.50"))

    with override(language):
        shown = line(area.entry.short)

    assert kicker in (None, shown["kicker"])
    assert shown["meta"] == meta
    assert shown["kind"] == "area"


def test_an_area_of_no_type_is_an_industrial_area():
    assert line(publish(IndustrialAreaFactory(type="")).entry.short)["kicker"] == "Industrial area"


def test_areas_are_filtered_by_type_and_by_who_manages_them(client):
    manager = publish(OrganisationFactory())
    managed = publish(IndustrialAreaFactory(manager=manager, type="brownfield"))
    publish(IndustrialAreaFactory())

    for query in (f"organisation={manager.uid}", "type=brownfield", f"area={managed.uid}"):
        found = client.get(f"/api/v1/areas/?{query}").json()["results"]
        assert [area["uid"] for area in found] == [str(managed.uid)], query
    assert client.get("/api/v1/areas/?type=castle").status_code == 400


# Its page


def test_the_page_tells_numbers_texts_and_facts(client):
    manager = publish(OrganisationFactory(name_english="Zone Office"))
    page = page_of(client, publish(IndustrialAreaFactory(manager=manager, website="https://zone.example/")))

    assert headings(page)[:4] == ["In numbers", "What it is like", "Services", "Facts"]
    assert [dd.get_text() for dd in page.select(".stats dd")] == ["38.5 ha", "4.2 ha", "41", "1,860"]
    assert [li.get_text() for li in page.select(".text li")] == ["an office", "a list of halls"]
    facts = page.select_one("section[aria-labelledby=facts]").get_text(" ", strip=True)
    for told in ("Industrial zone", "Ptuj, Slovenia", "Zone Office", "Manufacturing", "zone.example"):
        assert told in facts


def test_a_bare_area_has_no_empty_headings(client):
    bare = IndustrialAreaFactory(
        **dict.fromkeys(["hectares_total", "hectares_free", "firms", "jobs"]),
        **dict.fromkeys(["description", "services", "summary"], {}),
        type="",
        nace=[],
        topics=[],
        places=[],
    )

    page = page_of(client, publish(bare))

    assert area_facts(bare.entry.record) == []
    assert headings(page)[0] == "About this record"


def test_its_branches_are_told_in_the_readers_language():
    record = document(IndustrialAreaFactory(nace=["C"]))

    with override("sl"):
        [branches] = [fact for fact in area_facts(record) if fact.get("lines") and "topic" not in str(fact)]

    assert branches["lines"] == [{"text": "Predelovalne dejavnosti"}]


def test_the_page_of_an_organisation_has_its_areas(client):
    manager = publish(OrganisationFactory())
    area = publish(IndustrialAreaFactory(name=texts("Old Sawmill", "Stara žaga"), manager=manager))
    publish(IndustrialAreaFactory())

    page = page_of(client, manager)
    assert "Industrial areas 1" in headings(page)
    assert page.select_one("a[href='/en/areas/old-sawmill/']").get_text() == "Old Sawmill"

    withdraw(area)
    assert "Industrial areas 1" not in headings(page_of(client, manager))


def test_an_area_that_changes_hands_stands_with_its_new_manager_alone(client):
    before, after = publish(OrganisationFactory()), publish(OrganisationFactory())
    area = publish(IndustrialAreaFactory(manager=before))

    republish(area, manager=after)

    assert "Industrial areas 1" not in headings(page_of(client, before))
    assert "Industrial areas 1" in headings(page_of(client, after))


def test_a_manager_who_is_gone_leaves_the_area_there():
    area = IndustrialAreaFactory(manager=OrganisationFactory())

    area.manager.delete()

    assert IndustrialArea.objects.get().manager is None


def test_pages_and_lists_cost_the_same_for_one_and_for_three(client):
    manager = publish(OrganisationFactory())
    area = publish(IndustrialAreaFactory(manager=manager))
    urls = [manager.entry.record["pages"]["en"], area.entry.record["pages"]["en"], "/en/areas/"]

    def costs() -> list[int]:
        numbers = []
        for url in urls:
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            numbers.append(len(queries))
        return numbers

    costs()
    one = costs()
    publish(IndustrialAreaFactory(manager=manager))
    publish(IndustrialAreaFactory(manager=manager))

    assert costs() == one
    assert max(one) <= 5
