"""A record becomes an entry when it is published, stops being one when it is withdrawn, and is never half of one."""

import hashlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from catalogue import publication
from catalogue.models import (
    CatalogueState,
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    OldSlug,
    Reference,
)
from catalogue.serializers import Stamp
from practices.models import GoodPractice
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
    publish,
    republish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

UID = UUID("0f0e0d0c-0b0a-4908-8706-050403020100")


def visible_uids():
    return set(Entry.objects.visible().values_list("uid", flat=True))


def test_a_saved_draft_is_not_in_the_catalogue():
    practice = GoodPracticeFactory()
    practice.save_revision()

    assert Entry.objects.count() == 0
    assert CatalogueState.objects.current().position == 0


def test_what_is_published_is_in_the_catalogue_as_its_serializer_says():
    practice = publish(GoodPracticeFactory())

    entry = Entry.objects.get()
    stamp = Stamp(version=1, published=entry.modified, modified=entry.modified)
    assert practice.live
    assert (entry.uid, entry.kind, entry.slug, entry.version) == (practice.uid, "practices", practice.slug, 1)
    assert entry.document == publication.render(practice, stamp).text


def test_the_envelope_is_the_contracts():
    publish(GoodPracticeFactory(uid=UID, title=texts("Clean courtyards", "Čista dvorišča"), original_language="sl"))

    entry = Entry.objects.get()
    moment = entry.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    envelope = dict(list(json.loads(entry.document).items())[:16])
    assert envelope == {
        "uid": str(UID),
        "kind": "practices",
        "url": f"/id/{UID}/",
        "pages": {"en": "/en/practices/cista-dvorisca/", "sl": "/sl/practices/cista-dvorisca/"},
        "version": 1,
        "published": moment,
        "modified": moment,
        "original_language": "sl",
        "translations": {"en": {"state": "human", "stale": []}, "sl": {"state": "original"}},
        "licence": "CC-BY-4.0",
        "origin": {"network": None, "url": None, "retrieved": None},
        "example": False,
        "title": {"en": "Clean courtyards", "sl": "Čista dvorišča"},
        "summary": {"en": "What the area did.", "sl": "Kaj je območje naredilo."},
        "topics": ["area-management-and-governance"],
        "places": [{"country": "SI", "nuts": None, "nuts_version": None, "town": "Ptuj", "lat": None, "lng": None}],
    }


def test_the_document_is_kept_in_the_bytes_that_the_etag_is_made_of():
    publish(GoodPracticeFactory(title=texts("Market", "Tržnica")))

    entry = Entry.objects.get()
    assert "Tržnica" in entry.document
    assert entry.document == json.dumps(entry.record, ensure_ascii=False, separators=(",", ":"))
    assert entry.etag == hashlib.sha256(entry.document.encode()).hexdigest()


def test_absent_values_are_null_and_never_empty_strings():
    publish(OrganisationFactory(description={}, town="", country=""))

    record = Entry.objects.get().record
    assert '""' not in Entry.objects.get().document
    assert (record["description"], record["address"]["town"], record["places"]) == (None, None, [])


def test_the_card_is_the_envelope_and_the_key_facts():
    publish(GoodPracticeFactory())

    entry = Entry.objects.get()
    assert list(entry.short)[:16] == list(entry.record)[:16]
    assert {name: entry.short[name] for name in list(entry.short)[16:]} == {
        name: entry.record[name] for name in ("status", "organisation_in_charge", "projects", "images")
    }


def test_a_draft_of_a_published_record_leaves_what_is_public():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()

    practice.title = texts("Not yet", "Še ne")
    practice.save_revision()

    assert Entry.objects.values().get() == before
    assert GoodPractice.objects.get().has_unpublished_changes


def test_publishing_a_change_gives_the_next_version_at_the_next_position():
    practice = publish(GoodPracticeFactory())
    first = Entry.objects.get()

    republish(practice, title=texts("Better", "Boljše"))

    entry = Entry.objects.get()
    assert (entry.position, entry.version) == (first.position + 1, first.version + 1)
    assert entry.record["title"] == {"en": "Better", "sl": "Boljše"}
    assert entry.published == first.published


def test_publishing_without_a_change_keeps_position_version_and_bytes():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()

    publish(practice)

    assert Entry.objects.values().get() == before
    assert CatalogueState.objects.current().position == before["position"]


