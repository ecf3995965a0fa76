"""A process that is killed in between leaves neither half of what it did, and no lock."""

import os
import pkgutil
import signal
import subprocess
import sys
import textwrap
from datetime import datetime
from itertools import count

import pytest
from django.db import connection, transaction
from wagtail.models import ModelLogEntry, Revision

from catalogue.models import (
    CatalogueState,
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    OldSlug,
    Reference,
)
from practices.models import GoodPractice
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    publish,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]

WRITTEN = [
    CatalogueState,
    Entry,
    EntryVersion,
    EntryFacet,
    EntryWords,
    Reference,
    OldSlug,
    GoodPractice,
    Revision,
    ModelLogEntry,
]
NEVER_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")


class Killed(BaseException):
    pass


def everything_stored():
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in WRITTEN}


class Death:
    """Of a process that is about to send its statement of that number, counted from 1: it sends no other."""

    def __init__(self, number: int):
        self.left, self.has_come = number, False

    def __call__(self, execute, sql, params, many, context):
        if not sql.startswith(NEVER_COUNTED):
            self.left -= 1
            if self.left <= 0:
                self.has_come = True
                raise Killed
        return execute(sql, params, many, context)


def a_practice_that_is_published_first(organisation):
    revision = GoodPracticeFactory(organisation_in_charge=organisation).save_revision()
    return lambda: revision.publish()


def a_practice_that_is_changed(organisation):
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    practice.title, practice.topics = texts("Changed", "Spremenjeno"), ["circular-economy"]
    revision = practice.save_revision()
    return lambda: revision.publish()


def a_practice_that_is_withdrawn(organisation):
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    return lambda: practice.unpublish()


def an_organisation_that_is_renamed(organisation):
    publish(GoodPracticeFactory(organisation_in_charge=organisation))
    organisation.name_original = "Nova agencija"
    revision = organisation.save_revision()
    return lambda: revision.publish()


@pytest.mark.parametrize(
    "prepare",
    [
        a_practice_that_is_published_first,
        a_practice_that_is_changed,
        a_practice_that_is_withdrawn,
        an_organisation_that_is_renamed,
    ],
)
def test_a_kill_between_any_two_statements_leaves_neither_half(prepare):
    act = prepare(publish(OrganisationFactory()))
    before = everything_stored()

    for number in count(1):
        death, point = Death(number), transaction.savepoint()
        try:
            with connection.execute_wrapper(death):
                act()
        except Killed:
            assert everything_stored() == before
        if not death.has_come:
            break
        transaction.savepoint_rollback(
            point
        )  # Wagtail's index of references outlives what fails in it; the dead do not

    assert number > 20
    assert everything_stored() != before


STEPS = [
    "catalogue.publication.write",
    "catalogue.publication._first_slug",
    "catalogue.publication.render",
    "catalogue.publication._store",
    "catalogue.publication.index",
    "catalogue.publication._store_facets",
    "catalogue.publication._store_references",
    "catalogue.publication.refresh_naming",
    "catalogue.models.state.CatalogueStateManager.advance",
    "wagtail.actions.publish_revision.PublishRevisionAction._after_publish",
    "wagtail.actions.publish_revision.PublishRevisionAction.execute",
]


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_right_after_a_step_leaves_neither_half(monkeypatch, step):
    practice = GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory()))
    revision = practice.save_revision()
    before = everything_stored()
    original = pkgutil.resolve_name(step)

    def do_and_die(*args, **kwargs):
        original(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(step, do_and_die)
        revision.publish()
    assert everything_stored() == before

    revision.publish()
    assert Entry.objects.visible().filter(uid=practice.uid).exists()


KILLED_IN = ["_store", "_store_references", "sync"]
KILL = textwrap.dedent(
    """
    import os, signal, sys
    import django
    django.setup()
    from catalogue import publication, search
    from wagtail.models import Revision

    def kill_after(original):
        def step(*args, **kwargs):
            original(*args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)
        return step

    search.alternatives_of("warm")
    for name in sys.argv[2:]:
        child = os.fork()
        if child == 0:
            setattr(publication, name, kill_after(getattr(publication, name)))
            Revision.objects.get(pk=sys.argv[1]).publish()
            os._exit(0)
        print(name, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
)


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_neither_half_and_no_lock():
    practice = GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory()))
    revision = practice.save_revision()
    before = everything_stored()

    told = subprocess.run(
        [sys.executable, "-c", KILL, str(revision.pk), *KILLED_IN],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(["", *sys.path])},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert told.stdout.split("\n")[:-1] == [f"{name} {-signal.SIGKILL}" for name in KILLED_IN], told.stderr
    assert everything_stored() == before
    revision.publish()
    assert Entry.objects.visible().filter(uid=practice.uid).exists()


def test_published_and_modified_in_the_document_are_those_of_the_row():
    publish(GoodPracticeFactory())
    entry = Entry.objects.get()

    told = [datetime.fromisoformat(entry.record[name]) for name in ("published", "modified")]

    assert told == [entry.published, entry.modified]
