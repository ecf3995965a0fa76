"""Whatever way a record becomes public or leaves, the catalogue says just that: its entry is visible iff it is live."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowContentType, WorkflowTask

from accounts.models import User
from catalogue import kinds, upkeep
from catalogue.models import Entry
from catalogue.records import RecordsAreWithdrawn
from operations.scheduled import publish_scheduled
from partners.models import Organisation
from tests.actionplans.factories import LocalActionPlanFactory
from tests.admin import add, address, edit
from tests.events.factories import EventFactory
from tests.every_kind import EVERY_FACTORY, name_of
from tests.factories import (
    AdminFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectFactory,
    UserFactory,
    publish,
    reread,
)
from tests.library.factories import LibraryItemFactory
from tests.partners.factories import IndustrialAreaFactory

pytestmark = pytest.mark.django_db

# The field of the form that holds the title in English.
TITLES = {
    OrganisationFactory: "name_english",
    ProgrammeFactory: "name_0",
    ProjectFactory: "title_0",
    GoodPracticeFactory: "title_0",
    IndustrialAreaFactory: "name_0",
    LibraryItemFactory: "title_0",
    EventFactory: "title_0",
    LocalActionPlanFactory: "title_0",
}
SMALL = [OrganisationFactory, GoodPracticeFactory]  # without and with a field in the ledger
NEEDED = {EventFactory: {"starts_on": "2027-04-15"}}


@pytest.fixture
def admin():
    return AdminFactory()


@pytest.fixture
def desk(client, admin):
    """Staff at the Wagtail admin."""
    client.force_login(admin)
    return client


@pytest.fixture(params=EVERY_FACTORY, ids=name_of)
def factory(request):
    return request.param


@pytest.fixture(params=SMALL, ids=name_of)
def small_factory(request):
    """Where all kinds would only take longer."""
    return request.param


def at_every_kind(ways: list) -> list:
    """Each way with the two small kinds and with two others in turns, in the long run with all."""
    others = [each for each in EVERY_FACTORY if each not in SMALL]
    rows = []
    for number, way in enumerate(ways):
        some = {*SMALL, *((others * 2)[number * 2 % len(others) :][:2])}
        for factory in EVERY_FACTORY:
            marks = () if factory in some else pytest.mark.long
            rows.append(pytest.param(way, factory, id=f"{name_of(factory)}-{way.__name__}", marks=marks))
    return rows


def catalogue_agrees() -> bool:
    for kind in kinds.all_kinds():
        live = set(kind.model.objects.filter(live=True).values_list("uid", flat=True))
        visible = set(Entry.objects.visible().ours().of_kind(kind.name).values_list("uid", flat=True))
        assert visible == live
    assert upkeep.check() == []
    return True


def is_public(record) -> bool:
    return reread(record).live and catalogue_agrees() and record.entry.is_visible


def is_not_public(record) -> bool:
    return not reread(record).live and catalogue_agrees() and not (record.entry and record.entry.is_visible)


def title_of(record) -> str:
    """As the catalogue has it, in English."""
    return record.entry.record["title"]["en"]


# Publishing


def by_the_model(desk, admin, record):
    record.publish(record.save_revision(user=admin), user=admin)


def by_a_revision(desk, admin, record):
    record.save_revision(user=admin).publish(user=admin)


def by_the_edit_view(desk, admin, record):
    assert edit(desk, record, "publish").status_code == 302


def by_the_end_of_a_workflow(desk, admin, record):
    under_review(record, admin).approve(user=admin)


def by_the_workflow_view(desk, admin, record):
    task_state = under_review(record, admin)
    answer = desk.post(address(record, "workflow_action", "approve", task_state.pk), {"comment": "Good."})
    assert answer.status_code == 302


def by_approving_in_the_edit_view(desk, admin, record):
    under_review(record, admin)
    answer = edit(desk, record, "workflow-action", **{"workflow-action-name": "approve"})
    assert answer.status_code == 302


def by_the_portals_schedule(desk, admin, record):
    scheduled(record, admin)
    publish_scheduled()


def by_wagtails_schedule(desk, admin, record):
    scheduled(record, admin)
    call_command("publish_scheduled")


def by_reverting(desk, admin, record):
    """An older text is brought back and published."""
    older = record.save_revision(user=admin)
    record.save_revision(user=admin)
    assert edit(desk, record, "publish", view="revisions_revert", args=[older.pk]).status_code == 302


def under_review(record, admin):
    """The task that waits for an approval."""
    record.save_revision(user=admin)
    task = GroupApprovalTask.objects.create(name="Approval")
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(record), defaults={"workflow": workflow}
    )
    return workflow.start(record, admin).current_task_state.specific


def scheduled(record, admin) -> None:
    """Scheduled for tomorrow; and then it is the day after."""
    record.go_live_at = timezone.now() + timedelta(days=1)
    revision = record.save_revision(user=admin)
    revision.publish(user=admin)
    assert is_not_public(record)
    its_time_comes(revision)


def its_time_comes(revision: Revision) -> None:
    revision.refresh_from_db()
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
    revision.save()


PUBLISHING = [
    by_the_model,
    by_a_revision,
    by_the_edit_view,
    by_the_end_of_a_workflow,
    by_the_workflow_view,
    by_approving_in_the_edit_view,
    by_the_portals_schedule,
    by_wagtails_schedule,
    by_reverting,
]


@pytest.mark.parametrize(("path", "factory"), at_every_kind(PUBLISHING))
def test_a_draft_becomes_public(path, factory, desk, admin):
    record = factory()
    path(desk, admin, record)
    assert is_public(record)


@pytest.mark.parametrize(
    "path", [by_a_revision, by_the_edit_view, by_wagtails_schedule], ids=lambda path: path.__name__
)
def test_a_withdrawn_record_comes_back(path, desk, admin):
    record = publish(OrganisationFactory())
    record.unpublish()
    path(desk, admin, reread(record))
    assert is_public(record)


def test_a_new_record_is_published_by_the_create_view(factory, desk):
    answer = add(desk, factory._meta.model, "publish", **{TITLES[factory]: "Brand new"}, **NEEDED.get(factory, {}))
    assert answer.status_code == 302
    record = factory._meta.model.objects.get()
    assert is_public(record)
    assert title_of(record) == "Brand new"


def test_a_new_draft_of_the_create_view_is_nobodys_business(small_factory, desk):
    add(desk, small_factory._meta.model, "edit", **{TITLES[small_factory]: "Brand new"})
    assert is_not_public(small_factory._meta.model.objects.get())


def test_an_edit_is_published_over_the_older_text(factory, desk):
    record = publish(factory())
    edit(desk, record, "publish", **{TITLES[factory]: "A better name"})
    assert is_public(record)
    assert title_of(record) == "A better name"


def test_a_newer_draft_leaves_the_public_text_alone(small_factory, desk):
    record = publish(small_factory())
    before = record.entry.document
    edit(desk, record, "edit", **{TITLES[small_factory]: "Not yet"})
    assert is_public(record)
    assert record.entry.document == before


@pytest.mark.core
def test_an_older_text_is_brought_back(small_factory, desk):
    record = publish(small_factory())
    older, before = record.latest_revision, title_of(record)
    edit(desk, record, "publish", **{TITLES[small_factory]: "A mistake"})
    edit(desk, record, "publish", view="revisions_revert", args=[older.pk])
    assert is_public(record)
    assert title_of(record) == before


# Scheduling


def tomorrow() -> str:
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")


@pytest.mark.core
def test_a_first_scheduling_does_not_leak(small_factory, desk):
    record = small_factory()
    assert edit(desk, record, "publish", go_live_at=tomorrow()).status_code == 302
    assert is_not_public(record)
    assert record.scheduled_revision is not None
    assert Entry.objects.count() == 0


def test_nor_does_that_of_a_new_record(small_factory, desk):
    add(desk, small_factory._meta.model, "publish", **{TITLES[small_factory]: "Tomorrow", "go_live_at": tomorrow()})
    record = small_factory._meta.model.objects.get()
    assert is_not_public(record)
    assert record.scheduled_revision is not None


def test_a_scheduled_change_leaves_the_public_text_until_its_time(small_factory, desk):
    record = publish(small_factory())
    before = record.entry.document
    edit(desk, record, "publish", **{TITLES[small_factory]: "Tomorrow's news", "go_live_at": tomorrow()})
    assert is_public(record)
    assert record.entry.document == before
    its_time_comes(record.scheduled_revision)
    publish_scheduled()
    assert is_public(record)
    assert title_of(record) == "Tomorrow's news"


def test_what_is_unscheduled_stays_a_draft(small_factory, desk, admin):
    record = small_factory()
    record.go_live_at = timezone.now() + timedelta(days=1)
    revision = record.save_revision(user=admin)
    revision.publish(user=admin)
    assert desk.post(address(record, "revisions_unschedule", revision.pk)).status_code == 302
    its_time = timezone.now() + timedelta(days=2)
    assert not Revision.objects.filter(approved_go_live_at__lt=its_time).exists()
    publish_scheduled()
    assert is_not_public(record)


# Withdrawing


def by_the_model_itself(desk, admin, record):
    record.unpublish(user=admin)


def by_the_unpublish_view(desk, admin, record):
    assert desk.post(address(record, "unpublish"), {"reason": "error"}).status_code == 302


def by_the_portals_expiry(desk, admin, record):
    expires(record)
    publish_scheduled()


def by_wagtails_expiry(desk, admin, record):
    expires(record)
    call_command("publish_scheduled")


def expires(record) -> None:
    type(record).objects.filter(pk=record.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


WITHDRAWING = [by_the_model_itself, by_the_unpublish_view, by_the_portals_expiry, by_wagtails_expiry]


@pytest.mark.core
@pytest.mark.parametrize(("path", "factory"), at_every_kind(WITHDRAWING))
def test_a_public_record_leaves(path, factory, desk, admin):
    record = publish(factory())
    path(desk, admin, record)
    assert is_not_public(record)
    assert record.entry.document == ""


# Deleting


def by_its_own_hand(desk, record):
    with pytest.raises(RecordsAreWithdrawn):
        record.delete()


def by_a_queryset(desk, record):
    with pytest.raises(RecordsAreWithdrawn):
        type(record).objects.filter(pk=record.pk).delete()


def by_an_update(desk, record):
    with pytest.raises(RecordsAreWithdrawn):
        type(record).objects.filter(pk=record.pk).update(live=False)


def by_wagtails_bulk_action(desk, record):
    url = reverse("wagtail_bulk_action", args=[record._meta.app_label, record._meta.model_name, "delete"])
    for answer in (desk.get(url, {"id": record.pk}), desk.post(f"{url}?id={record.pk}"), desk.post(f"{url}?id=all")):
        assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))


def by_wagtails_delete_view(desk, record):
    assert desk.get(address(record, "delete")).status_code == 404
    assert desk.post(address(record, "delete")).status_code == 404
    assert address(record, "delete") not in desk.get(address(record, "edit")).content.decode()
    assert address(record, "delete") not in desk.get(address(type(record), "list")).content.decode()


DELETING = [by_its_own_hand, by_a_queryset, by_an_update, by_wagtails_bulk_action, by_wagtails_delete_view]


@pytest.mark.parametrize(("path", "factory"), at_every_kind(DELETING))
def test_a_public_record_cannot_be_deleted(path, factory, desk):
    record = publish(factory())
    path(desk, record)
    assert is_public(record)


@pytest.mark.parametrize("path", [by_its_own_hand, by_wagtails_delete_view], ids=lambda path: path.__name__)
def test_nor_one_that_was_withdrawn(path, small_factory, desk):
    record = publish(small_factory())
    record.unpublish()
    path(desk, record)
    assert type(record).objects.filter(pk=record.pk).exists()


def test_drafts_are_not_deleted_in_bulk(small_factory, desk):
    record = small_factory()
    by_wagtails_bulk_action(desk, record)
    assert is_not_public(record)


# What was begun by mistake


def test_what_was_never_public_is_deleted_by_who_may_publish(factory, client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    record = factory()
    record.save_revision()
    url = address(record, "delete")

    assert url in client.get(address(record, "edit")).content.decode()
    assert url not in client.get(address(type(record), "list")).content.decode()  # it would cost to ask it of each row
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert not type(record).objects.filter(pk=record.pk).exists()


def test_and_by_nobody_else(small_factory, client):
    writer, record = UserFactory(role=User.Role.EDITOR), small_factory()
    group = writer.groups.get()
    group.permissions.remove(*group.permissions.filter(codename__startswith="publish_"))
    client.force_login(writer)

    assert address(record, "delete") not in client.get(address(record, "edit")).content.decode()
    assert client.post(address(record, "delete")).status_code == 302
    assert type(record).objects.filter(pk=record.pk).exists()


def test_an_empty_draft_that_a_refused_publication_left_behind_can_be_deleted(desk):
    add(desk, Organisation)  # as the admin saves by itself while somebody types
    empty = Organisation.objects.get()

    assert edit(desk, empty, "publish").status_code == 200
    assert desk.post(address(empty, "delete")).status_code == 302
    assert not Organisation.objects.exists()


def test_what_is_scheduled_or_locked_is_not_deleted(small_factory, desk):
    record = small_factory(go_live_at=timezone.now() + timedelta(days=1))
    record.save_revision().publish()

    assert desk.post(address(record, "delete")).status_code == 302
    assert type(record).objects.filter(pk=record.pk).exists()


def test_a_record_cannot_be_copied(small_factory, desk):
    record = publish(small_factory())
    with pytest.raises(NoReverseMatch):
        address(record, "copy")
    assert desk.post(address(record, "edit").replace("/edit/", "/copy/")).status_code == 404
