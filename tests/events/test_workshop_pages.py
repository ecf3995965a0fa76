"""The story of an event: in its language, at the event's own address, and only while the event is public."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from events.models import Event, WorkshopIndexPage, WorkshopPage
from events.page_admin import shelf_of
from pages.telling import NotPublishable
from tests.admin import drawn_fields
from tests.events.factories import EventFactory
from tests.factories import AdminFactory, GoodPracticeFactory, OrganisationFactory, publish, republish, texts, withdraw
from tests.pages.factories import document, downloads_block, standard_page

pytestmark = pytest.mark.django_db


def story(*blocks) -> list:
    return [{"type": name, "value": value} for name, value in blocks]


def told(text: str) -> list:
    return story(("text", f"<p>{text}</p>"))


def page_of(event, language: str = "en", body=(), *, live: bool = True) -> WorkshopPage:
    shelf = shelf_of(language)
    page = WorkshopPage(event=event, locale=shelf.locale, live=False)
    page.body = WorkshopPage.body.field.to_python(list(body))
    shelf.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return WorkshopPage.objects.get(pk=page.pk)


def reading(client, event, language: str = "en") -> str:
    return client.get(f"/{language}/events/{event.slug}/").content.decode()


@pytest.fixture
def event():
    return publish(EventFactory())


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


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


# At the admin


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


def test_links_to_a_story_wait_for_its_event(client, django_capture_on_commit_callbacks):
    event = EventFactory()
    with django_capture_on_commit_callbacks(execute=True):
        page = page_of(event, "en", told("Words."))
        link = f'<p><a linktype="page" id="{page.pk}">the visit</a></p>'
        text_page = standard_page(("text", link))

    assert "<a>the visit</a>" in client.get(text_page.url_path).content.decode()
    event = publish(event)
    assert f'<a href="/en/events/{event.slug}/">the visit</a>' in client.get(text_page.url_path).content.decode()
