"""Calendar files where calendars fetch them: one event's, and the feed."""

from datetime import UTC, datetime

import icalendar
import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from catalogue.models import Entry
from tests.events.factories import EventFactory
from tests.factories import NetworkFactory, publish, republish, texts, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]

FEED = "/feeds/events.ics"
CANARY = "nezamenljivobesedilo"


def entries(answer) -> list[icalendar.Event]:
    assert answer.status_code in (200, 410)
    assert answer["Content-Type"].startswith("text/calendar; charset=utf-8")
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def told(answer) -> dict[str, int]:
    """Title → sequence."""
    return {str(entry["SUMMARY"]): int(entry["SEQUENCE"]) for entry in entries(answer)}


# One event


def test_an_events_file_leads_back_to_its_page(client, settings):
    settings.PUBLIC_URL = "https://portal.example"
    event = publish(EventFactory(slug="visit"))

    answer = client.get("/sl/events/visit.ics")

    [entry] = entries(answer)
    assert str(entry["UID"]) == str(event.uid)
    assert str(entry["URL"]) == "https://portal.example/sl/events/visit/"
    assert answer["Content-Disposition"] == 'attachment; filename="visit.ics"'
    assert client.get(f"/sl/events/{event.slug}/").status_code == 200


def test_the_sequence_only_grows(client):
    event = publish(EventFactory(slug="visit"))
    seen = [entries(client.get("/en/events/visit.ics"))[0]["SEQUENCE"]]
    for step in (
        lambda: republish(event, town="Celje"),
        lambda: withdraw(event),
        lambda: publish(event),
        lambda: republish(event, status="cancelled"),
        lambda: withdraw(event),
    ):
        step()
        [entry] = entries(client.get("/en/events/visit.ics"))
        seen.append(entry["SEQUENCE"])
        assert str(entry["UID"]) == str(event.uid)

    assert seen == [2, 4, 5, 6, 8, 9]


def test_a_withdrawn_events_file_takes_it_out_of_calendars(client):
    event = publish(EventFactory(title=texts(CANARY, CANARY), venue_name=CANARY))
    address = f"/en/events/{event.slug}.ics"
    withdraw(event)

    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (410, "text/calendar; charset=utf-8; method=CANCEL")
    assert b"METHOD:CANCEL\r\n" in answer.content
    assert CANARY.encode() not in answer.content
    assert entries(client.get(FEED)) == []


def test_a_draft_has_no_file_and_leaks_nowhere(client):
    event = publish(EventFactory(slug="visit"))
    event.title = texts(CANARY, CANARY)
    event.save_revision()
    EventFactory(slug="draft", title=texts(CANARY, CANARY))

    assert client.get("/en/events/draft.ics").status_code == 404
    assert client.get("/en/events/none-such.ics").status_code == 404
    for path in ("/en/events/visit.ics", FEED, "/en/events/", "/en/events/calendar/?month=2027-04"):
        assert CANARY not in client.get(path).content.decode()


def test_a_former_address_leads_to_the_present_one(client):
    event = publish(EventFactory(slug="before"))
    type(event).objects.filter(pk=event.pk).update_ledger(slug="after")
    republish(event, town="Celje")

    answer = client.get("/en/events/before.ics")
    assert (answer.status_code, answer["Location"]) == (301, "/en/events/after.ics")

    withdraw(event)
    assert client.get("/en/events/before.ics").status_code == 410


def test_who_has_the_file_is_not_sent_it_again(client, django_assert_num_queries):
    event = publish(EventFactory(slug="visit"))
    first = client.get("/en/events/visit.ics")
    known = {"If-None-Match": first["ETag"]}

    with django_assert_num_queries(2):  # how far the site is, and the entry
        assert client.get("/en/events/visit.ics", headers=known).status_code == 304
    assert client.get("/sl/events/visit.ics", headers=known).status_code == 200
    republish(event, town="Celje")
    assert client.get("/en/events/visit.ics", headers=known).status_code == 200


