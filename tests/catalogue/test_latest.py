"""Lists and forms of the admin call a record as its newest draft does, in the language of whoever reads them."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from catalogue.latest import latest_title
from events.models import Event
from tests.events.factories import EventFactory
from tests.every_kind import EVERY_FACTORY, name_of
from tests.factories import UserFactory, publish, texts

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]


def draft_after(event: Event) -> Event:
    """An editor who reads English saved a newer title."""
    event.title = texts("A keyboard visit", "Obisk s tipkovnico")
    with override("en"):
        event.save_revision()
    return Event.objects.get(pk=event.pk)


@pytest.mark.parametrize(("language", "title"), [("en", "A keyboard visit"), ("sl", "Obisk s tipkovnico")])
def test_an_event_is_called_in_the_editors_language(client, language, title):
    event = draft_after(publish(EventFactory(title=texts("Old", "Staro"))))
    client.force_login(UserFactory(role=User.Role.EDITOR, language=language))

    listed = client.get(reverse(Event.snippet_viewset.get_url_name("list"))).content
    form = client.get(reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk])).content

    cell = BeautifulSoup(listed, "html.parser").select_one("td.title")
    header = BeautifulSoup(form, "html.parser").select_one("header")
    assert title in cell.get_text()
    assert title in header.get_text()


@pytest.mark.parametrize("factory", EVERY_FACTORY, ids=name_of)
def test_every_kind_can_be_called_by_its_newest_draft(factory):
    record = factory()
    assert latest_title(record) == str(record)

    record.save_revision()
    record.refresh_from_db()

    assert latest_title(record) == str(record)
