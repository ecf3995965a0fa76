"""Projects with their partners under the names of Jems and keep.eu, in JSON and in XML."""

import json
from decimal import Decimal

import jsonschema
import pytest
from django.db import models
from lxml import etree

from catalogue.codes import Strand
from catalogue.fields import TextField
from catalogue.models import Entry
from catalogue.publication import dumps
from exchange import schema
from exchange.interreg import shapes
from exchange.interreg.doors import XSD
from exchange.interreg.outlets import _xml
from exchange.interreg.projects import PARTNER_TYPES
from exchange.sayable import REPLACEMENT, UNSAYABLE
from projects.models import Objective, Participation, Project
from tests.awkward import AWKWARD
from tests.factories import OrganisationFactory, ParticipationFactory, ProjectFactory, publish, texts, withdraw

XS = "{http://www.w3.org/2001/XMLSchema}"

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def projects(got):
    return lambda query="": json.loads(got(f"projects.json{query}"))["project"]


def obeys(name: str, answer) -> list[str]:
    """What a component of the committed description finds wrong with the answer."""
    whole = {"$ref": f"#/components/schemas/{name}", "components": schema.document()["components"]}
    validator = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


def from_xml(element):
    """An element as JSON would have it, all leaves as text."""
    if not len(element):
        return element.text or ""
    told = {}
    for child in element:
        told.setdefault(child.tag, []).append(from_xml(child))
    return told


def as_in_xml(value):
    """What JSON says, in the same form."""
    if isinstance(value, dict):
        listed = {name: part if isinstance(part, list) else [part] for name, part in value.items()}
        told = {name: [as_in_xml(each) for each in parts if each is not None] for name, parts in listed.items()}
        return {name: parts for name, parts in told.items() if parts} or ""
    return value if isinstance(value, str) else dumps(value)


def test_a_project_is_told_under_their_names(projects, whole):
    [told] = projects()

    assert told["project_id"] == told["uid"] == str(whole.uid)
    assert told["url"] == f"https://portal.example/id/{whole.uid}/"
    assert told["multi_languages_name"] == [
        {"name": "Renewal of towns", "language": "en"},
        {"name": "Prenova mest", "language": "sl"},
    ]
    assert (told["acronym"], told["name_as_printed"]) == ("TOWNS", "RENEWAL OF TOWNS")
    assert (told["project_start_date"], told["project_end_date"]) == ("2009-01-01", "2011-12-31")
    assert (told["total_budget"], told["eu_funding_amount"]) == ("1125000.10", "900000.00")
    assert (told["eu_funding_cofinancing_rate"], told["currency"]) == ("80.00", "EUR")
    assert told["project_status"] == "finished"
    assert told["thematic"] == ["Sustainable management of natural resources", "Waste and pollution"]
    assert told["programme"]["programme_name"] == "Central Europe"
    assert (told["programme"]["cci"], told["programme"]["period"]) == ("2007CB163PO061", "2007-2013")
    assert told["modified"] == Entry.objects.get(uid=whole.uid).record["modified"]
    assert told["licence"] == "CC-BY-4.0"


def test_partners_bring_what_their_own_records_say(projects, whole):
    lead, *_others = projects()[0]["partner"]

    assert (lead["partner_type"], lead["order"], lead["name_as_printed"]) == ("lead", 1, "RA Ptuj")
    assert lead["multi_languages_organisation_name"] == [
        {"name": "Bistra Ptuj", "language": None},  # nobody has said which it is
        {"name": "Bistra", "language": "en"},
    ]
    assert lead["address"] == [
        {
            "country": "SI",
            "nuts": "SI032",
            "nuts_version": 2021,
            "town": "Ptuj",
            "street": "Slovenski trg 6",
            "postal_code": "2250",
        }
    ]
    assert (lead["organisation_type"], lead["legal_status"]) == ("sectoral_agency", "public")
    assert (lead["total_eligible_budget"], lead["budget_basis"]) == ("0.00", "published_zero")
    assert lead["participant_identification_code"] == "999"


