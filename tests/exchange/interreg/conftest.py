"""A project with everything that the formats of the Interreg world tell, and readers of them."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from lxml import etree

from exchange.interreg.doors import XSD
from tests.factories import (
    IndicatorFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    publish,
    texts,
)

NAME = texts("Renewal of towns", "Prenova mest")


@pytest.fixture
def got(client):
    """`got("projects.json?country=SI")`: the bytes; the answer is in `got.answer`."""

    def get(path: str, *, status: int = 200, **headers) -> bytes:
        response = get.answer = client.get(f"/api/v1/interreg/{path}", headers=headers)
        content = b"".join(response) if response.streaming else response.content
        assert response.status_code == status, content.decode()
        return content

    return get


@pytest.fixture
def xml(got):
    """The projects in XML, after they were held against their schema."""

    def read(query: str = ""):
        root = etree.fromstring(got(f"projects.xml{query}"))
        etree.XMLSchema(etree.parse(XSD)).assertValid(root)
        return root

    return read


@pytest.fixture
def book(got):
    return lambda query="": openpyxl.load_workbook(io.BytesIO(got(f"operations.xlsx{query}")))


@pytest.fixture
def table(got):
    """The rows of a CSV, as dictionaries."""
    return lambda path: list(csv.DictReader(io.StringIO(got(path).decode(), newline="")))


def rows(sheet) -> list[dict]:
    header, *values = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in values]


@pytest.fixture
def whole():
    """A published project of two partners, one of whom has no record of its own."""
    programme = publish(
        ProgrammeFactory(name=texts("Central Europe", "Srednja Evropa"), acronym="CE", cci="2007CB163PO061")
    )
    lead = OrganisationFactory(
        name_original="Bistra Ptuj",
        name_english="Bistra",
        nuts="SI032",
        nuts_version=2021,
        street="Slovenski trg 6",
        postal_code="2250",
        legal_status="public",
        pic="999",
        website="https://bistra.example/",
    )
    project = ProjectFactory(
        acronym="TOWNS",
        title=NAME,
        title_as_printed="RENEWAL OF TOWNS",
        programme=programme,
        start=date(2009, 1, 1),
        end=date(2011, 12, 31),
        total_budget="1125000.10",
        eu_funding_amount="900000.00",
        cofinancing_rate="80.00",
        keywords=["towns; squares", "shops"],
    )
    ParticipationFactory(
        project=project,
        organisation=publish(lead),
        role="lead_partner",
        total_eligible_budget="0.00",
        budget_basis="published_zero",
    )
    ParticipationFactory(
        project=project, organisation=None, name_as_printed="Grad Kotor", country="CSXX", country_as_printed="SCG"
    )
    ParticipationFactory(
        project=project, organisation=None, name_as_printed="Neznani", country="", country_as_printed=""
    )
    IndicatorValueFactory(indicator=IndicatorFactory(project=project))
    return publish(project)
