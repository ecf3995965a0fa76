"""History compares any two revisions: texts language by language, lists row by row, parts by their uid."""

import pytest
from bs4 import BeautifulSoup

from catalogue.places import place
from tests.admin import address
from tests.factories import (
    AdminFactory,
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
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


def comparison(desk, record, first="earliest", second="latest") -> dict[str, BeautifulSoup]:
    """Label of the field → what is told of it."""
    page = desk.get(address(record, "revisions_compare", first, second))
    assert page.status_code == 200
    rows = BeautifulSoup(page.content, "html.parser").select("table.listing tbody > tr")
    return {row.select_one(".title").get_text(strip=True).rstrip(":"): row.select(".comparison")[0] for row in rows}


def added(told) -> list[str]:
    return [mark.get_text(" ", strip=True) for mark in told.select(".addition")]


def taken_away(told) -> list[str]:
    return [mark.get_text(" ", strip=True) for mark in told.select(".deletion")]


def revised(record, **changes):
    """Two revisions: as it is, and changed."""
    record.save_revision()
    for name, value in changes.items():
        setattr(record, name, value)
    record.save_revision()
    return record


def test_a_text_is_compared_in_each_language(desk):
    project = revised(
        ProjectFactory(title={"en": "Old towns", "sl": "Stara mesta"}),
        title={"en": "New towns", "sl": "Stara mesta", "it": "Città nuove"},
    )
    told = comparison(desk, project)
    assert list(told) == ["Title"]
    assert [name.get_text() for name in told["Title"].select("dt")] == ["English", "Slovenščina", "Italiano"]
    assert (taken_away(told["Title"]), added(told["Title"])) == (["Old"], ["New", "Città nuove"])


def test_a_text_with_markup_is_shown_as_it_was_typed(desk):
    project = revised(ProjectFactory(), title={"en": "<script>alert(1)</script>"})
    told = comparison(desk, project)["Title"]
    assert told.select("script") == []
    assert "<script>alert(1)</script>" in told.get_text()


def test_codes_are_compared_by_their_names(desk):
    project = revised(ProjectFactory(topics=["circular-economy"]), topics=["green-marketing"])
    told = comparison(desk, project)["Topics"]
    assert (taken_away(told), added(told)) == (["Circular economy"], ["Green marketing"])


def test_places_are_compared_row_by_row(desk):
    ptuj, trieste = place("SI", town="Ptuj"), place("IT", town="Trieste", lat=45.6, lng=13.8)
    told = comparison(desk, revised(ProjectFactory(places=[ptuj]), places=[ptuj, trieste]))["Places"]
    assert (taken_away(told), added(told)) == ([], ["Italy · Trieste · 45.6 · 13.8"])


def test_a_part_is_the_same_when_its_uid_is(desk):
    project = ProjectFactory()
    kept, dropped = ResultFactory(project=project), ResultFactory(project=project, text={"en": "A fair was held."})
    publish(project)
    project.results = [
        type(kept)(uid=kept.uid, text={"en": "A handbook was printed."}),
        type(kept)(text={"en": "A film."}),
    ]
    project.save_revision()
    told = comparison(desk, project)["Results"]
    whole = told.select(":scope > .comparison__child-object")
    assert [" ".join(part["class"][1:]) for part in whole] == ["", "addition", "deletion"]
    assert (taken_away(whole[0]), added(whole[0])) == (["written.", "Napisan je bil priročnik."], ["printed."])
    assert "A film." in whole[1].get_text()
    assert str(dropped.text) in whole[2].get_text()


def test_parts_of_parts_are_compared(desk):
    value = IndicatorValueFactory(value=21)
    project = publish(value.indicator.project)
    draft = project.get_latest_revision_as_object()
    [indicator] = draft.indicators.all()
    [same] = indicator.values.all()
    same.value = 25
    indicator.values = [same]
    draft.indicators = [indicator]
    draft.save_revision()
    told = comparison(desk, project)["Indicators"]
    assert (taken_away(told), added(told)) == (["21.0000"], ["25"])


def everything_changed():
    """Of each kind a record whose two revisions differ in every field and part that there is."""
    organisation = OrganisationFactory()
    yield revised(
        organisation,
        name_original="Nova",
        name_english="",
        department={"de": "Amt"},
        aliases=[{"name": "Bistra", "from": 1998, "to": None}],
        description={},
        nuts="SI032",
        nuts_version=2021,
        lat=46.4,
        lng=15.9,
        website="https://new.example/",
        keywords=["a", "b"],
        source_notes=[{"field": "name", "document": "a.txt", "line": 3, "note": {"sl": "Piše."}}],
        example=True,
        licence="CC0-1.0",
        topics=["green-marketing"],
    )
    yield revised(
        ProgrammeFactory(),
        name={"fr": "Programme"},
        priorities=[{"code": "1", "title": {"en": "Towns", "sl": "Mesta"}}],
        period="",
        strand="D",
        places=[place("CSXX")],
        funding_statement={"en": "Paid by.", "it": "Pagato da."},
    )
    project = ProjectFactory()
    for part in (ParticipationFactory, ResultFactory, IndicatorFactory):
        part(project=project)
    publish(project)
    project.capitalises.set([ProjectFactory()])
    project.programme, project.start, project.total_budget = ProgrammeFactory(), "2006-10-01", "2591200.00"
    project.participations, project.results, project.indicators = [], [], []
    yield revised(project, summary={"sl": "Krajše."})
    practice = GoodPracticeFactory()
    PracticeImageFactory(practice=practice)
    publish(practice)
    practice.projects.set([project])
    practice.images = []
    yield revised(practice, grew_from=["0c1e0e3c-6a0a-4c55-9a1f-0f3f0a1b2c3d"], start="2020-01-01", status="stopped")


def test_no_change_is_too_much_for_the_history(desk):
    for record in everything_changed():
        assert len(comparison(desk, record)) > 2
        assert desk.get(address(record, "revisions_compare", "live", "latest")).status_code == 200
        assert desk.get(address(record, "history")).status_code == 200
