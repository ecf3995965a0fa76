"""The one lock under which the catalogue changes: taken first, by everything, and what goes wrong without it."""

import time
from itertools import count
from threading import Event

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from wagtail.models import GroupApprovalTask, Task, TaskState, Workflow, WorkflowTask

from catalogue import publication, upkeep
from catalogue.locking import TRIES, in_publication, publishing
from catalogue.models import CatalogueState, Entry
from catalogue.models.state import CatalogueStateManager
from tests.factories import AdminFactory, GoodPracticeFactory, OrganisationFactory, publish, republish


def start_review(practice):
    """An own workflow of one task, so that nothing depends on what a room has set up."""
    task = GroupApprovalTask.objects.create(name="Review")
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=0)
    practice.save_revision()
    workflow.start(practice, None)
    return practice.current_workflow_task_state.pk


# Taken first


def first_statement(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    statements = [query["sql"] for query in asked.captured_queries]
    return next(sql for sql in statements if not sql.startswith(("SAVEPOINT", "BEGIN", "RELEASE")))


def a_publication():
    revision = GoodPracticeFactory().save_revision()
    practice = revision.content_object
    return lambda: practice.publish(revision)


def a_withdrawal():
    return publish(GoodPracticeFactory()).unpublish


def a_refresh_of_stale_entries():
    publish(GoodPracticeFactory())
    return publication.refresh_stale


def an_approved_workflow():
    workflow_state = TaskState.objects.get(pk=start_review(GoodPracticeFactory())).workflow_state
    return lambda: publication.publish_approved(workflow_state)


@pytest.mark.core
@pytest.mark.django_db
@pytest.mark.parametrize("prepare", [a_publication, a_withdrawal, a_refresh_of_stale_entries, an_approved_workflow])
def test_the_lock_is_the_first_thing_that_is_asked_for(prepare):
    asked = first_statement(prepare())

    assert 'FROM "catalogue_cataloguestate"' in asked
    assert ("FOR UPDATE" in asked) is (connection.vendor == "postgresql")


@pytest.mark.core
@pytest.mark.django_db
def test_the_lock_may_be_taken_again_by_who_holds_it():
    with publishing(), publishing():
        publish(GoodPracticeFactory())

    assert Entry.objects.visible().count() == 1


@pytest.mark.core
@pytest.mark.django_db
def test_what_fails_under_the_lock_leaves_nothing():
    with pytest.raises(ZeroDivisionError), publishing():
        publish(GoodPracticeFactory())
        raise ZeroDivisionError

    assert Entry.objects.count() == 0
    assert CatalogueState.objects.current().position == 0


@pytest.mark.core
@pytest.mark.django_db
def test_positions_are_handed_out_one_by_one_and_never_again():
    with transaction.atomic():
        handed_out = [CatalogueState.objects.advance()[0] for _ in range(3)]

    assert handed_out == [1, 2, 3]
    assert CatalogueState.objects.current().position == 3


# Tried again


class DriverError(Exception):
    def __init__(self, pgcode):
        self.pgcode = pgcode


def failing(times, pgcode):
    """An action that the database refuses some times, and how often it was called."""
    calls = []

    @in_publication
    def act(answer):
        calls.append(answer)
        if len(calls) <= times:
            raise OperationalError("refused") from DriverError(pgcode)
        return answer

    return act, calls


@pytest.mark.core
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pgcode", ["40001", "40P01"])
def test_a_serialization_failure_is_tried_again_twice(pgcode):
    act, calls = failing(TRIES - 1, pgcode)
    assert (act("done"), len(calls)) == ("done", 3)

    act, calls = failing(TRIES, pgcode)
    with pytest.raises(OperationalError):
        act("done")
    assert len(calls) == 3


@pytest.mark.core
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("no room on the disk"), IntegrityError("twice"), ValueError()])
def test_other_errors_are_not_tried_again(error):
    calls = []

    @in_publication
    def act():
        calls.append(1)
        raise error

    with pytest.raises(type(error)):
        act()
    assert len(calls) == 1


