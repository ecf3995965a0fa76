"""Events in the Wagtail admin: every field, faults beside it, and parts that stay the same when they are edited."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from events.times import zone_choices
from partners.models import IndustrialArea
from tests.admin import add, address, drawn_fields, edit, errors_of, new_part, new_row
from tests.events.factories import AgendaItemFactory, EventFactory, SpeakerFactory
from tests.factories import AdminFactory, GoodPracticeFactory, publish, reread, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


@pytest.fixture
def event():
    """A public event with an item of its programme."""
    return publish(AgendaItemFactory().event)


def draft_of(event) -> Event:
    return reread(event).get_latest_revision_as_object()


def errors_of_parts(page, relation: str) -> list[dict]:
    return [dict(errors) for errors in page.context["form"].formsets[relation].errors]


def test_every_field_can_be_edited(desk):
    form = desk.get(address(Event, "add")).context["form"]

    assert set(Event.content_fields) - set(form.fields) == set()
    for name, formset in form.formsets.items():
        part = formset.model
        hidden = {"id", "uid", "sort_order", formset.fk.name}
        editable = {field.name for field in [*part._meta.fields, *part._meta.many_to_many]} - hidden
        assert editable - set(formset.empty_form.fields) == set(), name


def test_an_editor_makes_and_publishes_an_event(desk):
    practice, area = publish(GoodPracticeFactory()), IndustrialArea.objects.create(name=texts("Zone", "Cona"))
    publish(area)

    page = add(
        desk,
        Event,
        "publish",
        title_0="Two days",
        title_1="Dva dneva",
        starts_on="2027-04-15",
        starts_at="09:00",
        ends_on="2027-04-16",
        ends_at="13:00",
        country="SI",
        town="Ptuj",
        nuts="SI032",
        **new_row("languages", 0, language="sl"),
        **new_row("languages", 1, language="en"),
        **new_row("areas", 0, record=str(area.pk)),
        **new_part("agenda", 0, day="2027-04-15", start="09:00", title_0="Breakfast"),
        **{"agenda-0-practices-rows": "1", **new_row("agenda-0-practices", 0, record=str(practice.pk))},
        **new_part("speakers", 0, name="Maja Novak", function_0="manages the area", agreed="on"),
    )

    assert page.status_code == 302
    told = Event.objects.get().entry.record
    assert (told["start"], told["end"]) == ("2027-04-15T07:00:00Z", "2027-04-16T11:00:00Z")
    assert (told["languages"], told["time_zone"]) == (["sl", "en"], "Europe/Ljubljana")
    assert told["places"][0]["nuts_version"] == 2024
    assert [named["uid"] for named in told["areas"]] == [str(area.uid)]
    assert [named["uid"] for named in told["agenda"][0]["practices"]] == [str(practice.uid)]
    assert told["speakers"][0]["name"] == "Maja Novak"


def test_a_draft_may_lack_everything(desk):
    assert add(desk, Event).status_code == 302
    assert Event.objects.get().live is False


FAULTY = [
    (
        {"starts_on": "2027-03-28", "ends_on": "", "starts_at": "02:30", "ends_at": "09:00"},
        "starts_at",
        "does not exist",
    ),
    ({"starts_on": "2027-10-31", "ends_on": "", "starts_at": "01:00", "ends_at": "02:30"}, "ends_at", "twice"),
    ({"ends_on": "2027-04-14"}, "ends_on", "It ends before it begins."),
    ({"ends_on": "2027-04-15", "ends_at": "08:00"}, "ends_at", "It ends before it begins."),
    ({"time_zone": "Mars/Olympus"}, "time_zone", "Mars/Olympus"),
    ({"lat": "46.42"}, "lng", "A latitude needs its longitude"),
    ({"lat": "146.42", "lng": "15"}, "lat", "Between −90 and 90"),
    ({"nuts": "SI099", "nuts_version": "2021"}, "nuts", "is not a region"),
    ({"ends_at": ""}, "ends_at", "Say when it ends"),
]


@pytest.mark.parametrize(("typed", "name", "words"), FAULTY)
@pytest.mark.parametrize("action", ["edit", "publish"])
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(desk, event, typed, name, words, action):
    page = edit(desk, event, action, title_0="Typed", **typed)

    assert page.status_code == 200
    assert list(errors_of(page)) == [name]
    assert words in errors_of(page)[name][0]
    kept = drawn_fields(page.content.decode())
    assert kept["title_0"] == "Typed"
    assert {key: kept[key] for key in typed if key != "time_zone"} == {
        key: value for key, value in typed.items() if key != "time_zone"
    }
    assert reread(event).starts_on == date(2027, 4, 15)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"agenda-0-day": "2027-04-17"}, "day"),
        ({"agenda-0-start": ""}, "start"),
        ({"agenda-0-end": "08:00"}, "end"),
        ({"agenda-0-title_0": "", "agenda-0-title_1": ""}, "title"),
        (
            {
                "starts_on": "2027-03-28",
                "ends_on": "2027-03-29",
                "agenda-0-day": "2027-03-28",
                "agenda-0-start": "02:15",
            },
            "start",
        ),
    ],
)
def test_faults_of_the_programme_stand_in_it(desk, event, typed, name):
    page = edit(desk, event, **typed)

    assert page.status_code == 200
    assert [list(errors) for errors in errors_of_parts(page, "agenda")] == [[name]]


def test_an_item_that_is_taken_out_is_not_looked_at(desk, event):
    page = edit(desk, event, "publish", **{"agenda-0-day": "2027-04-17", "agenda-0-DELETE": "1"})

    assert page.status_code == 302
    assert reread(event).agenda.count() == 0


def test_who_did_not_agree_may_stand_in_a_draft_and_no_further(desk, event):
    person = new_part("speakers", 0, name="Maja Novak", function_0="manages the area")
    assert edit(desk, event, **person).status_code == 302

    page = edit(desk, event, "publish")
    assert page.status_code == 200
    assert [list(errors) for errors in errors_of_parts(page, "speakers")] == [["agreed"]]

    assert edit(desk, event, "publish", **{"speakers-0-agreed": "on"}).status_code == 302
    assert [speaker["name"] for speaker in reread(event).entry.record["speakers"]] == ["Maja Novak"]


def test_an_event_without_a_day_is_not_published(desk):
    event = EventFactory(starts_on=None, starts_at=None, ends_on=None, ends_at=None)

    page = edit(desk, event, "publish")

    assert errors_of(page) == {"starts_on": ["Needed for publication."]}


def test_an_e_mail_address_on_how_to_take_part_is_refused(desk, event):
    page = edit(desk, event, "publish", how_to_take_part_0="Write to maja@example.org")

    assert list(errors_of(page)) == ["how_to_take_part"]


def test_an_item_of_a_draft_keeps_its_uid_and_its_practices(desk, event):
    practice = publish(GoodPracticeFactory())
    added = new_part("agenda", 1, day="2027-04-16", start="10:00", title_0="Farewell")
    row = {"agenda-1-practices-rows": "1", **new_row("agenda-1-practices", 0, record=str(practice.pk))}
    edit(desk, event, **added, **row)
    begun = [item.uid for item in draft_of(event).agenda.all()]

    edit(desk, event, title_0="Another title")
    edit(desk, event, "publish")

    items = list(reread(event).agenda.all())
    assert [item.uid for item in items] == begun
    assert list(items[1].practices.all()) == [practice]


def test_cancelling_is_one_choice(desk, event):
    edit(desk, event, "publish", status="cancelled")

    assert reread(event).entry.record["status"] == "cancelled"
    assert "This event has been cancelled." in desk.get(f"/en/events/{event.slug}/").content.decode()


def test_the_list_has_days_and_filters(desk, event):
    EventFactory(type="webinar", starts_on=date(2028, 1, 1), ends_on=None, starts_at=time(9), ends_at=time(10))

    page = desk.get(address(Event, "list"), {"type": "webinar"})

    assert [each.starts_on for each in page.context["object_list"]] == [date(2028, 1, 1)]


def test_a_long_form_does_not_ask_for_each_part(desk, event):
    def queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(event, "edit"))
        return len(queries)

    publish(SpeakerFactory(event=event).event)
    queries()
    few = queries()
    for _number in range(3):
        SpeakerFactory(event=event)
    publish(reread(event))
    assert queries() == few


def test_the_zone_of_a_place_is_offered_and_another_known_one_is_kept(desk, event):
    assert "Europe/Ljubljana" in dict(zone_choices())
    Event.objects.filter(pk=event.pk).update(time_zone="Etc/GMT-3")
    publish(reread(event))

    assert edit(desk, event, "publish", time_zone="Etc/GMT-3").status_code == 302
