"""The lists of the editors' menu and the pages where something is begun: for eyes and screen readers, wide and narrow."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import User
from events.models import Event
from events.page_admin import shelf_of
from tests.events.factories import EventFactory
from tests.factories import UserFactory, publish
from tests.pages.factories import article, news_index, standard_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FIRST_WORDS = "document.querySelector('.own-page').firstElementChild.getBoundingClientRect().top"
HEADER = "document.querySelector('.w-slim-header').getBoundingClientRect().bottom"


@pytest.fixture
def event(transactional_db) -> Event:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    event = publish(EventFactory())
    article(news_index())
    standard_page()
    news_index("sl")
    shelf = shelf_of("en")
    shelf.add_child(instance=event.pages.model(event=event, locale=shelf.locale))
    return event


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_nobody_is_shut_out(people, event, width, scheme):
    page = people(UserFactory(role=User.Role.EDITOR), viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.set_default_timeout(20_000)
    begun = [f"/cms/events/{event.pk}/write-page/", "/cms/event-pages/choose_parent/"]
    lists = ["/cms/event-pages/", "/cms/news/", "/cms/standard-pages/", "/cms/menus/"]
    for path in (*lists, *begun, "/cms/news/choose_parent/", "/cms/nowhere/"):
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == [], path
        assert page.evaluate(SIDEWAYS) == 0, path
        if path in begun:
            assert page.evaluate(FIRST_WORDS) - page.evaluate(HEADER) >= 16, path
