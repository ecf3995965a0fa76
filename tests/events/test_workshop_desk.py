"""The story of an event at the editors' desk: beginning it, in which language, and what is told when its event is withdrawn."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from events.models import Event, WorkshopPage
from events.page_admin import shelf_of
from tests.admin import drawn_fields
from tests.events.factories import EventFactory
from tests.events.workshop_pages import page_of, told
from tests.factories import texts, withdraw

pytestmark = pytest.mark.django_db


def begin(desk, shelf, **typed):
    url = reverse("wagtailadmin_pages:add", args=["events", "workshoppage", shelf.pk])
    fields = drawn_fields_of_page(desk.get(url).content.decode())
    return desk.post(url, fields | typed)


def drawn_fields_of_page(html: str) -> dict:
    return drawn_fields(html.replace('id="page-edit-form"', 'id="w-editor-form"')) | {
        "body-count": "0",
    }


def test_the_form_says_that_a_language_is_taken(desk, event):
    page_of(event)

    answer = begin(desk, shelf_of("en"), event=str(event.pk))

    assert answer.context["form"].errors["event"] == [
        f"This event has a page in this language already: “{event.title.data['en']}”. Edit that one."
    ]


def test_the_form_says_that_an_event_is_withdrawn(desk, event):
    withdraw(event)

    answer = begin(desk, shelf_of("en"), event=str(event.pk))

    assert answer.context["form"].errors["event"] == [
        "This event has been withdrawn: nobody would see the page. Choose another, or publish the event again."
    ]


def test_write_its_page_makes_a_draft_with_the_events_places(desk, event):
    url = reverse("event_write_page", args=[event.pk])

    answer = desk.post(url, {"language": "sl", "begin_with": "arranged"})

    page = WorkshopPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.event_id, page.language, page.live) == (event.pk, "sl", False)
    assert [child.block_type for child in page.body] == ["programme", "speakers", "practices", "map"]


def test_a_draft_with_a_title_of_any_length_can_have_its_page_begun(desk):
    """The limit of an event's title is asked when it is published; a page's title holds less."""
    event = EventFactory(title=texts("x" * 420, ""))

    desk.post(reverse("event_write_page", args=[event.pk]), {"language": "en", "begin_with": "arranged"})

    page = WorkshopPage.objects.get()
    assert (page.event_id, len(page.title), page.title[-1]) == (event.pk, 255, "…")


def test_a_page_begins_with_a_copy_of_the_other_language(desk, event):
    page_of(event, "en", told("Bring stout shoes."))

    desk.post(reverse("event_write_page", args=[event.pk]), {"language": "sl", "begin_with": "en"})

    page = WorkshopPage.objects.get(language="sl")
    assert [child.value.source for child in page.body] == ["<p>Bring stout shoes.</p>"]


def test_the_same_language_is_not_offered_twice(desk, event):
    page_of(event, "en")

    answer = desk.post(reverse("event_write_page", args=[event.pk]), {"language": "en", "begin_with": "arranged"})

    assert "language" in answer.context["form"].errors
    assert WorkshopPage.objects.count() == 1


def test_the_event_shows_its_pages(desk, event):
    page = page_of(event, "en", told("Words."))

    html = desk.get(reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk])).content.decode()

    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert reverse("event_write_page", args=[event.pk]) + "?language=sl" in html


def test_a_preview_shows_the_draft_on_the_events_page(desk, event):
    page = page_of(event, "sl", told("Obujte trdne čevlje."), live=False)

    html = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()

    assert "Obujte trdne čevlje." in html
    assert event.title.data["sl"] in html
    assert '<html lang="sl"' in html


def test_an_event_can_be_made_where_it_is_chosen(desk):
    chooser = Event.snippet_viewset.chooser_viewset

    answer = desk.post(
        reverse(chooser.get_url_name("create")),
        {
            "title_0": "A new visit",
            "type": "workshop",
            "starts_on": "2027-05-04",
        },
    )

    event = Event.objects.get()
    assert answer.json()["result"]["id"] == str(event.pk)
    assert (event.live, event.title.data["en"], event.latest_revision is None) == (False, "A new visit", False)


def test_a_comparison_names_the_places_and_leaves_out_those_of_which_nothing_is_said(desk, event):
    ids = {name: str(uuid4()) for name in ("programme", "speakers", "map", "text")}
    body = [
        {"type": name, "value": value, "id": ids[name]}
        for name, value in (
            ("programme", {"introduction": ""}),
            ("speakers", {"introduction": "Who speaks"}),
            ("text", "<p>Words.</p>"),
            ("map", {"introduction": ""}),
        )
    ]
    page = page_of(event, "en", body, live=False)
    body[3]["value"] = {"introduction": "By bus"}
    page.body = WorkshopPage.body.field.to_python([*body, {"type": "practices", "value": {"introduction": ""}}])
    page.save_revision()

    html = desk.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])).content
    shown = re.findall(r'comparison__child-object ?(\w*)"><strong>([^<]*)', html.decode())

    assert shown == [("", "Speakers"), ("", "Text"), ("", "Map and way there"), ("addition", "Practices shown")]


def test_no_page_is_begun_for_a_withdrawn_event(desk, event):
    withdraw(event)

    answer = desk.post(reverse("event_write_page", args=[event.pk]), {"language": "en", "begin_with": "arranged"})

    assert "has been withdrawn" in answer.content.decode()
    assert WorkshopPage.objects.count() == 0


def test_a_page_says_that_its_event_is_withdrawn(desk, event):
    page = page_of(event, "en", told("Words."))
    withdraw(event)

    html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "nobody sees this page, published or not, until the event is published again" in html