def test_what_nobody_knows_is_null_and_nothing_is_invented(projects, whole):
    _lead, gone, unknown = projects()[0]["partner"]

    assert (gone["country"], gone["country_as_printed"]) == ("CSXX", "SCG")
    assert gone["multi_languages_organisation_name"] == [{"name": "Grad Kotor", "language": None}]
    assert (gone["total_eligible_budget"], gone["organisation_id"], gone["address"]) == (None, None, [])
    assert (unknown["country"], unknown["country_as_printed"], unknown["partner_start_date"]) == (None, None, None)
    publish(ProjectFactory(title={}, summary={}, type="", status="", topics=[], places=[]))
    bare = projects()[-1]
    assert (bare["project_start_date"], bare["programme"], bare["total_budget"], bare["partner"]) == (
        None,
        None,
        None,
        [],
    )


def test_the_answer_obeys_the_committed_description(got, whole):
    publish(ProjectFactory(title={}, summary={}, type="", status="", topics=[], places=[]))

    answer = json.loads(got("projects.json"))

    assert obeys("InterregProjects", answer) == []
    assert answer["cursor"] == got.answer["X-Cursor"]
    assert len(answer["project"]) == 2


def test_xml_says_the_same_and_obeys_its_schema(got, projects, xml, whole):
    later = ProjectFactory(title={}, summary={}, type="", status="", topics=[], places=[], currency="EUR")
    later.capitalises.set([whole])
    publish(later)

    root = xml()

    assert [from_xml(each) for each in root] == [as_in_xml(each) for each in projects()]
    assert Decimal(root.findtext("project/total_budget")) == Decimal("1125000.10")
    assert root.get("cursor") == got.answer["X-Cursor"]


def test_the_schema_is_served_beside_it(got):
    assert got("projects.xsd") == XSD.read_bytes()
    assert got.answer["Content-Type"] == "application/xml"
    assert b"https://portal.example/api/v1/interreg/projects.xsd" in got("projects.xml")


def test_nothing_published_is_an_empty_list(got, xml):
    assert json.loads(got("projects.json"))["project"] == []
    assert len(xml()) == 0


@pytest.mark.parametrize("kind", sorted({each.kind for each in AWKWARD}))
def test_every_awkward_text_comes_through(projects, xml, whole, kind):
    hard = [each.text for each in AWKWARD if each.kind == kind and each.text]
    hard = [text for text in hard if not any("\ud800" <= letter <= "\udfff" for letter in text)]  # no UTF-8
    record = Entry.objects.get(uid=whole.uid).record
    record |= {"keywords": hard, "title": {"en": hard[0] if hard else "-"}}
    Entry.objects.filter(uid=whole.uid).update(document=dumps(record))

    [told] = projects()
    [element] = xml()

    assert told["keyword"] == hard
    assert [each.text for each in element.findall("keyword")] == [UNSAYABLE.sub(REPLACEMENT, text) for text in hard]


def test_a_lone_surrogate_is_replaced_in_xml():
    assert _xml("keyword", "a\ud800b") == f"<keyword>a{REPLACEMENT}b</keyword>"


# Which ones


def test_the_filters_are_those_of_the_list(got, problem, read, whole):
    publish(ProjectFactory(places=[]))

    found = json.loads(got("projects.json?country=SI&year=2010"))["project"]

    assert [each["uid"] for each in found] == [
        each["uid"] for each in read("projects/?country=SI&year=2010")["results"]
    ]
    assert len(found) == 1
    assert problem("interreg/projects.json?country=XX1&lang=sl", 400)["errors"] == [
        {"parameter": "lang", "code": "unknown", "message": "There is no such parameter."},
        {"parameter": "country", "code": "invalid", "message": "'XX1' is not an ISO 3166-1 code."},
    ]
    assert problem("interreg/projects.xml", 406, Accept="application/json")["name"] == "not-acceptable"
    assert problem("interreg/projects.yaml", 404)["name"] == "not-found"


def test_the_cursor_goes_on_with_deletions(got, read, whole):
    got("projects.xml")
    cursor = got.answer["X-Cursor"]
    withdraw(whole)

    [change] = read(f"changes/?since={cursor}&kind=projects")["results"]

    assert (change["uid"], change["op"]) == (str(whole.uid), "delete")
    assert json.loads(got("projects.json"))["project"] == []


def test_an_organisation_that_is_public_no_longer_is_known_by_its_printed_name_alone(projects, whole):
    withdraw(whole.participations.first().organisation)

    partner = projects()[0]["partner"][0]

    assert partner["multi_languages_organisation_name"] == [{"name": "RA Ptuj", "language": None}]
    assert (partner["organisation_id"], partner["website"], partner["address"]) == (None, None, [])


