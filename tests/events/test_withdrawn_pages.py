"""Where the pages of a withdrawn event are written, it is said so; and so it is where a page would have no place."""

import pytest
from django.urls import reverse

from events.models import Event, WorkshopPage
from events.page_admin import shelf_of
from tests.events.factories import EventFactory
from tests.events.workshop_pages import page_of
from tests.factories import AdminFactory, publish, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


def its_pages(desk, event) -> str:
    url = reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk])
    return " ".join(desk.get(url).content.decode().split())


def write_page(event) -> str:
    return reverse("event_write_page", args=[event.pk])


def test_its_pages_say_that_nobody_sees_them_and_offer_no_other(desk):
    event = publish(EventFactory())
    page_of(event, "en")
    assert write_page(event) in its_pages(desk, event)

    html = its_pages(desk, withdraw(event))

    assert "The event has been withdrawn: nobody sees its pages" in html
    assert "published; nobody sees it, for the event is withdrawn" in html
    assert write_page(event) not in html


def test_a_draft_of_a_page_is_called_so_and_that_its_event_is_withdrawn(desk):
    event = publish(EventFactory())
    page_of(event, "sl", live=False)

    assert "draft; nobody sees it, for the event is withdrawn" in its_pages(desk, withdraw(event))


@pytest.mark.parametrize("written", [[], ["en"], ["en", "sl"]])
def test_writing_one_begins_with_the_word_that_it_is_withdrawn(desk, written):
    event = publish(EventFactory())
    for language in written:
        page_of(event, language)
    withdraw(event)

    html = desk.get(write_page(event), {"language": "sl"}).content.decode()

    assert "has been withdrawn: no page is begun" in html
    assert 'name="language"' not in html.partition("own-page")[2]


def test_a_draft_that_was_never_public_is_not_called_withdrawn(desk):
    event = EventFactory()
    event.save_revision()

    assert "withdrawn" not in its_pages(desk, event).partition("Its pages")[2].partition("<table")[0]
    assert "own-page" in (html := desk.get(write_page(event)).content.decode())
    assert "has been withdrawn" not in html


def test_where_a_language_has_no_shelf_it_is_said(desk):
    event = publish(EventFactory())
    shelf_of("sl").delete()

    answer = desk.post(write_page(event), {"language": "sl", "begin_with": "arranged"})

    assert answer.status_code == 200
    assert "stands no shelf of workshop pages" in answer.content.decode()
    assert WorkshopPage.objects.count() == 0
