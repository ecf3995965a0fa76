"""The contract's example of a record, on a project that has what the example has."""

import re

import pytest

from catalogue.places import place
from tests.factories import (
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    publish,
    republish,
    texts,
)

pytestmark = pytest.mark.django_db

ENVELOPE = [
    *("uid", "kind", "url", "pages", "version", "published", "modified", "original_language", "translations"),
    *("licence", "origin", "example", "title", "summary", "topics", "places"),
]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def project():
    programme = publish(ProgrammeFactory(name={"en": "Interreg III B CADSES"}))
    lead = publish(OrganisationFactory(name_original="ZRS Bistra Ptuj", name_english="", country="SI"))
    project = ProjectFactory(
        acronym="Sm@rt Region",
        original_language="sl",
        title=texts("Smart regions", "Pametne regije"),
        summary={"sl": "Grozdi."},
        topics=["clusters-and-sme-services"],
        status="finished",
        start="2006-10-01",
        end="2008-03-31",
        programme=programme,
        places=[place("SI", nuts="SI032", nuts_version=2021, town="Ptuj", lat=46.42, lng=15.87)],
    )
    ParticipationFactory(project=project, organisation=lead, role="lead_partner", name_as_printed="ZRS Bistra Ptuj")
    project.objectives.create(
        text=texts("Objective", "Cilj"), source_document="002_acd9985b290395b8.txt", source_line=33
    )
    return republish(publish(project), start="2006-10-01", end="2008-03-31")


def test_the_envelope_stands_first_and_whole(read, project):
    record = read(f"projects/{project.uid}/")

    assert list(record)[: len(ENVELOPE)] == ENVELOPE
    assert TIME.fullmatch(record["published"]) and TIME.fullmatch(record["modified"])
    assert {name: record[name] for name in ENVELOPE if name not in ("published", "modified")} == {
        "uid": str(project.uid),
        "kind": "projects",
        "url": f"/id/{project.uid}/",
        "pages": {"en": "/en/projects/smart-region/", "sl": "/sl/projects/smart-region/"},
        "version": record["version"],
        "original_language": "sl",
        "translations": {"en": {"state": "human", "stale": []}, "sl": {"state": "original"}},
        "licence": "CC-BY-4.0",
        "origin": {"network": None, "url": None, "retrieved": None},
        "example": False,
        "title": {"en": "Smart regions", "sl": "Pametne regije"},
        "summary": {"sl": "Grozdi."},
        "topics": ["clusters-and-sme-services"],
        "places": [
            {"country": "SI", "nuts": "SI032", "nuts_version": 2021, "town": "Ptuj", "lat": 46.42, "lng": 15.87}
        ],
    }


def test_its_own_fields_have_the_names_and_shapes_of_the_contract(read, project):
    record = read(f"projects/{project.uid}/")
    lead = project.participations.get().organisation

    told = {name: record[name] for name in ("acronym", "status", "start", "end", "total_budget", "currency")}
    assert told == {
        "acronym": "Sm@rt Region",
        "status": "finished",
        "start": "2006-10-01",
        "end": "2008-03-31",
        "total_budget": None,
        "currency": "EUR",
    }
    assert record["programme"] == {
        "uid": str(project.programme.uid),
        "kind": "programmes",
        "title": {"en": "Interreg III B CADSES"},
        "url": f"/id/{project.programme.uid}/",
    }
    participation = {
        "organisation": {
            "uid": str(lead.uid),
            "kind": "partners",
            "title": {"sl": "ZRS Bistra Ptuj"},
            "url": f"/id/{lead.uid}/",
        },
        "role": "lead_partner",
        "order": 1,
        "name_as_printed": "ZRS Bistra Ptuj",
        "country": "SI",
        "country_as_printed": "Slovenija",
    }
    assert participation.items() <= record["participations"][0].items()
    assert record["objectives"][0]["text"] == {"en": "Objective", "sl": "Cilj"}
    source = {"document": "002_acd9985b290395b8.txt", "line": 33}
    assert source.items() <= record["objectives"][0]["source"].items()


def test_addresses_inside_records_are_relative(api, project):
    assert "https://portal.example" not in api(f"projects/{project.uid}/").content.decode()
