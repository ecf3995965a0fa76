"""The story of an event: in its language, at the event's own address, and only while the event is public."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from events.models import WorkshopIndexPage, WorkshopPage
from events.page_admin import shelf_of
from pages.telling import NotPublishable
from tests.events.factories import EventFactory
from tests.events.workshop_pages import page_of, reading, story, told
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, republish, texts, withdraw
from tests.pages.factories import document, downloads_block, standard_page

pytestmark = pytest.mark.django_db


# What visitors read


def test_the_story_stands_on_the_events_own_page_in_its_language(client, event):
    page_of(event, "en", told("Bring stout shoes."))
    page_of(event, "sl", told("Obujte trdne čevlje."))

    assert "Bring stout shoes." in reading(client, event)
    assert "Obujte trdne čevlje." in reading(client, event, "sl")
    assert "Obujte" not in reading(client, event)
    assert "Bring stout shoes." in reading(client, event, "de")  # whose interface is English


def test_a_draft_is_read_by_nobody(client, event):
    page_of(event, "en", told("Canary."), live=False)
    published = page_of(publish(EventFactory()), "en", told("Public."))
    published.body = WorkshopPage.body.field.to_python(told("Canary."))
    published.save_revision()

    assert "Canary." not in reading(client, event)
    assert "Canary." not in reading(client, published.event)
    assert "Public." in reading(client, published.event)


def test_the_story_goes_and_comes_with_the_event(client, event):
    page_of(event, "en", told("Bring stout shoes."))

    withdraw(event)
    assert client.get(f"/en/events/{event.entry.slug or event.slug}/").status_code == 410
    republish(event)
    assert "Bring stout shoes." in reading(client, event)


def test_a_page_may_wait_for_its_event(client):
    event = EventFactory()
    page = page_of(event, "en", told("Bring stout shoes."))

    assert not page.is_read
    assert "Bring stout shoes." in reading(client, publish(event))


def test_an_older_version_of_the_facts_has_no_story(client, event):
    page_of(event, "en", told("Bring stout shoes."))

    assert "Bring stout shoes." not in client.get(f"/en/events/{event.slug}/v/1/").content.decode()


def test_what_the_event_says_stands_where_the_story_puts_it_and_once(client):
    practice = publish(GoodPracticeFactory())
    event = EventFactory()
    event.practices.add(practice)
    event.save()
    event = publish(event)
    body = story(
        ("text", "<p>First words.</p>"),
        ("practices", {"introduction": "Three yards."}),
        ("text", "<p>Last words.</p>"),
    )
    page_of(event, "en", body)

    page = reading(client, event)

    order = [page.index(words) for words in ("First words.", "Three yards.", "Last words.")]
    assert order == sorted(order)
    assert page.count(f"/en/practices/{practice.slug}/") == 1


def test_the_address_in_the_tree_leads_to_the_events(client, event):
    page = page_of(event, "sl", told("Obujte trdne čevlje."))

    answer = client.get(page.url_path)

    assert (answer.status_code, answer["Location"]) == (301, f"/sl/events/{event.slug}/")
    assert page.url == f"/sl/events/{event.slug}/"


def test_while_the_event_is_not_public_the_address_in_the_tree_is_not_there(client):
    page = page_of(EventFactory(), "en", told("Canary."))

    assert client.get(page.url_path).status_code == 404


def test_after_a_withdrawal_the_address_in_the_tree_leads_to_the_tombstone(client, event):
    page = page_of(event, "en", told("Canary."))
    withdraw(event)

    assert client.get(page.url_path, follow=True).status_code == 410


def test_the_shelf_leads_to_the_list_of_events(client):
    assert client.get(shelf_of("sl").url_path)["Location"] == "/sl/events/"


@pytest.mark.parametrize("blocks", [1, 3])
def test_a_story_costs_no_query_of_its_own(client, event, blocks):
    page_of(event, "en", told("Words.") * blocks)
    client.get("/en/")

    with CaptureQueriesContext(connection) as asked:
        reading(client, event)

    assert len(asked) <= 5


# Which pages there may be


def test_an_event_has_one_page_a_language(event):
    page_of(event)
    second = page_of(event, live=False)

    assert (second.event, second.language) == (None, "en")
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkshopPage.objects.filter(pk=second.pk).update(event=event)


def test_pages_of_one_event_are_translations_of_each_other(event):
    english, slovenian = page_of(event, "en"), page_of(event, "sl")

    assert english.translation_key == slovenian.translation_key
    assert english.get_translation(Locale.objects.get(language_code="sl")).pk == slovenian.pk


def test_what_is_public_is_not_parted_from_its_event(event):
    """Two at once: whoever comes second is refused, be its form as it may."""
    page, _first = page_of(publish(EventFactory()), "en"), page_of(event, "en")
    page.event = event

    with pytest.raises(NotPublishable):
        page.save(clean=False)


def test_its_title_in_the_tree_is_the_events(event):
    assert page_of(event, "sl").title == event.title.data["sl"]


def test_its_title_follows_the_event_without_a_revision(event):
    page, other = page_of(event, "sl"), page_of(event, "en", live=False)

    republish(event, title=texts("Another name", "Drugo ime"))

    for each, title in ((page, "Drugo ime"), (other, "Another name")):
        row = WorkshopPage.objects.get(pk=each.pk)
        assert (row.title, row.draft_title) == (title, title)
        assert row.get_latest_revision_as_object().title == title
        assert row.revisions.count() == 1


def test_what_leads_to_it_follows_the_renamed_event(client, event, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = page_of(event, "en", told("Words."))
        leading = standard_page(("text", f'<p><a linktype="page" id="{page.pk}">the visit</a></p>'))
    client.get(leading.url_path)  # and it is kept

    event = republish(event, title=texts("Another name", "Drugo ime"))

    assert f'<a href="/en/events/{event.slug}/">the visit</a>' in client.get(leading.url_path).content.decode()
    assert "Another name" in reading(client, event) and "Words." in reading(client, event)


def test_its_title_waits_for_the_event_to_be_published(event):
    page = page_of(event, "en")
    title = page.title
    event.title = texts("Another name", "Drugo ime")
    event.save_revision()

    assert WorkshopPage.objects.get(pk=page.pk).title == title


def test_a_page_of_the_newest_title_is_found_in_the_admin(desk, event):
    page = page_of(event, "en")
    republish(event, title=texts("Unheard of", "Neslišano"))

    found = desk.get("/cms/pages/search/?q=unheard").content.decode()

    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in found


def test_a_copy_tells_of_no_event_yet(event):
    page = page_of(event, "en", told("Words."))

    copy = page.copy(update_attrs={"slug": "copy"})

    assert (copy.event, copy.language) == (None, "en")


def test_a_copy_that_is_to_be_published_at_once_is_a_draft_until_it_has_an_event(event):
    page = page_of(event, "en", told("Words."))

    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=True)

    assert not WorkshopPage.objects.get(pk=copy.pk).live
    with pytest.raises(NotPublishable):
        copy.get_latest_revision().publish()


# Whatever leads to it


def test_an_index_holds_nothing_but_these_pages():
    assert WorkshopIndexPage.allowed_subpage_models() == [WorkshopPage]
    assert WorkshopPage.allowed_parent_page_models() == [WorkshopIndexPage]


def test_two_hundred_blocks_are_refused_in_words(event):
    page = page_of(event, "en", live=False)
    page.body = WorkshopPage.body.field.to_python(told("Words.") * 200)

    with pytest.raises(ValidationError):
        WorkshopPage.body.field.stream_block.clean(page.body)


def test_an_organisation_page_names_no_page(event):
    """Pages are no records: nothing of them stands in the catalogue."""
    host = publish(OrganisationFactory())
    page_of(republish(event, host=host), "en", told("Canary."))

    assert "Canary." not in event.entry.document


def test_a_document_is_not_handed_out_before_the_event_is_public(client, django_capture_on_commit_callbacks):
    handout = document()
    event = EventFactory()
    with django_capture_on_commit_callbacks(execute=True):  # then it is noted which page shows what
        page_of(event, "en", story(downloads_block(handout)))

    assert client.get(handout.url).status_code == 404
    publish(event)
    assert client.get(handout.url).getvalue().startswith(b"%PDF")


def test_the_sitemap_names_the_event_and_not_its_page(client, event):
    page = page_of(event, "en", told("Words."))
    found = "".join(client.get(f"/sitemap/{name}.xml").content.decode() for name in ("pages", "records-0"))

    assert (f"/en/events/{event.slug}/" in found, page.url_path in found) == (True, False)


def test_an_alias_stands_beside_its_source_without_the_event(client, event):
    page = page_of(event, "en", told("Words."))
    alias = page.create_alias(update_slug="alias")
    page.body = WorkshopPage.body.field.to_python(told("Other words."))
    page.save_revision().publish()

    assert "Other words." in reading(client, event)
    assert WorkshopPage.objects.get(pk=alias.pk).event is None


def test_links_to_a_story_wait_for_its_event(client, django_capture_on_commit_callbacks):
    event = EventFactory()
    with django_capture_on_commit_callbacks(execute=True):
        page = page_of(event, "en", told("Words."))
        link = f'<p><a linktype="page" id="{page.pk}">the visit</a></p>'
        text_page = standard_page(("text", link))

    assert "<a>the visit</a>" in client.get(text_page.url_path).content.decode()
    event = publish(event)
    assert f'<a href="/en/events/{event.slug}/">the visit</a>' in client.get(text_page.url_path).content.decode()
