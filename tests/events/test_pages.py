"""The page of an event: what it says, what it rather leaves out, and how long that is true."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import override

from catalogue.publication import render_draft
from catalogue.reading import page_context
from events.cards import days_in_words, event_kicker, times_in_words, where_in_words, zone_in_words
from events.models import WorkshopPage
from events.page_admin import shelf_of
from partners.models import IndustrialArea
from tests.events.factories import AgendaItemFactory, EventFactory, SpeakerFactory
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    publish,
    republish,
    texts,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """`at(2027, 4, 15, 12)`: it is then, in UTC."""

    def set_clock(*parts):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*parts, tzinfo=UTC))

    set_clock(2027, 1, 1)
    return set_clock


def page(client, event, language="en") -> str:
    answer = client.get(f"/{language}/events/{event.slug}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def headings(html: str) -> list[str]:
    return [" ".join(text.split()) for text in re.findall(r"<h2[^>]*>([^<]*)", html)]


def full_event():
    practice, host = publish(GoodPracticeFactory()), publish(OrganisationFactory(name_english="Bistra"))
    area = publish(IndustrialArea.objects.create(name=texts("Old Sawmill Zone", "Cona pri stari žagi")))
    event = EventFactory(
        host=host,
        project=publish(ProjectFactory(acronym="MER")),
        practices=[practice],
        lat=46.42,
        lng=15.87,
        audience=texts("For officers.", "Za uslužbence."),
        access_notes=texts("Step-free.", "Brez stopnic."),
        how_to_take_part=texts("Write to the host.", "Pišite gostitelju."),
        registration_url="https://example.org/register",
    )
    event.areas.add(area)
    event.save()
    AgendaItemFactory(event=event, practices=[practice])
    AgendaItemFactory(event=event, day=date(2027, 4, 16), start=None, end=None, title=texts("Farewell", "Slovo"))
    SpeakerFactory(event=event, organisation=host)
    return publish(event)


def test_the_whole_page(client, at):
    html = page(client, full_event())

    assert headings(html)[:7] == [
        "When and where",
        "For whom",
        "Programme",
        "Speakers",
        "Practices shown",
        "How to get there",
        "At a glance",
    ]
    assert "Thursday 15 April 2027" in html
    assert '<time datetime="2027-04-15T07:00:00Z">09:00</time>' in html
    assert "begins at 09:00, ends at 16:30" in html
    assert "Time in Ljubljana (UTC+2)" in html
    assert html.count('href="https://example.org/register"') == 2
    for words in (
        "Maja Novak",
        "Step-free.",
        "Write to the host.",
        "Old Sawmill Zone",
        "English, Slovenian",
        "Bistra",
        "MER",
    ):
        assert words in html


def test_nothing_stands_under_a_heading_without_content(client, at):
    bare = publish(EventFactory(country="", town="", venue_name="", street="", postal_code="", languages=[], topics=[]))

    assert headings(page(client, bare))[:2] == ["When and where", "About this record"]


def test_beside_the_ticket_nothing_stands_without_content(client, at):
    bare = publish(EventFactory(mode="online", country="", town="", venue_name="", languages=[], topics=[]))

    assert "<aside" not in page(client, bare)


@pytest.mark.parametrize(("shows", "told"), [([], False), ([True], False), ([False], False), ([True, False], True)])
def test_the_marks_of_the_programme_are_explained_where_both_occur(client, at, shows, told):
    event, practice = EventFactory(), publish(GoodPracticeFactory())
    for number, shows_one in enumerate(shows):
        AgendaItemFactory(event=event, sort_order=number, practices=[practice] if shows_one else [])

    html = page(client, publish(event))

    assert ("a practice is shown" in html, "everything else" in html) == (told, told)


def test_the_sentence_of_a_story_stands_below_the_heading_of_its_part(client, at):
    event = full_event()
    parts = {
        "programme": "Programme",
        "speakers": "Speakers",
        "practices": "Practices shown",
        "map": "How to get there",
    }
    body = [{"type": name, "value": {"introduction": f"Before {name}."}} for name in parts]
    shelf_of("en").add_child(instance=(story := WorkshopPage(event=event, locale=shelf_of("en").locale, live=False)))
    story.body = WorkshopPage.body.field.to_python(body)
    story.save_revision().publish()

    html = page(client, event)

    for name, heading in parts.items():
        assert f'{heading}</h2> <p class="text introduction">Before {name}.</p>' in html


def test_a_part_of_which_the_event_says_nothing_leaves_no_sentence_behind(client, at):
    event = publish(EventFactory(lat=None, lng=None))
    parts = ["programme", "speakers", "practices", "map"]
    body = [{"type": name, "value": {"introduction": f"Before {name}."}} for name in parts]
    shelf_of("en").add_child(instance=(story := WorkshopPage(event=event, locale=shelf_of("en").locale, live=False)))
    story.body = WorkshopPage.body.field.to_python(body)
    story.save_revision().publish()

    assert "Before " not in page(client, event)


def test_without_coordinates_the_way_there_is_told_in_words(client, at):
    told = page(client, publish(EventFactory(access_notes=texts("By bus.", "Z avtobusom."))))
    untold = page(client, publish(EventFactory(nuts="SI032")))
    way = told.partition("How to get there</h2>")[2].partition("</section>")[0]

    assert "<p>Grad, Na gradu 1, 2250 Ptuj, Slovenia</p>" in way
    assert "By bus." in way
    assert "<svg" not in way
    assert "Counted with" not in told + untold
    assert "How to get there" not in untold


def test_a_preview_has_no_days_of_publication_and_no_addresses(client, at):
    draft, published = EventFactory(), publish(EventFactory())
    labels = [fact["label"] for fact in page_context(render_draft(draft))["colophon_facts"]]

    assert labels == ["Licence", "Original language"]
    assert labels == [fact["label"] for fact in page_context(render_draft(published))["colophon_facts"]]
    assert "Published" in page(client, published)


def test_a_draft_practice_does_not_show_through(client, at):
    event = EventFactory()
    AgendaItemFactory(event=event, practices=[GoodPracticeFactory(title=texts("Secret", "Skrivnost"))])

    assert "Secret" not in page(client, publish(event))


def test_the_page_speaks_slovenian(client, at):
    html = page(client, full_event(), "sl")

    assert "četrtek, 15. aprila 2027" in html
    assert "Pisarna, ki se prva oglasi" in html
    assert ' lang="en"' not in html.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize(
    ("moment", "said", "fresh_until"),
    [
        ((2027, 4, 15, 6, 59), "", datetime(2027, 4, 15, 7, tzinfo=UTC)),
        ((2027, 4, 15, 7), "Under way", datetime(2027, 4, 16, 14, 30, tzinfo=UTC)),
        ((2027, 4, 16, 14, 30), "Over", None),
    ],
)
def test_it_says_how_it_stands_to_now_and_how_long_that_is_true(client, at, moment, said, fresh_until):
    event = publish(EventFactory(registration_url="https://example.org/register"))
    at(*moment)

    answer = client.get(f"/en/events/{event.slug}/")
    html = " ".join(answer.content.decode().split())

    folio = re.search(r"</nav> (?:<span>([^<]*)</span>)?", html.split('class="wrap folio"')[1])[1] or ""
    assert folio == said
    assert ("This event is over." in html) == (said == "Over")
    assert ("https://example.org/register" in html) == (said != "Over")
    assert getattr(answer.wsgi_request, "fresh_until", None) == fresh_until


def test_a_cancelled_event_says_so_first(client, at):
    event = publish(EventFactory(status="cancelled", registration_url="https://example.org/register"))
    html = page(client, event)

    assert html.index("This event has been cancelled.") < html.index("When and where")
    assert "Study visit, cancelled" in html
    assert "https://example.org/register" not in html


def test_an_earlier_version_and_a_withdrawn_event(client, at):
    event = republish(publish(EventFactory()), title=texts("Another title", "Drug naslov"))

    assert client.get(f"/en/events/{event.slug}/v/1/").status_code == 200
    withdraw(event)
    assert client.get(f"/en/events/{event.slug}/").status_code == 410
    assert client.get(f"/en/events/{event.slug}/v/1/").status_code == 410


def test_as_many_queries_for_three_of_everything_as_for_one(client, at, django_assert_max_num_queries):
    def grown(number: int):
        event = EventFactory(host=publish(OrganisationFactory()), project=publish(ProjectFactory()))
        for _number in range(number):
            practice = publish(GoodPracticeFactory(projects=[publish(ProjectFactory())]))
            AgendaItemFactory(event=event, practices=[practice])
            SpeakerFactory(event=event, organisation=publish(OrganisationFactory()))
        return publish(event)

    for event in (grown(1), grown(3)):
        caches["pages"].clear()
        with django_assert_max_num_queries(5):
            page(client, event)


def test_a_practice_says_where_it_is_shown(client, at):
    practice = publish(GoodPracticeFactory())
    publish(EventFactory(title=texts("The visit", "Obisk"), practices=[practice]))

    html = client.get(f"/en/practices/{practice.slug}/").content.decode()

    assert "Shown at" in html
    assert "The visit" in html


# Days and times in words


def card(first: str, last: str, zone="Europe/Ljubljana", **more) -> dict:
    told = {
        "start": first,
        "end": last,
        "all_day": "T" not in first,
        "time_zone": zone,
        "mode": "on_site",
        "places": [],
    }
    return told | {"type": "webinar", "status": "scheduled"} | more


@pytest.mark.parametrize(
    ("first", "last", "english", "slovenian"),
    [
        ("2027-04-15", "2027-04-15", "15 April 2027", "15. aprila 2027"),
        ("2027-04-15", "2027-04-16", "15–16 April 2027", "15.–16. aprila 2027"),
        ("2027-04-30", "2027-05-02", "30 April – 2 May 2027", "30. aprila – 2. maja 2027"),
        ("2027-12-30", "2028-01-02", "30 December 2027 – 2 January 2028", "30. decembra 2027 – 2. januarja 2028"),
        ("2027-04-15T21:30:00Z", "2027-04-15T22:30:00Z", "15–16 April 2027", "15.–16. aprila 2027"),
    ],
)
def test_days_are_told_as_people_write_them(first, last, english, slovenian):
    assert days_in_words(card(first, last)) == english
    with override("sl"):
        assert days_in_words(card(first, last)) == slovenian
    with override("it"):
        assert days_in_words(card(first, last)) == english


@pytest.mark.parametrize(
    ("start", "zone", "told"),
    [
        ("2027-04-15T07:00:00Z", "Europe/Ljubljana", "Time in Ljubljana (UTC+2)"),
        ("2027-01-15T07:00:00Z", "Atlantic/Azores", "Time in Azores (UTC−1)"),
        ("2027-01-15T07:00:00Z", "Asia/Kathmandu", "Time in Kathmandu (UTC+5:45)"),
        ("2027-01-15T07:00:00Z", "America/St_Johns", "Time in St John’s (UTC−3:30)"),
        ("2027-01-15", "Europe/Lisbon", "Time in Lisbon (UTC)"),
        ("2027-01-15T07:00:00Z", "UTC", "UTC"),
    ],
)
def test_a_zone_is_told_by_its_place(start, zone, told):
    assert zone_in_words(card(start, start, zone)) == told


def test_a_zone_is_told_with_both_offsets_where_clocks_change_meanwhile():
    told = zone_in_words(card("2027-03-27T08:00:00Z", "2027-03-28T10:00:00Z", "Europe/Ljubljana"))

    assert told == "Time in Ljubljana (UTC+1, later UTC+2)"


def test_times_are_told_with_their_days_where_there_are_several():
    assert times_in_words(card("2027-04-15T07:00:00Z", "2027-04-15T09:00:00Z")) == "09:00 to 11:00"
    assert times_in_words(card("2027-04-15T07:00:00Z", "2027-04-16T09:00:00Z")) == "begins at 09:00, ends at 11:00"
    assert times_in_words(card("2027-04-15", "2027-04-15")) == ""


def test_where_it_is():
    places = [{"country": "SI", "town": "Ptuj"}]
    day = ("2027-04-15", "2027-04-15")

    assert where_in_words(card(*day, places=places)) == "Ptuj, Slovenia"
    assert where_in_words(card(*day, places=places, mode="hybrid")) == "Ptuj, Slovenia and online"
    assert where_in_words(card(*day, places=places, mode="online")) == "Online"
    assert where_in_words(card(*day)) == ""
    assert event_kicker(card(*day, status="cancelled")) == "Webinar, cancelled"


def test_a_night_is_no_whole_day(client, at):
    event = publish(EventFactory(starts_at=time(22), ends_on=date(2027, 4, 16), ends_at=time(2)))

    assert "15–16 April 2027" in page(client, event)
