"""Many at once: publishers, readers of the feed, approvals beside a bulk run, forms that save themselves."""

import random
import time
from collections import Counter
from itertools import count
from threading import Event

import pytest
from django.db import DatabaseError
from django.utils.timezone import now
from wagtail.models import GroupApprovalTask, Task, TaskState, Workflow, WorkflowTask

from catalogue import publication, upkeep
from catalogue.locking import in_publication, publishing
from catalogue.models import CatalogueState, Entry
from catalogue.models.state import CatalogueStateManager
from partners.models import Organisation
from practices.models import GoodPractice
from tests.factories import AdminFactory, GoodPracticeFactory, OrganisationFactory, publish, republish, texts, withdraw

PUBLISHERS, READERS = 8, 2
PAGE = 20


class Mirror:
    """A copy of the catalogue that is kept by reading what stands behind the last position."""

    def __init__(self):
        self.documents, self.cursor = {}, 0

    def read(self) -> int:
        page = list(Entry.objects.filter(position__gt=self.cursor).order_by("position")[:PAGE])
        for entry in page:
            if entry.is_visible:
                self.documents[entry.uid] = entry.document
            else:
                self.documents.pop(entry.uid, None)
            self.cursor = entry.position
        return len(page)

    def follow(self, is_over: Event) -> None:
        """Read until the publishers are done, and then to the end."""
        while not is_over.is_set():
            if self.read() < PAGE:
                time.sleep(0.005)
        while self.read():
            pass

    def faults(self) -> Counter:
        """How it differs from the catalogue: in missed, ghostly and outdated records."""
        visible = dict(Entry.objects.visible().values_list("uid", "document"))
        return +Counter(
            missed=len(visible.keys() - self.documents.keys()),
            ghosts=len(self.documents.keys() - visible.keys()),
            outdated=sum(self.documents[uid] != visible[uid] for uid in visible.keys() & self.documents.keys()),
        )


class Race:
    """Publishers who publish, change, rename and withdraw, and readers who follow them."""

    def __init__(self, together, *, publications: int, seed: int = 0):
        self.together, self.publications, self.seed = together, publications, seed
        self.organisations = [publish(OrganisationFactory()) for _ in range(2 * PUBLISHERS)]
        self.mirrors = [Mirror() for _ in range(READERS)]
        self.is_over, self.failed = Event(), []

    def run(self) -> Counter:
        """All differences between the catalogue, its records and the mirrors."""
        self.together(
            lambda: self.publish_together(),
            *(lambda mirror=mirror: mirror.follow(self.is_over) for mirror in self.mirrors),
            self.refresh_meanwhile,
        )
        publication.refresh_stale()
        for mirror in self.mirrors:
            mirror.follow(self.is_over)
        return sum((mirror.faults() for mirror in self.mirrors), Counter(unlike_its_record=len(upkeep.check())))

    def publish_together(self):
        try:
            self.together(*(lambda number=number: self.publish_many(number) for number in range(PUBLISHERS)))
        finally:
            self.is_over.set()

    def refresh_meanwhile(self):
        while not self.is_over.wait(0.2):
            publication.refresh_stale()

    def publish_many(self, publisher: int):
        """Of ten publications seven are of practices, two rename an organisation, one withdraws."""
        chance = random.Random(1000 * self.seed + publisher)
        practices: list[GoodPractice] = []
        own = self.organisations[publisher::PUBLISHERS]
        for number in range(self.publications):
            try:
                self.publish_one(chance, practices, own, f"{publisher}.{number}")
            except DatabaseError as error:
                self.failed.append(error)

    def publish_one(self, chance, practices, own, name):
        what = chance.random()
        if what < 0.2:
            republish(Organisation.objects.get(pk=chance.choice(own).pk), name_original=f"Ime {name}")
        elif what < 0.3 and practices:
            withdraw(practices.pop(chance.randrange(len(practices))))
        elif what < 0.5 and practices:
            republish(chance.choice(practices), title=texts(f"Changed {name}", f"Spremenjeno {name}"))
        else:
            in_charge = chance.choice(self.organisations)
            practice = GoodPracticeFactory(title=texts(f"New {name}", f"Novo {name}"), organisation_in_charge=in_charge)
            practices.append(publish(practice))


