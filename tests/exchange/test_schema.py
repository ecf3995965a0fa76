"""The committed description: it is what the code says, what the portal serves, and what the answers obey."""

import json

import jsonschema
import pytest
import yaml
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from catalogue import kinds
from exchange import schema
from tests.actionplans.factories import LocalActionPlanFactory, whole_plan
from tests.events.factories import AgendaItemFactory, EventFactory, SpeakerFactory
from tests.factories import (
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    ParticipationFactory,
    PracticeImageFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    texts,
    withdraw,
)
from tests.library.factories import ChapterFactory, LibraryItemFactory
from tests.partners.factories import IndustrialAreaFactory

pytestmark = pytest.mark.django_db

RENEW = "docs/openapi.yaml is behind: python manage.py spectacular --file docs/openapi.yaml, and tell it in CHANGELOG-API.md"


@pytest.fixture(scope="module")
def described() -> dict:
    return yaml.safe_load(schema.committed().read_text(encoding="utf-8"))


@pytest.fixture
def valid(described):
    """`valid("Changes", answer)` holds an answer against a component of the description."""

    def check(name: str, answer) -> None:
        whole = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        validator = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)] == []

    return check


@pytest.fixture
def records() -> dict[str, object]:
    """One published record of each kind, with everything that it can have, and one with nothing."""
    organisation, programme = publish(OrganisationFactory()), publish(ProgrammeFactory())
    earlier = publish(ProjectFactory())
    project = ProjectFactory(programme=programme, start="2006-10-01", end="2008-03-31", total_budget="1125000.00")
    ParticipationFactory(project=project, organisation=organisation, role="lead_partner", total_eligible_budget="0.00")
    ParticipationFactory(project=project, organisation=OrganisationFactory())
    IndicatorValueFactory(indicator=IndicatorFactory(project=project))
    result = ResultFactory(project=project)
    project.capitalises.set([earlier])
    publish(project)
    practice = GoodPracticeFactory(organisation_in_charge=organisation, grew_from=[str(result.uid)])
    practice.projects.set([project])
    PracticeImageFactory(practice=practice)
    publish(practice)
    area = publish(IndustrialAreaFactory(manager=organisation))
    item = ChapterFactory(
        publisher=organisation, year=None, issued="2026-03-16", projects=[project], practices=[practice]
    )
    publish(item)
    nothing = dict.fromkeys(["hectares_total", "hectares_free", "firms", "jobs"])
    publish(IndustrialAreaFactory(summary={}, type="", nace=[], services={}, description={}, places=[], **nothing))
    publish(LibraryItemFactory(summary={}, body={}, year=None, topics=[]))
    publish(GoodPracticeFactory(summary={}, problem_and_context={}, topics=[], places=[]))
    publish(OrganisationFactory(name_original="", description={}, partner_type="", country="", town=""))
    publish(ProgrammeFactory(acronym="", period="", strand="", description={}))
    publish(ProjectFactory(title={}, summary={}, type="", status="", topics=[], places=[]))
    event = EventFactory(host=organisation, project=project, areas=[area], practices=[practice], lat=46.42, lng=15.87)
    AgendaItemFactory(event=event, practices=[practice])
    SpeakerFactory(event=event, organisation=organisation)
    publish(event)
    publish(EventFactory(summary={}, starts_at=None, ends_at=None, ends_on=None, country="", town="", languages=[]))
    plan = whole_plan(area=area, organisation=organisation, project=project, player=organisation, practice=practice)
    publish(plan)
    publish(LocalActionPlanFactory(summary={}, start=None, end=None, topics=[]))
    return {
        "action-plans": plan,
        "events": event,
        "practices": practice,
        "projects": project,
        "programmes": programme,
        "partners": organisation,
        "areas": area,
        "library": item,
    }


def component(kind: str) -> str:
    return schema.record_name(kinds.get(kind))


# What is committed


@pytest.mark.core  # databases have different integers
def test_the_committed_description_is_what_the_code_says():
    with override("en"):
        generated = OpenApiYamlRenderer().render(SchemaGenerator().get_schema(request=None, public=True))

    assert schema.committed().read_bytes() == generated, RENEW


def test_it_is_plain_json_schema(described):
    assert described["openapi"] == "3.1.0"
    for component in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(component)
    assert "nullable" not in json.dumps(described)


def test_every_door_is_described_and_nothing_else(described):
    of_a_kind = ["", "{uid}/", "{uid}/related/", "{uid}/versions/", "{uid}/versions/{number}/"]
    doors = ["", "changes/", "dumps/", "dumps/files/{name}", "schema/", "state/"]
    doors += [f"interreg/{name}" for name in ("projects.json", "projects.xml", "projects.xsd")]
    doors += [f"interreg/{name}" for name in ("operations.xlsx", "operations.csv", "partners.csv")]
    doors += [f"dumps/{kind.name}.{{ending}}" for kind in kinds.all_kinds()]
    doors += [f"{kind.name}/{below}" for kind in kinds.all_kinds() for below in of_a_kind]

    assert sorted(described["paths"]) == sorted(f"/api/v1/{door}" for door in doors)
    names = [way["operationId"] for path in described["paths"].values() for way in path.values()]
    assert len(names) == len(set(names))


