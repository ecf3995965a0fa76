"""Programmes and projects in the Wagtail admin: every field, and parts that stay the same when they are edited."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Programme, Project, Result, WorkPackage
from tests.admin import address, drawn_fields, edit, errors_of, new_part, new_row
from tests.factories import (
    AdminFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    reread,
    texts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


@pytest.fixture
def project():
    """A public project with two results."""
    project = ProjectFactory()
    ResultFactory(project=project, text=texts("A handbook was written.", "Napisan je bil priročnik."), sort_order=0)
    ResultFactory(project=project, text=texts("A fair was held.", "Izveden je bil sejem."), sort_order=1)
    return publish(project)


def draft_of(project) -> Project:
    return reread(project).get_latest_revision_as_object()


def uids(parts) -> list[str]:
    return [str(part.uid) for part in parts.all()]


def english(parts) -> list[str]:
    return [part.text.data["en"] for part in parts.all()]


@pytest.mark.parametrize("model", [Programme, Project], ids=lambda model: model.__name__)
def test_every_field_can_be_edited(desk, model):
    form = desk.get(address(model, "add")).context["form"]
    assert set(model.content_fields) - set(form.fields) == set()
    for name, formset in form.formsets.items():
        part = formset.model
        hidden = {"id", "uid", "sort_order", formset.fk.name}
        editable = {field.name for field in part._meta.fields} - hidden
        assert editable - set(formset.empty_form.fields) == set(), name


# Parts keep their identity


def test_a_result_keeps_its_uid_when_it_is_edited_and_published(desk, project):
    before = uids(project.results)
    edit(desk, project, "publish", **{"results-0-text_0": "A handbook was printed."})
    assert uids(reread(project).results) == before
    assert [result["uid"] for result in project.entry.record["results"]] == before
    assert english(project.results) == ["A handbook was printed.", "A fair was held."]


def test_a_result_of_a_draft_keeps_its_uid_until_it_is_public(desk, project):
    edit(desk, project, **new_part("results", 2, text_0="A network was founded."))
    begun = uids(draft_of(project).results)
    edit(desk, project, title_0="Another title")
    edit(desk, project, **{"results-2-text_0": "A network was founded in Ptuj."})
    assert uids(draft_of(project).results) == begun
    assert len(project.results.all()) == 2
    edit(desk, project, "publish")
    edit(desk, project, "publish", acronym="NEW")
    assert uids(reread(project).results) == begun
    assert english(project.results)[2] == "A network was founded in Ptuj."


def test_a_page_that_stays_open_learns_the_uid_of_a_new_part(desk, project):
    url = address(project, "edit")
    fields = drawn_fields(desk.get(url).content.decode()) | new_part("results", 2, text_0="A network")
    told = dict(desk.post(url, fields, headers={"accept": "application/json"}).json()["field_updates"])
    assert told["results-2-uid"] == uids(draft_of(project).results)[2]
    edit(desk, project, "publish", **{"results-2-text_0": "A network was founded."})
    assert told["results-2-uid"] == uids(reread(project).results)[2]


def test_results_change_places(desk, project):
    first, second = uids(project.results)
    edit(desk, project, "publish", **{"results-0-ORDER": "2", "results-1-ORDER": "1"})
    assert uids(reread(project).results) == [second, first]
    assert [result["uid"] for result in project.entry.record["results"]] == [second, first]


def test_a_result_is_deleted_and_brought_back_by_an_older_text(desk, project):
    before, older = uids(project.results), project.latest_revision_id
    edit(desk, project, "publish", **{"results-0-DELETE": "1"})
    assert uids(reread(project).results) == before[1:]
    edit(desk, project, "publish", view="revisions_revert", args=[older])
    assert uids(reread(project).results) == before


def test_who_opened_the_form_before_a_publication_can_still_save_it(desk, project):
    edit(desk, project, **new_part("results", 2, text_0="A network"))
    fields = drawn_fields(desk.get(address(project, "edit")).content.decode())
    edit(desk, project, "publish")  # the part in the draft becomes a row with a key
    edit(desk, project, "publish", **{"results-0-DELETE": "1"})
    assert desk.post(address(project, "edit"), fields | {"action-publish": "1"}).status_code == 302
    assert len(uids(reread(project).results)) == 3


def test_another_projects_result_cannot_be_taken(desk, project):
    other = ResultFactory()
    edit(desk, project, "publish", **new_part("results", 2, text_0="Mine", uid=str(other.uid)))
    assert str(other.uid) not in uids(reread(project).results)
    assert english(project.results)[2] == "Mine"
    assert Result.objects.filter(uid=other.uid).get().project == other.project


def test_one_result_cannot_stand_twice(desk, project):
    first = uids(project.results)[0]
    page = edit(desk, project, **{"results-1-uid": first})
    assert page.status_code == 200
    assert "One of the parts is there twice." in page.content.decode()
    assert page.context["form"].formsets["results"].non_form_errors() == ["One of the parts is there twice."]


def test_a_part_that_was_added_and_left_empty_is_not_kept(desk, project):
    edit(desk, project, "publish", **new_part("results", 2, text_0="  "))
    assert len(reread(project).results.all()) == 2


def test_what_a_part_lacks_is_said_in_it_and_the_rest_is_kept(desk, project):
    page = edit(desk, project, title_0="Typed", **new_part("work_packages", 0, title_0="Studies", number=""))
    assert page.status_code == 200
    assert page.context["form"].formsets["work_packages"].errors == [{"number": ["This field is required."]}]
    kept = drawn_fields(page.content.decode())
    assert (kept["title_0"], kept["work_packages-0-title_0"]) == ("Typed", "Studies")
    assert WorkPackage.objects.count() == 0


def test_values_of_an_indicator_keep_their_uids_too(desk):
    project = IndicatorValueFactory(year=2007, value=21).indicator.project
    publish(project)
    indicator, value = project.indicators.get().uid, project.indicators.get().values.get().uid
    added = new_part("indicators-0-values", 1, year="2008", value="25.5")
    edit(desk, project, **{"indicators-0-values-0-value": "22", "indicators-0-target_years": "2007, 2008"}, **added)
    edit(desk, project, "publish", title_0="Another title")
    [after] = reread(project).indicators.all()
    assert (after.uid, after.target_years) == (indicator, [2007, 2008])
    assert [(each.year, each.value) for each in after.values.all()] == [(2007, Decimal(22)), (2008, Decimal("25.5"))]
    assert after.values.first().uid == value
    assert [each["value"] for each in project.entry.record["indicators"][0]["values"]] == ["22", "25.5"]


def test_an_indicator_of_a_draft_keeps_its_values(desk, project):
    edit(
        desk,
        project,
        **new_part("indicators", 0, name_0="Towns advised", target="20"),
        **{"indicators-0-values-INITIAL_FORMS": "0", **new_part("indicators-0-values", 0, year="2007", value="21")},
    )
    edit(desk, project, acronym="NEW")
    edit(desk, project, "publish", title_0="Another title")
    [indicator] = reread(project).indicators.all()
    assert [value.value for value in indicator.values.all()] == [Decimal(21)]


# What the forms know


def test_participations_name_an_organisation_or_what_is_printed(desk, project):
    organisation = publish(OrganisationFactory())
    edit(
        desk,
        project,
        "publish",
        **new_part(
            "participations", 0, organisation=str(organisation.pk), role="lead_partner", budget_basis="unpublished"
        ),
    )
    [participation] = project.entry.record["participations"]
    assert participation["organisation"]["uid"] == str(organisation.uid)
    page = edit(
        desk, project, **new_part("participations", 1, country="CSXX", role="partner", budget_basis="unpublished")
    )
    assert list(page.context["form"].formsets["participations"].errors[1]) == ["organisation"]


def test_what_cannot_be_is_refused_beside_its_field(desk, project):
    typed = {
        "start": "2008-01-01",
        "end": "2006-01-01",
        "currency": "ABC",
        "total_budget": "a lot",
        "website": "nowhere",
        "form": "party",
    }
    page = edit(desk, project, **typed)
    assert page.status_code == 200
    assert sorted(errors_of(page)) == ["currency", "end", "form", "total_budget", "website"]
    kept = drawn_fields(page.content.decode())
    assert {name: kept[name] for name in typed if name != "form"} == {
        name: value for name, value in typed.items() if name != "form"
    }


def test_a_project_builds_on_others_and_never_on_itself(desk, project):
    earlier = publish(ProjectFactory())
    edit(desk, project, "publish", **new_row("capitalises", 0, record=str(earlier.pk)))
    assert [other["uid"] for other in project.entry.record["capitalises"]] == [str(earlier.uid)]
    edit(desk, project, "publish", **new_row("capitalises", 0, DELETE="on"))
    assert project.entry.record["capitalises"] == []
    assert list(errors_of(edit(desk, project, **new_row("capitalises", 0, record=str(project.pk))))) == ["capitalises"]
    assert list(errors_of(edit(desk, project, **new_row("capitalises", 0, record=str(uuid4()))))) == ["capitalises"]


def test_priorities_have_a_title_in_each_language(desk):
    programme = ProgrammeFactory()
    edit(desk, programme, **new_row("priorities", 0, code="1", title_0="Towns", title_1="Mesta"))
    assert reread(programme).priorities == [{"code": "1", "title": texts("Towns", "Mesta")}]


def test_an_organisations_usage_shows_its_projects(desk):
    participation = ParticipationFactory()
    page = desk.get(address(participation.organisation, "usage"))
    assert str(participation.project) in page.content.decode()


def test_a_programmes_list_filters_its_projects(desk):
    project = ProjectFactory(programme=ProgrammeFactory())
    ProjectFactory(title=texts("Without", "Brez"))
    page = desk.get(address(Project, "list"), {"programme": project.programme.pk})
    assert [each.pk for each in page.context["object_list"]] == [project.pk]


def test_a_long_form_does_not_ask_for_each_part(desk, project):
    """One question for each organisation that is shown, and no other."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(project, "edit"))
        return len(queries)

    queries()
    few = queries()
    for _number in range(3):
        ResultFactory(project=project)
    assert queries() == few


def test_a_project_of_many_parts_can_be_saved(desk, project):
    """Browsers send more fields of such a form than Django takes by default."""
    for _number in range(60):
        ResultFactory(project=project)
    publish(project)
    fields = drawn_fields(desk.get(address(project, "edit")).content.decode())
    assert len(fields) > 1000
    assert edit(desk, project, "publish", acronym="LONG").status_code == 302
    assert len(project.entry.record["results"]) == 62
