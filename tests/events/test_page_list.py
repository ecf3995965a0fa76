"""The pages of events in one list of the admin, and how one is begun from there."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from accounts.models import User
from events.models import Event, WorkshopIndexPage, WorkshopPage
from tests.admin import address, with_query
from tests.events.factories import EventFactory
from tests.factories import MembershipFactory, UserFactory, publish, reread, texts, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


def story(event: Event, language: str = "en", live: bool = True) -> WorkshopPage:
    shelf = WorkshopIndexPage.objects.get(locale=Locale.objects.get(language_code=language))
    return shelf.add_child(instance=WorkshopPage(event=event, locale=shelf.locale, live=live))


def rows(client, **query) -> list[list[str]]:
    """What the list says: title, language, event, first day, state."""
    page = BeautifulSoup(client.get(with_query("/cms/event-pages/", **query)).content, "html.parser")
    told = []
    for row in page.select("#listing-results tbody tr"):
        _tick, title, language, event, day, _updated, state = row.find_all("td", recursive=False)
        told.append(
            [title.a.get_text(strip=True), *(cell.get_text(" ", strip=True) for cell in (language, event, day, state))]
        )
    return told


def test_each_page_stands_with_its_event_language_day_and_state(desk):
    event = publish(EventFactory(title=texts("A visit", "Obisk")))
    draft = EventFactory(title=texts("A workshop", "Delavnica"))
    story(event)
    story(event, "sl", live=False)
    story(draft)

    assert sorted(rows(desk)) == [
        ["A visit", "English", "A visit", "15 April 2027", "visible"],
        ["A workshop", "English", "A workshop", "15 April 2027", "published; seen as soon as the event is"],
        ["Obisk", "Slovenian", "A visit", "15 April 2027", "draft"],
    ]


def test_a_page_without_its_event_stands_there_too(desk):
    story(None)

    assert rows(desk) == [
        ["A page without its event", "English", "—", "", "published; without an event nobody sees it"]
    ]


def test_the_list_is_sorted_and_searched_by_the_event(desk):
    for title, day in (("Late", "2027-05-01"), ("Early", "2027-03-01")):
        story(EventFactory(title=texts(title, title), starts_on=day, ends_on=day))

    assert [row[0] for row in rows(desk, ordering="event__starts_on")] == ["Early", "Late"]
    assert [row[0] for row in rows(desk, ordering="-event__starts_on", q="late")] == ["Late"]


def test_the_list_costs_the_same_for_one_and_for_three(desk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/cms/event-pages/").status_code == 200
        return len(queries)

    story(publish(EventFactory()))
    queries()
    one = queries()
    story(publish(EventFactory()))
    story(EventFactory())

    assert queries() == one


def test_others_do_not_see_the_list(client):
    for person in (None, UserFactory(role=User.Role.REVIEWER), MembershipFactory(role="coordinator").user):
        if person:
            client.force_login(person)
        for url in ("/cms/event-pages/", "/cms/event-pages/results/", "/cms/event-pages/choose_parent/"):
            assert client.get(url)["Location"].startswith("/cms/login/")


# Beginning a page


def test_a_page_is_begun_by_choosing_its_event(desk):
    event = EventFactory()
    drawn = desk.get("/cms/event-pages/choose_parent/").content.decode()

    answer = desk.post("/cms/event-pages/choose_parent/", {"event": event.pk})
    begun = desk.post(answer["Location"], {"language": "sl", "begin_with": "arranged"})

    assert "Choose event" in drawn
    assert answer["Location"] == f"/cms/events/{event.pk}/write-page/"
    assert begun["Location"] == f"/cms/pages/{event.pages.get(language='sl').pk}/edit/"


@pytest.mark.parametrize("typed", ["", "0", "x"])
def test_without_an_event_no_page_is_begun(desk, typed):
    answer = desk.post("/cms/event-pages/choose_parent/", {"event": typed})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["event"]


def test_a_page_of_a_withdrawn_event_is_not_begun(desk):
    event = publish(EventFactory())
    withdraw(event)

    answer = desk.post("/cms/event-pages/choose_parent/", {"event": reread(event).pk})

    assert answer.status_code == 200
    assert "withdrawn" in str(answer.context["form"].errors["event"])


# Withdrawing


def test_an_event_is_withdrawn_and_everything_calls_it_so(desk):
    event = publish(EventFactory(title=texts("A visit", "Obisk")))

    form = desk.get(address(event, "edit")).content.decode()
    done = desk.post(address(event, "unpublish"), {"reason": "withdrawn"}, follow=True).content.decode()
    history = desk.get(address(event, "history")).content.decode()

    assert "Withdraw" in form and "Unpublish" not in form
    assert "“A visit” has been withdrawn." in done
    assert "Withdrawn" in history and "Unpublish" not in history
