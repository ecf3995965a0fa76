"""The Wagtail admin of records: who may open it, what it shows, what it takes and refuses."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from accounts.models import User
from actionplans.models import LocalActionPlan
from catalogue import upkeep
from catalogue.models import Entry
from library.models import LibraryItem
from partners.models import IndustrialArea, Organisation
from practices.models import GoodPractice
from projects.models import Programme, Project
from tests.admin import add, address, drawn_fields, edit, errors_of, with_query
from tests.every_kind import EVERY_FACTORY, name_of
from tests.factories import (
    AdminFactory,
    GoodPracticeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    UserFactory,
    publish,
    reread,
    texts,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


@pytest.fixture(params=EVERY_FACTORY, ids=name_of)
def record(request):
    """A public record with a newer draft."""
    record = publish(request.param())
    record.keywords = ["čista mesta"]
    record.save_revision()
    return reread(record)


OF_A_RECORD = ["edit", "usage", "history", "history_results", "unpublish", "workflow_history"]
OF_A_KIND = ["list", "list_results", "add"]


def pages_of(record) -> list[str]:
    revision = record.revisions.first().pk
    return [
        *(address(record, name) for name in OF_A_RECORD),
        address(record, "revisions_view", revision),
        address(record, "revisions_revert", revision),
        address(record, "revisions_compare", "earliest", "latest"),
        *(address(type(record), name) for name in OF_A_KIND),
        reverse(record.snippet_viewset.chooser_viewset.get_url_name("choose")),
        reverse(record.snippet_viewset.chooser_viewset.get_url_name("chosen"), args=[record.pk]),
    ]


# Who may


def test_every_page_opens_for_an_editor(editor, record):
    assert {url: editor.get(url).status_code for url in pages_of(record)} == dict.fromkeys(pages_of(record), 200)


def test_no_page_opens_for_others(client, record):
    reviewer, member = UserFactory(role=User.Role.REVIEWER), MembershipFactory(role="coordinator").user
    others = [reverse("wagtailadmin_home"), reverse("networks:index"), reverse("memberships:index")]
    door = reverse("admin_door")
    for person in (None, member, reviewer):
        if person:
            client.force_login(person)
        for url in [*pages_of(record), *others]:
            for answer in (client.get(url), client.post(url)):
                assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, door)
    assert reread(record).live


# Lists


@pytest.mark.parametrize("factory", EVERY_FACTORY, ids=name_of)
def test_a_list_costs_the_same_for_one_and_for_three(desk, factory):
    def queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address(factory._meta.model, "list")).status_code == 200
        return len(queries)

    publish(factory())
    queries()
    one = queries()
    publish(factory())
    factory().save_revision()
    assert queries() == one


def shown(page) -> list[str]:
    return [
        link.get_text(strip=True)
        for link in BeautifulSoup(page.content, "html.parser").select("td.title .title-wrapper > a")
    ]


def of_every_state() -> dict[str, Project]:
    scheduled = ProjectFactory(title=texts("Scheduled", "Načrtovan"), go_live_at=timezone.now() + timedelta(days=1))
    changed = publish(ProjectFactory(title=texts("Changed", "Spremenjen")))
    changed.save_revision()
    return {
        "draft": ProjectFactory(title=texts("Draft", "Osnutek")),
        "public": publish(ProjectFactory(title=texts("Public", "Objavljen"))),
        "changed": changed,
        "withdrawn": withdraw(publish(ProjectFactory(title=texts("Withdrawn", "Umaknjen")))),
        "scheduled": publish(scheduled),
    }


def test_a_list_shows_and_filters_by_state(desk):
    for state, project in of_every_state().items():
        page = desk.get(with_query(address(Project, "list"), state=state))
        assert shown(page) == [str(project.title)]
    page = desk.get(with_query(address(Project, "list"), state=["draft", "public"]))
    assert sorted(shown(page)) == ["Draft", "Public"]
    marks = BeautifulSoup(desk.get(address(Project, "list")).content, "html.parser").select(".w-status")
    assert {"draft", "public", "public, with a newer draft", "withdrawn", "scheduled"} <= {
        mark.get_text(strip=True) for mark in marks
    }


def test_a_list_shows_the_title_of_the_newest_draft(desk):
    project = publish(ProjectFactory(title=texts("Old", "Staro")))
    project.title = texts("New", "Novo")
    project.save_revision()
    assert shown(desk.get(address(Project, "list"))) == ["New"]


def test_a_list_is_searched_in_every_language(desk):
    ProjectFactory(title=texts("Markets", "Žive tržnice"))
    ProjectFactory(title=texts("Roads", "Ceste"))
    assert shown(desk.get(with_query(address(Project, "list"), q="tržnic"))) == ["Markets"]


def test_a_chooser_is_searched(desk):
    OrganisationFactory(name_english="Chamber of Nice")
    OrganisationFactory(name_english="Town of Ptuj")
    chooser = reverse(Organisation.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    page = desk.get(with_query(chooser, q="chamber nice")).content.decode()
    assert "Chamber of Nice" in page
    assert "Town of Ptuj" not in page
    assert desk.get(with_query(chooser, q="\0")).status_code == 200


# Publishing what is not ready


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Organisation, "name_original"),
        (Programme, "name"),
        (Project, "title"),
        (GoodPractice, "title"),
        (IndustrialArea, "name"),
        (LocalActionPlan, "title"),
        (LibraryItem, "title"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_is_missing_is_said_beside_its_field(desk, model, field):
    page = add(desk, model, "publish", keywords="mesta")
    assert page.status_code == 200
    assert errors_of(page) == {field: ["Needed for publication."]}
    assert drawn_fields(page.content.decode())["keywords"] == "mesta"
    assert (model.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_draft_may_lack_everything(desk):
    assert add(desk, GoodPractice).status_code == 302
    assert GoodPractice.objects.get().latest_revision is not None


def test_a_text_may_be_too_long_in_a_draft_but_not_in_public(desk):
    project = ProjectFactory()
    assert edit(desk, project, summary_0="x" * 161).status_code == 302
    page = edit(desk, project, "publish")
    assert errors_of(page) == {
        "summary": ["At most 160 characters in each language can be published; the longest text has 161."]
    }
    assert Entry.objects.count() == 0


def test_the_guided_parts_are_counted_together(desk):
    practice = GoodPracticeFactory()
    page = edit(desk, practice, "publish", how_it_works_1="x" * 1480)
    assert list(errors_of(page)) == ["stakeholders_and_beneficiaries"]


def nameless_under_review() -> tuple[Organisation, str]:
    """What nobody could publish, and the address where it is approved."""
    record = OrganisationFactory(name_original="", name_english="")
    record.save_revision()
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Approval"))
    task_state = workflow.start(record, AdminFactory()).current_task_state
    return record, address(record, "workflow_action", "approve", task_state.pk)


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}], ids=["page", "dialogue"])
def test_an_approval_of_what_is_not_ready_is_refused_with_words(desk, headers):
    record, approval = nameless_under_review()
    answer = desk.post(approval, {"comment": ""}, headers=headers)
    where = answer.json()["redirect"] if headers else answer["Location"]
    assert where == address(record, "edit")
    assert "Name in its own language: Needed for publication." in desk.get(where).content.decode()
    assert reread(record).workflow_in_progress
    assert not record.live


# Two at a time


def autosave(client, record, **typed):
    url = address(record, "edit")
    fields = drawn_fields(client.get(url).content.decode()) | typed
    return client.post(url, fields, headers={"accept": "application/json"})


def test_saving_in_the_background_publishes_nothing(desk):
    programme = publish(ProgrammeFactory())
    before = programme.entry.document
    assert autosave(desk, programme, name_0="Half a word").json()["success"] is True
    assert reread(programme).get_latest_revision_as_object().name.data["en"] == "Half a word"
    assert programme.entry.document == before


def test_who_comes_second_is_told(desk):
    programme = publish(ProgrammeFactory())
    fields = drawn_fields(desk.get(address(programme, "edit")).content.decode())
    edit(desk, programme, name_0="Mine")
    answer = desk.post(address(programme, "edit"), fields | {"name_0": "Hers"}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert reread(programme).get_latest_revision_as_object().name.data["en"] == "Mine"


def test_what_is_locked_is_not_saved_but_can_be_withdrawn(editor):
    programme = publish(ProgrammeFactory(locked=True, locked_by=AdminFactory()))
    page = edit(editor, programme, "publish", name_0="Mine")
    assert page.status_code == 200
    assert programme.entry.record["title"]["en"] != "Mine"
    assert address(programme, "unpublish") in editor.get(address(programme, "edit")).content.decode()
    assert editor.get(address(programme, "unpublish")).status_code == 200
    editor.post(address(programme, "unpublish"), {"reason": "personal_data"})
    assert not reread(programme).live


LOCK_FIRST = [
    ("edit", ()),
    ("unpublish", ()),
    ("revisions_revert", ("revision",)),
    ("revisions_unschedule", ("revision",)),
]


@pytest.mark.parametrize(("view", "args"), LOCK_FIRST, ids=[view for view, _args in LOCK_FIRST])
def test_the_catalogues_lock_is_taken_before_anything_is_read(desk, view, args):
    record = publish(OrganisationFactory())
    url = address(record, view, *(record.latest_revision_id for _arg in args))
    with CaptureQueriesContext(connection) as queries:
        desk.post(url, {"reason": "error", "action-publish": "1"})
    asked = [query["sql"] for query in queries]
    lock = next(number for number, sql in enumerate(asked) if "catalogue_cataloguestate" in sql)
    assert next(number for number, sql in enumerate(asked) if "partners_organisation" in sql) > lock


def test_looking_takes_no_lock(desk):
    record = publish(OrganisationFactory())
    with CaptureQueriesContext(connection) as queries:
        desk.get(address(record, "edit"))
    assert [query["sql"] for query in queries if "catalogue_cataloguestate" in query["sql"]] == []


# Withdrawing


def test_a_record_is_withdrawn_with_a_reason(editor, record):
    assert editor.get(address(record, "unpublish")).status_code == 200
    answer = editor.post(address(record, "unpublish"), {"reason": "personal_data"})
    assert answer["Location"] == address(type(record), "list")
    assert (record.entry.reason, record.entry.document) == ("personal_data", "")
    assert record.entry.withdrawn is not None


def test_who_withdraws_is_told_who_names_the_record(editor):
    project = publish(ParticipationFactory(organisation=publish(OrganisationFactory())).project)
    page = editor.get(address(project.participations.get().organisation, "unpublish")).content.decode()
    assert "1 public record names it" in page
    assert "names it" not in editor.get(address(project, "unpublish")).content.decode()


def test_what_was_never_public_cannot_be_withdrawn(editor):
    assert editor.get(address(OrganisationFactory(), "unpublish")).status_code == 404


def test_a_draft_that_others_point_to_is_not_deleted(editor):
    member, lead, mentioned, mistake = (OrganisationFactory() for _ in range(4))
    MembershipFactory(organisation=member)
    ParticipationFactory(organisation=lead)
    publish(GoodPracticeFactory(organisation_in_charge=mentioned))

    for organisation in (member, lead, mentioned):
        assert "/delete/" not in editor.get(address(organisation, "edit")).content.decode()
        editor.post(address(organisation, "delete"))
    assert "/delete/" in editor.get(address(mistake, "edit")).content.decode()
    editor.post(address(mistake, "delete"))

    assert set(Organisation.objects.filter(live=False)) == {member, lead, mentioned}


def test_a_double_is_merged_into_the_record_that_stays(editor, client):
    double, kept = publish(OrganisationFactory()), publish(OrganisationFactory())
    double_uid = double.uid

    page = editor.get(address(double, "unpublish")).content.decode()
    answer = editor.post(address(double, "unpublish"), {"reason": "merged", "merged_into": kept.pk})

    assert 'name="merged_into"' in page and "snippet-chooser" in page
    assert answer.status_code == 302
    assert (double.entry.reason, double.entry.merged_into) == ("merged", kept.uid)
    moved = client.get(f"/id/{double_uid}/")
    assert (moved.status_code, moved["Location"]) == (301, f"/id/{kept.uid}/")


def test_a_merge_needs_another_public_record_of_the_kind_and_only_a_merge_has_one(editor):
    double, kept, draft = publish(OrganisationFactory()), publish(OrganisationFactory()), OrganisationFactory()

    for reason, successor in [("merged", ""), ("merged", double.pk), ("merged", draft.pk), ("error", kept.pk)]:
        page = editor.post(address(double, "unpublish"), {"reason": reason, "merged_into": successor})
        assert (page.status_code, list(errors_of(page))) == (200, ["merged_into"])

    assert reread(double).live


@pytest.mark.parametrize("reason", ["", "boredom"])
def test_without_a_reason_nothing_is_withdrawn(editor, reason):
    record = publish(OrganisationFactory())
    page = editor.post(address(record, "unpublish"), {"reason": reason})
    assert page.status_code == 200
    assert "reason" in errors_of(page)
    assert reread(record).live


def test_withdrawing_needs_the_permission_to_publish(client):
    writer = UserFactory(role=User.Role.EDITOR)
    writer.groups.get().permissions.remove(*writer.groups.get().permissions.filter(codename="publish_organisation"))
    client.force_login(writer)
    record = publish(OrganisationFactory())
    assert client.post(address(record, "unpublish"), {"reason": "error"}).status_code == 302
    assert edit(client, record, "publish", name_english="Mine").status_code == 302
    assert reread(record).live
    assert record.entry.record["name_english"] != "Mine"


# The ledger


def test_the_organisation_in_charge_changes_at_once_and_the_text_does_not(desk):
    practice = publish(GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory())))
    successor = publish(OrganisationFactory(name_english="The successor"))
    edit(desk, practice, title_0="Not yet", organisation_in_charge=successor.pk)
    document = practice.entry.record
    assert document["organisation_in_charge"]["title"]["en"] == "The successor"
    assert document["title"]["en"] != "Not yet"
    assert reread(practice).organisation_in_charge == successor
    assert upkeep.check() == []


def test_an_older_text_does_not_bring_back_an_older_organisation(desk):
    practice = publish(GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory())))
    older = practice.latest_revision_id
    successor = publish(OrganisationFactory())
    edit(desk, practice, "publish", title_0="New", organisation_in_charge=successor.pk)
    edit(desk, practice, "publish", view="revisions_revert", args=[older])
    assert reread(practice).organisation_in_charge == successor
    assert practice.entry.record["title"]["en"] != "New"


# Practices are reviewed in the portal


def test_practices_cannot_be_submitted_here(desk):
    practice = GoodPracticeFactory()
    assert "Submit to" not in desk.get(address(practice, "edit")).content.decode()
    edit(desk, practice, "submit")
    assert reread(practice).current_workflow_state is None


def test_results_can_be_chosen_from_the_practices_projects(desk):
    result, other = ResultFactory(), ResultFactory()
    practice = GoodPracticeFactory()
    practice.projects.set([result.project])
    practice.save()
    assert edit(desk, practice, grew_from=[str(result.uid)]).status_code == 302
    assert reread(practice).grew_from == [str(result.uid)]
    assert "grew_from" in errors_of(edit(desk, practice, grew_from=[str(other.uid)]))


# Previews


def test_a_preview_is_the_public_page_of_the_draft(desk, record):
    url = address(record, "preview_on_edit")
    fields = drawn_fields(desk.get(address(record, "edit")).content.decode())
    name = "name_english" if "name_english" in fields else "title_0" if "title_0" in fields else "name_0"
    before = record.entry.document
    assert desk.post(url, fields | {name: "Nobody has seen this"}).json() == {"is_valid": True, "is_available": True}
    page = desk.get(url)
    assert page.status_code == 200
    assert "Nobody has seen this" in page.content.decode()
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert record.entry.document == before
    assert reread(record).get_latest_revision_as_object().keywords == ["čista mesta"]


@pytest.mark.parametrize("model", [Organisation, GoodPractice], ids=lambda model: model.__name__)
def test_a_new_record_has_a_preview_too(desk, model):
    url = address(model, "preview_on_add")
    fields = drawn_fields(desk.get(address(model, "add")).content.decode())
    desk.post(url, fields | {"title_0": "Brand new", "name_english": "Brand new"})
    page = desk.get(url)
    assert page.status_code == 200
    assert "Brand new" in page.content.decode()
    assert model.objects.count() == 0