@pytest.mark.parametrize("path", ["/en/events/visit.ics", FEED])
def test_files_are_only_read(client, path):
    publish(EventFactory(slug="visit"))

    answer = client.get(path)
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


# The feed


def test_the_feed_has_our_visible_events(client):
    publish(EventFactory(title=texts("First", "Prvi")))
    withdraw(publish(EventFactory(title=texts("Withdrawn", "Umaknjeni"))))
    EventFactory(title=texts("Draft", "Osnutek"))
    publish(EventFactory(title=texts("Off", "Odpade"), status="cancelled"))

    assert told(client.get(FEED)) == {"First": 2, "Cancelled: Off": 2}
    with override("sl"):  # as long as it is translated
        off = gettext("Cancelled: %(title)s") % {"title": "Odpade"}
    assert told(client.get(f"{FEED}?lang=sl")).keys() == {"Prvi", off}


def test_harvested_events_are_not_sent_on(client):
    publish(EventFactory(title=texts("Theirs", "Njihov")))
    Entry.objects.update(network=NetworkFactory())

    assert told(client.get(FEED)) == {}
    assert client.get(f"{FEED}?network=all").status_code == 400


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("type=workshop", {"Workshop"}),
        ("country=IT", {"Workshop"}),
        ("when=past", {"Past"}),
        ("when=coming", {"Visit", "Workshop"}),
        ("month=2027-04", {"Visit", "Workshop"}),
        ("language=en&country=SI", {"Visit", "Past"}),
        ("q=workshop", {"Workshop"}),
    ],
)
def test_it_takes_the_filters_of_the_list(client, query, titles, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 1, 1, tzinfo=UTC))
    publish(EventFactory(title=texts("Visit", "Obisk")))
    publish(EventFactory(title=texts("Workshop", "Delavnica"), type="workshop", country="IT"))
    publish(EventFactory(title=texts("Past", "Pretekli"), starts_on="2025-05-01", ends_on=None))

    assert told(client.get(f"{FEED}?{query}")).keys() == titles


@pytest.mark.parametrize(
    "query", ["lang=xx", "lang=", "when=now", "foo=1", "country=XX1", "month=2027-13", "lang=en&lang=sl"]
)
def test_what_it_does_not_understand_it_tells_as_a_problem(client, query):
    answer = client.get(f"{FEED}?{query}")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert [error["parameter"] for error in answer.json()["errors"]] == [query.split("=")[0]]


def test_a_person_whose_browser_asks_wrongly_reads_a_page(client):
    answer = client.get(f"{FEED}?country=XX1", headers={"Sec-Fetch-Mode": "navigate", "Accept-Language": "sl"})

    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "XX1" in answer.content.decode()


def test_the_feed_costs_two_queries_whatever_its_size(client, django_assert_num_queries):
    for _size in (1, 3):
        publish(EventFactory())
        publish(EventFactory(time_zone="Europe/Athens"))
        with django_assert_num_queries(2):
            client.get(FEED)


def test_who_has_the_feed_is_not_sent_it_again(client, django_assert_num_queries):
    event = publish(EventFactory())
    known = {"If-None-Match": client.get(FEED)["ETag"]}

    with django_assert_num_queries(1):
        assert client.get(FEED, headers=known).status_code == 304
    assert client.get(f"{FEED}?lang=sl", headers=known).status_code == 200
    withdraw(event)
    assert client.get(FEED, headers=known).status_code == 200


def test_a_feed_of_what_is_to_come_changes_with_the_clock(client, monkeypatch):
    publish(EventFactory())
    before = client.get(f"{FEED}?when=coming")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2030, 1, 1, tzinfo=UTC))

    after = client.get(f"{FEED}?when=coming", headers={"If-None-Match": before["ETag"]})

    assert (len(entries(before)), len(entries(after))) == (1, 0)


def test_pages_of_other_sites_may_read_it(client):
    assert client.get(FEED)["Access-Control-Allow-Origin"] == "*"


def test_nothing_else_is_behind_that_door(client):
    assert client.get("/feeds/").status_code == 404
    assert client.get("/feeds/practices.ics").status_code == 404