def test_every_parameter_that_is_described_is_known(api, described):
    samples = {
        "q": "towns",
        "country": "SI",
        "nuts": "SI0",
        "year": "2007",
        "month": "2027-04",
        "network": "all",
        "modified_since": "2026-01-01T00:00:00Z",
        "page_size": "5",
        "since": "0",
        "kind": "projects",
        "cursor": None,
    } | dict.fromkeys(("programme", "organisation", "project", "area"), "6f1c9c0a-0000-4000-8000-000000000000")
    for path, ways in described["paths"].items():
        if "{" in path:
            continue
        for parameter in ways["get"].get("parameters", []):
            shape = parameter["schema"]
            listed = shape.get("items", shape).get("enum")
            value = listed[0] if listed else samples[parameter["name"]]
            if parameter["name"] == "ordering":
                value = "title"
            if value:
                method = "head" if "/interreg/" in path else "get"  # of files that are made while they are read
                api(f"{path.removeprefix('/api/v1/')}?{parameter['name']}={value}", method=method)


def test_every_parameter_says_what_it_means(described):
    for ways in described["paths"].values():
        for parameter in ways["get"].get("parameters", []):
            assert parameter["description"]


# What is served


def test_it_is_served_as_json_and_as_yaml(api, described):
    plain = api("schema/")
    asked_for = api("schema/", accept="application/yaml")
    by_name = api("schema/?format=yaml")

    assert plain["Content-Type"] == "application/json"
    assert plain.json() == described
    assert asked_for["Content-Type"] == by_name["Content-Type"] == "application/yaml"
    assert asked_for.content == by_name.content == schema.committed().read_bytes()
    assert api("schema/?format=json", accept="application/yaml")["Content-Type"] == "application/json"
    assert api("schema/", accept="application/json;q=0.5, application/yaml")["Content-Type"] == "application/yaml"


def test_it_is_served_in_no_other_form(problem):
    assert problem("schema/?format=xml", 400)["errors"][0]["parameter"] == "format"
    assert problem("schema/", 406, accept="text/html")["name"] == "not-acceptable"


# What the answers obey


def test_a_record_of_every_kind_is_held_against_the_description(records):
    assert set(records) == {kind.name for kind in kinds.all_kinds()}


def test_records_and_lists(read, valid, records):
    for kind, record in records.items():
        name = component(kind)
        valid(name, read(f"{kind}/{record.uid}/"))
        valid(name, read(f"{kind}/{record.uid}/versions/1/"))
        valid(f"{name}List", read(f"{kind}/?facets=yes"))
        valid(f"{name}List", read(f"{kind}/?view=summary&page_size=1"))
        for short in read(f"{kind}/?view=summary")["results"]:
            valid(f"{name}Summary", short)
        for whole in read(f"{kind}/")["results"]:
            valid("Record", whole)


def test_keys_come_in_the_order_that_is_described(read, described, records):
    components = described["components"]["schemas"]
    for kind, record in records.items():
        assert list(read(f"{kind}/{record.uid}/")) == list(components[component(kind)]["properties"])
        short = read(f"{kind}/?view=summary")["results"][0]
        assert list(short) == list(components[f"{component(kind)}Summary"]["properties"])


def test_everything_else(read, valid, records):
    withdraw(publish(GoodPracticeFactory()), reason="legal")
    organisation = records["partners"]

    valid("Doors", read(""))
    valid("Changes", read("changes/"))
    valid("State", read("state/"))
    valid("VersionList", read(f"partners/{organisation.uid}/versions/"))
    valid("RelatedList", read(f"partners/{organisation.uid}/related/"))


def test_problems(api, valid):
    gone = withdraw(publish(GoodPracticeFactory(title=texts("Gone", "Umaknjeno"))))

    for path, status in (
        ("practices/?foo=1", 400),
        ("practices/x/", 404),
        (f"practices/{gone.uid}/", 410),
        ("changes/?since=x-1", 410),
    ):
        valid("Problem", api(path, status=status).json())


def test_an_answer_that_disobeys_is_noticed(read, valid, records):
    record = read(f"projects/{records['projects'].uid}/")
    for spoiled in (record | {"start": "soon"}, record | {"kind": "practices"}, record | {"acronym": 5}):
        with pytest.raises(AssertionError):
            valid("Project", spoiled)
    del record["acronym"]
    with pytest.raises(AssertionError):
        valid("Project", record)