ROUNDS = [6, pytest.param(200, marks=pytest.mark.long)]


@pytest.mark.parametrize("publications", ROUNDS)
def test_readers_of_the_feed_end_with_just_what_is_published(postgresql, together, publications):
    race = Race(together, publications=publications)

    faults = race.run()

    assert (faults, race.failed) == (Counter(), [])
    live = set(GoodPractice.objects.filter(live=True).values_list("uid", flat=True))
    live |= set(Organisation.objects.filter(live=True).values_list("uid", flat=True))
    assert [set(mirror.documents) for mirror in race.mirrors] == [live] * READERS


TRIES = 8


def test_without_the_lock_they_miss_some_or_documents_stay_wrong(postgresql, together, monkeypatch):
    """The twin: nobody waits for the lock's row, and positions come from a sequence, as they usually do."""
    numbers = count(1)
    monkeypatch.setattr(CatalogueStateManager, "lock", lambda manager: manager.get(pk=1))
    monkeypatch.setattr(CatalogueStateManager, "advance", lambda manager: (next(numbers), now().replace(microsecond=0)))

    faults = Counter()
    for attempt in range(TRIES):
        faults = Race(together, publications=6, seed=attempt).run()
        if faults:
            break

    assert faults != Counter()


# Approvals


def under_review(number):
    """Published practices with a change that waits for a reviewer."""
    task = GroupApprovalTask.objects.create(name="Review")
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=0)
    practices = [publish(GoodPracticeFactory()) for _ in range(number)]
    for practice in practices:
        practice.title = texts("Approved", "Potrjeno")
        practice.save_revision()
        workflow.start(practice, None)
    return practices


@pytest.mark.parametrize("approvals", [8, pytest.param(80, marks=pytest.mark.long)])
def test_approvals_beside_a_bulk_run_all_pass(postgresql, together, approvals):
    practices, reviewer = under_review(approvals), AdminFactory()
    reviews = [practice.current_workflow_task_state.pk for practice in practices]
    approved = []

    @in_publication
    def approve(review):
        state = TaskState.objects.get(pk=review)
        if state.status == TaskState.STATUS_IN_PROGRESS:  # else the bulk run published first, which ends a review
            state.approve(user=reviewer)
            approved.append(review)

    def approve_some(first):
        for review in reviews[first::4]:
            approve(review)

    def publish_in_bulk():
        for start in range(0, approvals, 4):
            with publishing():
                for practice in reversed(practices[start : start + 4]):
                    republish(GoodPractice.objects.get(pk=practice.pk), summary=texts("Bulk", "Skupaj"))

    together(publish_in_bulk, *(lambda first=first: approve_some(first) for first in range(4)))

    left = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    assert (upkeep.check(), left.count()) == ([], 0)
    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count() == len(approved)


# Forms that save themselves


@pytest.mark.core
@pytest.mark.parametrize("saves", [10, pytest.param(200, marks=pytest.mark.long)])
def test_autosaving_forms_and_a_publisher_never_lock_each_other_out(together, saves):
    """On SQLite one writer at a time may write; the others wait for their turn, and none is turned away."""
    drafts = [publish(GoodPracticeFactory()) for _ in range(3)]
    published = publish(GoodPracticeFactory())

    def save(draft):
        for number in range(saves):
            draft.title = texts(f"Draft {number}", f"Osnutek {number}")
            draft.save_revision()

    def publish_often():
        for number in range(saves):
            republish(published, title=texts(f"Published {number}", f"Objavljeno {number}"))

    together(publish_often, *(lambda draft=draft: save(draft) for draft in drafts))

    last = saves - 1
    drafts = GoodPractice.objects.filter(pk__in=[draft.pk for draft in drafts])
    assert {str(draft.latest_revision.as_object().title) for draft in drafts} == {f"Draft {last}"}
    assert [draft.revisions.count() for draft in drafts] == [saves + 1] * 3
    assert published.entry.record["title"]["en"] == f"Published {last}"
    assert (published.entry.version, upkeep.check()) == (saves + 1, [])
    assert CatalogueState.objects.current().position == saves + 4