def test_positions_follow_the_order_of_publication():
    drafts = [GoodPracticeFactory(), OrganisationFactory(), ProjectFactory()]
    for draft in reversed(drafts):
        publish(draft)

    in_order = list(Entry.objects.order_by("position").values_list("uid", "position"))
    assert in_order == [(draft.uid, number) for number, draft in enumerate(reversed(drafts), start=1)]


def test_modified_never_goes_back_even_if_the_clock_does(monkeypatch):
    practice = publish(GoodPracticeFactory())
    first = Entry.objects.get().modified
    monkeypatch.setattr("catalogue.models.state.timezone.now", lambda: first - timedelta(hours=1))

    republish(practice, title=texts("Later", "Pozneje"))

    assert Entry.objects.get().modified == first


def test_times_are_whole_seconds():
    publish(GoodPracticeFactory())

    entry = Entry.objects.get()
    assert (entry.modified.microsecond, entry.published.microsecond) == (0, 0)


def test_the_instance_that_publishes_knows_what_became_of_it():
    practice = GoodPracticeFactory()

    practice.publish(practice.save_revision())

    assert (practice.live, practice.slug, practice.has_unpublished_changes) == (True, Entry.objects.get().slug, False)


def test_publication_reads_the_rows_anew_and_never_writes_back_an_old_instance():
    old_instance = GoodPracticeFactory()
    revision = old_instance.save_revision()
    owner = UserFactory()
    GoodPractice.objects.update_ledger(owner=owner)

    old_instance.publish(revision)

    assert GoodPractice.objects.get().owner == owner


@pytest.mark.parametrize(
    "nameless",
    [
        lambda: GoodPracticeFactory(title={}),
        lambda: GoodPracticeFactory(title={"en": "  "}),
        lambda: OrganisationFactory(name_original="", name_english=""),
        lambda: ProjectFactory(title={}, acronym=""),
    ],
)
def test_a_record_without_a_name_is_not_published(nameless):
    record = nameless()

    with pytest.raises(ValidationError):
        publish(record)

    assert not type(record).objects.get().live
    assert Entry.objects.count() == 0


def test_what_is_scheduled_stays_unseen_until_its_time():
    practice = GoodPracticeFactory()
    practice.go_live_at = timezone.now() + timedelta(days=1)
    publish(practice)

    assert not practice.live
    assert Entry.objects.count() == 0


def test_a_scheduled_change_leaves_what_is_public_until_its_time():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()

    republish(practice, title=texts("Tomorrow", "Jutri"), go_live_at=timezone.now() + timedelta(days=1))

    assert practice.live
    assert Entry.objects.values().get() == before


def test_a_withdrawn_record_is_no_longer_visible_and_keeps_its_row():
    practice = publish(GoodPracticeFactory())

    withdraw(practice)

    assert visible_uids() == set()
    assert list(GoodPractice.objects.values_list("live", flat=True)) == [False]


def test_a_withdrawn_record_that_is_published_again_goes_on_counting():
    practice = publish(GoodPracticeFactory())
    first = Entry.objects.get()
    withdraw(practice)

    publish(practice)

    entry = Entry.objects.get()
    assert entry.is_visible
    assert (entry.version, entry.published, entry.position) == (2, first.published, 3)
    assert entry.record["version"] == 2


def test_withdrawing_a_draft_changes_nothing():
    practice = GoodPracticeFactory()

    withdraw(practice)

    assert Entry.objects.count() == 0
    assert CatalogueState.objects.current().position == 0


def test_a_preview_shows_what_publication_would_and_writes_nothing():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()
    practice.title = texts("Draft", "Osnutek")

    previewed = publication.render_draft(practice)

    assert (previewed["title"], previewed["version"]) == ({"en": "Draft", "sl": "Osnutek"}, 2)
    assert Entry.objects.values().get() == before


# Killed in between

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
    assert practice.uid in visible_uids()


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
    assert practice.uid in visible_uids()


def test_published_and_modified_in_the_document_are_those_of_the_row():
    publish(GoodPracticeFactory())
    entry = Entry.objects.get()

    told = [datetime.fromisoformat(entry.record[name]) for name in ("published", "modified")]

    assert told == [entry.published, entry.modified]
