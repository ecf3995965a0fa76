"""What editors scheduled comes and goes at its time."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from wagtail.models import ModelLogEntry

from catalogue import upkeep
from catalogue.models import Entry
from operations.scheduled import publish_scheduled
from practices.models import GoodPractice
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, republish, reread, texts

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def later(monkeypatch):
    """A time after everything that the test schedules."""

    def come():
        moment = now() + timedelta(days=2)
        monkeypatch.setattr("operations.scheduled.timezone.now", lambda: moment)
        monkeypatch.setattr("wagtail.actions.publish_revision.timezone.now", lambda: moment)

    return come


def scheduled(record, **changes):
    return republish(record, go_live_at=now() + timedelta(days=1), **changes)


def test_a_scheduled_record_is_published_at_its_time(later):
    practice = scheduled(GoodPracticeFactory())

    publish_scheduled()
    assert Entry.objects.count() == 0

    later()
    publish_scheduled()
    assert [entry.uid for entry in Entry.objects.visible()] == [practice.uid]
    assert upkeep.check() == []


def test_a_scheduled_change_replaces_what_is_public_at_its_time(later):
    practice = publish(GoodPracticeFactory())
    scheduled(practice, title=texts("Tomorrow", "Jutri"))

    later()
    publish_scheduled()

    assert practice.entry.record["title"] == {"en": "Tomorrow", "sl": "Jutri"}
    assert practice.entry.version == 2


def test_a_record_is_withdrawn_at_its_time(later):
    practice = republish(GoodPracticeFactory(), expire_at=now() + timedelta(days=1))

    publish_scheduled()
    assert practice.entry.is_visible

    later()
    publish_scheduled()
    assert (practice.entry.is_visible, reread(practice).expired) == (False, True)


def test_what_came_at_its_time_does_not_come_twice(later):
    practice = scheduled(GoodPracticeFactory())
    later()

    publish_scheduled()
    before = practice.entry.position
    publish_scheduled()

    assert practice.entry.position == before


def test_one_that_fails_does_not_hold_up_the_others(later, caplog):
    broken, organisation = scheduled(GoodPracticeFactory()), scheduled(OrganisationFactory())
    broken.latest_revision.content["title"] = "{}"
    broken.latest_revision.save()

    later()
    publish_scheduled()

    assert [entry.uid for entry in Entry.objects.visible()] == [organisation.uid]
    [noted] = [record.getMessage() for record in caplog.records]
    assert noted == f"Scheduled publication of revision {broken.latest_revision.pk} refused: Needed for publication."


def test_the_history_tells_that_it_was_scheduled(later):
    practice = scheduled(GoodPracticeFactory())
    later()

    publish_scheduled()

    actions = ModelLogEntry.objects.for_instance(practice).values_list("action", flat=True)
    assert "wagtail.publish.scheduled" in actions
    assert GoodPractice.objects.get().live
