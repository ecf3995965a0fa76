"""The record: its document, what it is found under, and what points to what."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalogue import upkeep
from catalogue.models import Entry, Reference
from events.models import Event
from tests.events.factories import AgendaItemFactory, EventFactory, SpeakerFactory
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    publish,
    republish,
    reread,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def utc(*parts) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def document(event) -> dict:
    return publish(event).entry.record


# The document


def test_local_times_become_instants():
    told = document(EventFactory())

    assert (told["start"], told["end"]) == ("2027-04-15T07:00:00Z", "2027-04-16T14:30:00Z")
    assert (told["all_day"], told["time_zone"]) == (False, "Europe/Ljubljana")


def test_whole_days_stay_dates():
    told = document(EventFactory(starts_at=None, ends_at=None))

    assert (told["start"], told["end"], told["all_day"]) == ("2027-04-15", "2027-04-16", True)


def test_one_day_needs_no_last_day():
    told = document(EventFactory(ends_on=None))

    assert (told["start"], told["end"]) == ("2027-04-15T07:00:00Z", "2027-04-15T14:30:00Z")


def test_the_whole_document():
    host, project = publish(OrganisationFactory()), publish(ProjectFactory())
    practice = publish(GoodPracticeFactory())
    event = EventFactory(
        host=host,
        project=project,
        practices=[practice],
        lat=46.42,
        lng=15.87,
        nuts="SI032",
        nuts_version=2021,
        access_notes=texts("Step-free.", "Brez stopnic."),
        how_to_take_part=texts("Write to the host.", "Pišite gostitelju."),
        registration_url="https://example.org/register",
    )
    AgendaItemFactory(event=event, practices=[practice])
    SpeakerFactory(event=event, organisation=host)

    told = document(event)

    assert told["venue"] == {
        "name": "Grad",
        "street": "Na gradu 1",
        "postal_code": "2250",
        "town": "Ptuj",
        "country": "SI",
    }
    assert told["places"] == [
        {"country": "SI", "nuts": "SI032", "nuts_version": 2021, "town": "Ptuj", "lat": 46.42, "lng": 15.87}
    ]
    assert (told["host"]["uid"], told["project"]["uid"]) == (str(host.uid), str(project.uid))
    assert [shown["uid"] for shown in told["practices"]] == [str(practice.uid)]
    [item] = told["agenda"]
    assert (item["start"], item["end"]) == ("2027-04-15T07:00:00Z", "2027-04-15T08:30:00Z")
    assert [shown["uid"] for shown in item["practices"]] == [str(practice.uid)]
    [speaker] = told["speakers"]
    assert (speaker["name"], speaker["organisation"]["uid"]) == ("Maja Novak", str(host.uid))
    assert (told["online_url"], told["audience"], told["languages"]) == (None, None, ["en", "sl"])
    assert upkeep.check() == []


def test_the_programme_is_told_day_by_day():
    event = EventFactory()
    for number, (day, start) in enumerate([(16, time(9)), (15, time(14)), (15, None), (15, time(9))]):
        AgendaItemFactory(event=event, day=date(2027, 4, day), start=start, end=None, sort_order=number)

    starts = [item["start"] for item in document(event)["agenda"]]

    assert starts == ["2027-04-15", "2027-04-15T07:00:00Z", "2027-04-15T12:00:00Z", "2027-04-16T07:00:00Z"]


def test_a_draft_practice_is_not_named():
    event = EventFactory(practices=[GoodPracticeFactory()], host=OrganisationFactory())
    AgendaItemFactory(event=event, practices=[GoodPracticeFactory()])

    told = document(event)

    assert (told["practices"], told["host"], told["agenda"][0]["practices"]) == ([], None, [])


def test_a_draft_without_anything_has_a_document_too():
    event = EventFactory(title={}, starts_on=None, starts_at=None, ends_on=None, ends_at=None, country="", town="")

    from catalogue.publication import render_draft

    told = render_draft(event)

    assert (told["start"], told["end"], told["places"]) == (None, None, [])


def test_parts_of_parts_travel_in_revisions():
    practice, event = publish(GoodPracticeFactory()), EventFactory()
    item = AgendaItemFactory(event=event, practices=[practice])
    first = publish(event).latest_revision
    republish(event, agenda=[])
    assert Event.objects.get().agenda.count() == 0

    first.publish()

    [again] = reread(event).agenda.all()
    assert (again.uid, list(again.practices.all())) == (item.uid, [practice])


def test_rendering_takes_as_many_queries_for_three_parts_as_for_one(django_assert_num_queries):
    from catalogue.publication import render
    from catalogue.serializers import Stamp

    def grown(number: int) -> Event:
        event = EventFactory(host=OrganisationFactory(), project=ProjectFactory())
        for _number in range(number):
            AgendaItemFactory(event=event, practices=[GoodPracticeFactory()])
            SpeakerFactory(event=event, organisation=OrganisationFactory())
        return event

    stamp = Stamp(1, utc(2027, 1, 1), utc(2027, 1, 1))
    for event in (grown(1), grown(3)):
        with django_assert_num_queries(
            9
        ):  # the event, five kinds of parts, the parts' practices, who is visible, translations
            render(Event.objects.with_parts().get(pk=event.pk), stamp)


# Where it is found


def test_the_catalogue_knows_from_when_to_when():
    event = publish(EventFactory())
    assert (event.entry.starts, event.entry.ends) == (utc(2027, 4, 15, 7), utc(2027, 4, 16, 14, 30))

    republish(event, starts_at=None, ends_at=None)
    assert (event.entry.starts, event.entry.ends) == (utc(2027, 4, 14, 22), utc(2027, 4, 16, 22))

    withdraw(event)
    assert (event.entry.starts, event.entry.ends) == (None, None)


def test_a_rebuild_finds_the_times_again():
    event = publish(EventFactory())
    Entry.objects.update(starts=None, ends=None)
    assert len(upkeep.check()) == 2

    assert (upkeep.rebuild(), upkeep.check()) == (0, [])
    assert event.entry.starts == utc(2027, 4, 15, 7)


def test_what_it_is_found_under():
    host, project = publish(OrganisationFactory()), publish(ProjectFactory())
    event = publish(
        EventFactory(
            host=host, project=project, type="workshop", starts_on=date(2027, 12, 30), ends_on=date(2028, 2, 1)
        )
    )

    found = {}
    for facet in event.entry.facets.order_by("name", "value"):
        found.setdefault(facet.name, []).append(facet.value)

    assert found == {
        "country": ["SI"],
        "language": ["en", "sl"],
        "month": ["2027-12", "2028-01", "2028-02"],
        "organisation": [str(host.uid)],
        "project": [str(project.uid)],
        "status": ["scheduled"],
        "topic": ["area-management-and-governance"],
        "type": ["workshop"],
        "year": ["2027", "2028"],
    }


def test_a_month_is_that_of_the_events_own_place():
    """At midnight in Ljubljana it is still yesterday in Greenwich."""
    event = publish(EventFactory(starts_on=date(2027, 5, 1), ends_on=None, starts_at=None, ends_at=None))

    assert [facet.value for facet in event.entry.facets.filter(name="month")] == ["2027-05"]


def test_it_stands_on_the_pages_of_what_it_names():
    host, practice = publish(OrganisationFactory()), publish(GoodPracticeFactory())
    event = EventFactory(host=host, practices=[practice])
    SpeakerFactory(event=event, organisation=host)
    AgendaItemFactory(event=event, practices=[practice])
    publish(event)

    found = Reference.objects.filter(source__uid=event.uid).values_list("relation", "target_uid")

    assert sorted(found) == [("host", host.uid), ("shown", practice.uid), ("speaker", host.uid)]


def test_what_is_named_anew_is_named_anew_in_its_events():
    practice = publish(GoodPracticeFactory())
    event = EventFactory()
    AgendaItemFactory(event=event, practices=[practice])
    publish(event)

    republish(practice, title=texts("Another name", "Drugo ime"))

    assert event.entry.record["agenda"][0]["practices"][0]["title"]["en"] == "Another name"


# What the database refuses stands in tests/catalogue/test_constraints.py; what a person is told, in test_times.py


def test_what_may_be_half_known_in_a_draft():
    EventFactory(starts_on=None, starts_at=time(9), ends_at=None, ends_on=None)

    with pytest.raises(ValidationError) as refusal:
        publish(Event.objects.get())

    assert list(refusal.value.message_dict) == ["starts_on", "ends_at"][:1]


def test_an_event_that_ends_before_it_begins_is_not_even_a_draft():
    with pytest.raises(IntegrityError), transaction.atomic():
        EventFactory(ends_on=date(2027, 4, 14))
