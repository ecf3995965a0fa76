"""Where the parts of an event's page stand, on a wide sheet and on a narrow one."""

import pytest

from tests.events.factories import AgendaItemFactory, EventFactory
from tests.factories import publish, texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server):
    event = EventFactory(audience=texts("For officers.", "Za uslužbence."))
    AgendaItemFactory(event=event)
    return f"/en/events/{publish(event).slug}/"


def box(page, selector: str) -> dict:
    return page.locator(selector).bounding_box()


def test_on_a_narrow_sheet_the_ticket_comes_before_the_story_and_the_rest_after_it(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)

    assert page.locator(".ticket").count() == 1
    assert box(page, "h1")["y"] < box(page, ".ticket")["y"] < box(page, ".prose")["y"] < box(page, ".side")["y"]


def test_on_a_wide_sheet_the_ticket_stands_beside_the_story_and_the_rest_below_it(page, address):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    story, ticket, rest = (box(page, selector) for selector in (".prose", ".ticket", ".side"))

    assert story["x"] + story["width"] < ticket["x"] == rest["x"]
    assert story["y"] == ticket["y"] < ticket["y"] + ticket["height"] < rest["y"] < story["y"] + story["height"]