def plant(record) -> None:
    """A new draft with the canary in each field that takes a text."""
    for name in type(record).content_fields:
        field = type(record)._meta.get_field(name)
        if isinstance(field, TextField):
            setattr(record, name, texts("Canary", "Canary"))
        elif isinstance(field, models.CharField) and not field.choices and field.max_length >= len("Canary"):
            setattr(record, name, "https://canary.example/Canary" if isinstance(field, models.URLField) else "Canary")
    record.keywords = ["Canary"]
    record.save_revision()


def test_drafts_stand_in_no_format(got, book, whole):
    organisation, programme = whole.participations.first().organisation, whole.programme
    whole.participations.add(Participation(name_as_printed="Canary", country_as_printed="Canary"))
    whole.objectives.add(Objective(text=texts("Canary", "Canary")))
    for record in (whole, organisation, programme, ProjectFactory()):
        plant(record)
    withdraw(publish(ProjectFactory(title=texts("Canary", "Canary"))))

    answers = [got(path).decode() for path in ("projects.json", "projects.xml", "operations.csv", "partners.csv")]
    answers += [str([list(sheet.values) for sheet in book()])]

    assert [answer for answer in answers if "Canary" in answer] == []
    assert all(str(whole.uid) in answer for answer in answers)


def test_what_a_draft_says_stands_in_all_formats_once_it_is_published(got, book, whole):
    """Else the story above would prove nothing."""
    whole.participations.add(Participation(name_as_printed="Canary"))
    plant(whole)
    whole.latest_draft().save_revision().publish()

    answers = [got(path).decode() for path in ("projects.json", "projects.xml", "operations.csv", "partners.csv")]
    answers += [str([list(sheet.values) for sheet in book()])]

    assert ["Canary" in answer for answer in answers] == [True] * 5


def test_an_unchanged_catalogue_need_not_be_read_again(api, whole):
    first = api("interreg/projects.json")

    again = api("interreg/projects.json", status=304, **{"If-None-Match": first["ETag"]})

    assert again["X-Cursor"] == first["X-Cursor"]
    assert again["Access-Control-Allow-Origin"] == "*"
    publish(OrganisationFactory())  # who may be a partner
    assert api("interreg/projects.json", **{"If-None-Match": first["ETag"]}).streaming


@pytest.mark.parametrize("path", ["projects.json", "projects.xml", "operations.xlsx", "operations.csv", "partners.csv"])
def test_it_costs_as_many_statements_for_many_projects_as_for_few(got, django_assert_max_num_queries, path):
    for size in (3, 30):
        while Entry.objects.of_kind("projects").count() < size:
            publish(ParticipationFactory().project)
        with django_assert_max_num_queries(3 if path == "operations.xlsx" else 2):
            got(path)


# The two schemas


def test_the_schema_of_the_xml_has_the_names_of_the_description_in_their_order():
    types = {each.get("name"): each for each in etree.parse(XSD).getroot().findall(f"{XS}complexType")}
    described = {"project": shapes.PROJECT, "programme": shapes.PROGRAMME, "partner": shapes.PARTNER}
    described |= {"indicator": shapes.INDICATOR, "precedent": shapes.PRECEDENT}
    described["address"] = shapes.PARTNER["properties"]["address"]["items"]
    described["place"] = shapes.PROJECT["properties"]["location"]["items"]
    described["achieved"] = shapes.INDICATOR["properties"]["achieved"]["items"]

    for name, component in described.items():
        elements = [each.get("name") for each in types[name].iter(f"{XS}element")]
        assert elements == list(component["properties"])
        lists = [each.get("name") for each in types[name].iter(f"{XS}element") if each.get("maxOccurs")]
        assert lists == [name for name, part in component["properties"].items() if part.get("type") == "array"]


def test_closed_lists_are_the_same_in_both():
    simple = etree.parse(XSD).getroot().findall(f"{XS}simpleType")
    listed = {each.get("name"): [value.get("value") for value in each.iter(f"{XS}enumeration")] for each in simple}

    assert {name: values for name, values in listed.items() if values} == {
        "partner_type": list(PARTNER_TYPES.values()),
        "form": Project.Form.values,
        "type": Project.Type.values,
        "status": Project.Status.values,
        "strand": Strand.values,
        "budget_basis": Participation.BudgetBasis.values,
    }