@pytest.mark.core
@pytest.mark.django_db
def test_inside_a_transaction_of_somebody_else_nothing_is_tried_again():
    act, calls = failing(1, "40001")

    with pytest.raises(OperationalError):
        act("done")
    assert len(calls) == 1


# What the lock gives, each with a twin that shows what happens without it


@pytest.fixture(params=["with the lock", "without the lock"])
def is_locked(request, postgresql, monkeypatch):
    """Without: nobody waits for the row, and positions come from a sequence, as they usually do."""
    if request.param == "without the lock":
        take_the_lock_away(monkeypatch)
    return request.param == "with the lock"


def take_the_lock_away(monkeypatch):
    numbers = count(CatalogueState.objects.current().position + 1_000)

    monkeypatch.setattr(CatalogueStateManager, "lock", lambda manager: manager.get(pk=1))
    monkeypatch.setattr(CatalogueStateManager, "advance", lambda manager: (next(numbers), now().replace(microsecond=0)))


def until(condition):
    """Wait for it, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def somebody_waits() -> bool:
    """Whether a session of this database waits for a lock that another one holds."""
    waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(f"SELECT EXISTS (SELECT {waiting})")
        return cursor.fetchone()[0]


def test_a_practice_published_while_its_organisation_is_renamed_shows_the_new_name(is_locked, together):
    organisation = publish(OrganisationFactory(name_original="Prej"))
    revision = GoodPracticeFactory(organisation_in_charge=organisation).save_revision()
    is_renamed, is_published = Event(), Event()

    def rename():
        with transaction.atomic():
            republish(organisation, name_original="Potem")
            is_renamed.set()
            until(lambda: is_published.is_set() or somebody_waits())

    def publish_practice():
        is_renamed.wait(10)
        revision.publish()
        is_published.set()

    together(rename, publish_practice)

    shown = Entry.objects.get(kind="practices").record["organisation_in_charge"]["title"]["sl"]
    assert shown == ("Potem" if is_locked else "Prej")
    assert (upkeep.check() == []) is is_locked


def test_a_reader_of_the_feed_never_skips_a_late_commit(is_locked, together):
    first, second = (GoodPracticeFactory().save_revision() for _ in range(2))
    first_has_a_position, second_is_there = Event(), Event()
    received, cursor = [], 0

    def publish_first_and_commit_late():
        with transaction.atomic():
            first.publish()
            first_has_a_position.set()
            until(lambda: second_is_there.is_set() or somebody_waits())

    def publish_second():
        first_has_a_position.wait(10)
        second.publish()
        read()
        second_is_there.set()

    def read():
        nonlocal cursor
        for entry in Entry.objects.filter(position__gt=cursor).order_by("position"):
            received.append(entry.uid)
            cursor = entry.position

    together(publish_first_and_commit_late, publish_second)
    read()

    published = {first.content_object.uid, second.content_object.uid}
    assert (set(received) == published) is is_locked
    assert len(received) == (2 if is_locked else 1)


@pytest.mark.parametrize("is_taken_first", [True, False])
def test_an_approval_beside_a_bulk_run_does_not_die_of_deadlock(postgresql, together, is_taken_first):
    practice = publish(GoodPracticeFactory())
    review, reviewer = start_review(practice), AdminFactory()
    bulk_has_the_lock = Event()

    def republish_in_bulk():
        with publishing():
            bulk_has_the_lock.set()
            until(somebody_waits)
            republish(practice, title={"en": "Bulk"})

    def approve():
        state = TaskState.objects.get(pk=review)
        if state.status == TaskState.STATUS_IN_PROGRESS:
            state.approve(user=reviewer)

    def approve_meanwhile():
        bulk_has_the_lock.wait(10)
        (in_publication(approve) if is_taken_first else approve)()

    if is_taken_first:
        together(republish_in_bulk, approve_meanwhile)
        assert upkeep.check() == []
    else:
        with pytest.raises(OperationalError, match="deadlock detected"):
            together(republish_in_bulk, approve_meanwhile)
