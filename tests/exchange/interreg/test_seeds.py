"""The real projects in the formats of the Interreg world: what their documents print comes out, and nothing else."""

import json
from decimal import Decimal

import pytest
from lxml import etree

from exchange.interreg.doors import XSD
from tests.exchange.interreg.conftest import rows
from tests.seeds.conftest import seed_documents, seeded  # noqa: F401  fixtures
from tests.seeds.facts_expected import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

ACRONYMS = {"mer": "MER", "smart-region": "Sm@rt Region", "ecole": "ECOLE"}
ROLES = {"lead_partner": "lead", "partner": "project"}


@pytest.fixture
def projects(got) -> dict[str, dict]:
    found = json.loads(got("projects.json"))["project"]
    return {key: next(each for each in found if each["acronym"] == acronym) for key, acronym in ACRONYMS.items()}


@pytest.mark.usefixtures("seed_documents")
def test_partners_stand_in_their_order_with_names_and_countries_as_printed(projects):
    printed = [fact.value for fact in facts() if (fact.project, fact.kind) == ("smart-region", "participation")]

    told = [
        (each["order"], each["partner_type"], each["name_as_printed"], each["country_as_printed"])
        for each in projects["smart-region"]["partner"]
    ]

    assert told == [(each["order"], ROLES[each["role"]], each["name"], each["country"]) for each in printed]
    assert len(told) == 15


@pytest.mark.usefixtures("seed_documents")
def test_dates_and_money_are_those_of_the_documents(projects):
    names = {"start": "project_start_date", "end": "project_end_date", "duration_months": "duration_months"}
    stated = [fact for fact in facts() if fact.project in projects]
    dates = [fact for fact in stated if fact.kind in names]
    money = [fact for fact in stated if fact.kind == "total_budget"]

    assert [projects[fact.project][names[fact.kind]] for fact in dates] == [
        fact.value.isoformat() if fact.kind != "duration_months" else fact.value for fact in dates
    ]
    assert [Decimal(projects[fact.project]["total_budget"]) for fact in money] == [fact.value for fact in money]
    assert (len(dates), len(money)) == (6, 3)
    assert projects["smart-region"]["total_budget"] is None


def test_a_state_that_is_gone_keeps_its_code_and_a_country_that_is_not_printed_is_null(projects):
    partners = {each["name_as_printed"]: each for each in projects["smart-region"]["partner"]}

    vojvodina = partners["Center za strateške ekonomske študije Vojvodina-CESS"]
    assert (vojvodina["country"], vojvodina["country_as_printed"]) == ("CSXX", "Srbija, Črna gora")
    varaždin = partners["HGK-Županijska komora Varaždin"]
    assert (varaždin["country"], varaždin["country_as_printed"]) == ("HR", None)


def test_the_budget_of_one_partner_alone_is_known(projects):
    [sora] = projects["ecole"]["partner"]

    assert (sora["total_eligible_budget"], sora["cofinancing_amount"]) == ("180000.00", "135000.00")
    assert (sora["cofinancing_rate"], sora["budget_basis"]) == ("75.00", "published")
    assert {each["budget_basis"] for each in projects["mer"]["partner"]} == {"unpublished"}


def test_a_project_names_those_that_it_builds_on(projects):
    assert len(projects["mer"]["rel_precedent_projects"]) == 7
    assert projects["mer"]["programme"]["period"] == "2007-2013"


def test_all_of_them_obey_the_schema_and_fill_the_list(got, book):
    root = etree.fromstring(got("projects.xml"))
    etree.XMLSchema(etree.parse(XSD)).assertValid(root)

    sheets = book("?lang=sl")
    partners = rows(sheets["Partners"])
    assert len(rows(sheets["Operations"])) == len(root)
    assert len(partners) == len(root.findall("project/partner"))
    assert "Srbija in Črna gora" in {value for row in partners for value in row.values()}
