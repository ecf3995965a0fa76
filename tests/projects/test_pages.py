"""What the pages of projects and programmes say, and what they rather leave out."""

import json
import re

import pytest
from django.utils.translation import override

from catalogue.models import EntryVersion
from catalogue.surroundings import Surroundings
from projects.models import NamedOrganisation, Participation, StatedCount, TargetGroup
from projects.templatetags.project_page import (
    count_stats,
    funding,
    indicator_columns,
    indicator_rows,
    named_facts,
    prior_projects,
    target_groups,
)
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

pytestmark = pytest.mark.django_db

LINE = {"source_document": "a.txt", "source_line": 19}


def document(project) -> dict:
    return publish(project).entry.record


def funding_of(record: dict) -> dict:
    return funding(record, Surroundings(record))


def headings(client, project) -> list[str]:
    page = client.get(f"/en/projects/{project.slug}/").content.decode()
    return [" ".join(text.split()) for text in re.findall(r"<h2[^>]*>([^<]*)", page)]


# Funding


def test_a_heading_stands_only_above_something(client):
    bare, paid = publish(ProjectFactory()), publish(ProjectFactory(total_budget=1000))

    assert "Funding" not in headings(client, bare)
    assert "Funding" in headings(client, paid)


@pytest.mark.parametrize(
    ("period", "strand", "statement", "fund"),
    [
        ("2000-2006", "B", "European Union", "European Regional Development Fund"),
        ("2007-2013", "B", "European Union", "European Regional Development Fund"),
        ("2007-2013", "national", "European Union", ""),
        ("2021-2027", "B", "Co-funded by the European Union", ""),
    ],
)
def test_beside_the_emblem_stands_what_its_period_asked_for(period, strand, statement, fund):
    programme = publish(
        ProgrammeFactory(period=period, strand=strand, funding_statement=texts("Paid by all.", "Plačali vsi."))
    )

    told = funding_of(document(ProjectFactory(programme=programme)))

    assert told == {"text": "Paid by all.", "statement": statement, "fund": fund}
    assert funding_of(programme.entry.record) == told


def test_the_foot_of_every_page_says_who_was_funded(client):
    page = " ".join(client.get("/en/").content.decode().split())

    assert "Co-funded by the European Union" not in page
    assert "<span>European Union<small>European Regional Development Fund</small></span>" in page
    assert "MER was co-funded by the European Regional Development Fund, in the MED programme 2007–2013." in page


# In numbers


def test_a_number_that_the_table_has_already_is_not_told_twice():
    project = ProjectFactory()
    IndicatorValueFactory(indicator=IndicatorFactory(project=project, target=None), value=15, year=None, **LINE)
    project.stated_counts.add(
        StatedCount(text=texts("Places", "Kraji"), value=15, **LINE),
        StatedCount(text=texts("Areas", "Območja"), value=10, countries=["SI", "IT"], **LINE),
    )

    stats = count_stats(document(project))

    assert stats == [{"label": "Areas", "value": "10", "note": "Slovenia, Italy"}]


def test_targets_have_a_column_only_where_there_are_some():
    project = ProjectFactory()
    IndicatorFactory(project=project, target=None, target_years=[2016, 2017])
    record = document(project)

    assert [column["label"] for column in indicator_columns(record)] == ["Indicator", "Level", "Values"]
    assert [len(row) for row in indicator_rows(record)] == [3]

    IndicatorFactory(project=project, target=20)
    record = document(project)

    assert len(indicator_columns(record)) == 4
    assert [row[2].get("text") for row in indicator_rows(record)] == ["", "20"]


def test_a_value_of_several_years_has_its_note_instead_of_a_year():
    project = ProjectFactory()
    indicator = IndicatorFactory(project=project)
    IndicatorValueFactory(indicator=indicator, year=None, value=15, note=texts("For both years.", "Za obe leti."))

    [row] = indicator_rows(document(project))

    assert (row[-1]["text"], row[-1]["sub"]) == ("15", "For both years.")


# Names


def test_the_name_of_an_organisation_leads_to_it():
    organisation = publish(OrganisationFactory())
    project = ProjectFactory()
    project.named_organisations.add(NamedOrganisation(organisation=organisation, how=texts("Founder", "Ustanovitelj")))

    [named] = named_facts(document(project))

    assert named == {
        "label": organisation.entry.short["title"]["en"],
        "label_url": f"/id/{organisation.uid}/",
        "value": "Founder",
    }


def test_projects_name_their_programme_in_short_everywhere():
    older = publish(ProjectFactory(programme=publish(ProgrammeFactory(acronym="MED"))))
    project = ProjectFactory()
    project.capitalises.add(older)
    record = document(project)

    assert [entry["meta"][-1] for entry in prior_projects(record, Surroundings(record))] == ["MED"]


@pytest.mark.parametrize(
    ("language", "text", "code", "note"),
    [
        ("en", "The general public", "general_public", ""),
        ("en", "Industrial parks and zones", "other", ""),
        ("en", "Municipalities", "local_public_authority", "Local public authority"),
        ("sl", "Podjetja (MSP)", "sme", ""),
    ],
)
def test_a_target_group_does_not_stutter(language, text, code, note):
    project = ProjectFactory()
    project.target_groups.add(TargetGroup(text={language: text}, codes=[code]))
    record = document(project)

    with override(language):
        assert [group["note"] for group in target_groups(record)] == [note]


# Tables


def test_the_cells_of_a_table_bear_the_names_of_their_columns(client):
    project = ProjectFactory()
    ParticipationFactory(
        project=project, organisation=publish(OrganisationFactory()), role=Participation.Role.LEAD_PARTNER
    )
    project = publish(project)

    page = client.get(f"/en/projects/{project.slug}/").content.decode()

    assert re.findall(r'data-label="(\w+)"><span>\s*([\w ]+)', page)[:2] == [
        ("Role", "lead partner"),
        ("Country", "Slovenia"),
    ]


# Contacts


def test_it_tells_whom_to_ask(client):
    project = publish(ProjectFactory(contacts=texts("Office for the economy", "Urad za gospodarstvo")))

    assert "Office for the economy" in client.get(f"/en/projects/{project.slug}/").content.decode()
    assert "Urad za gospodarstvo" in client.get(f"/sl/projects/{project.slug}/").content.decode()
    assert project.entry.record["contacts"] == {"en": "Office for the economy", "sl": "Urad za gospodarstvo"}


def test_a_version_of_before_there_were_contacts_is_still_read(client):
    project = publish(ProjectFactory())
    older = EntryVersion.objects.get(entry=project.entry)
    document = json.loads(older.document)
    del document["contacts"], document["period"]
    EntryVersion.objects.filter(pk=older.pk).update(document=json.dumps(document))

    assert client.get(f"/en/projects/{project.slug}/v/1/").status_code == 200
