"""A page is told once, when it is published; until then, and after it is withdrawn, nobody sees anything of it."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import now
from wagtail.models import Locale, Revision

from operations.scheduled import publish_scheduled
from pages.models import SiteState, StandardPage
from pages.telling import retell
from tests.factories import AdminFactory
from tests.pages.factories import document as a_document
from tests.pages.factories import (
    downloads_block,
    home,
    image,
    image_block,
    queries,
    reread,
    standard_page,
    stored,
    text,
)

pytestmark = pytest.mark.django_db


def version() -> int:
    return SiteState.objects.current().version


def html_of(page) -> str:
    return "".join(segment["html"] for segment in reread(page).segments)


def test_a_published_page_is_read_as_it_was_told(client):
    page = standard_page(text("<h2>Where we come from</h2><p>From many places.</p>"))

    answer = client.get("/en/about-us/")

    assert "<p>From many places.</p>" in answer.content.decode()
    assert [segment["block"] for segment in page.segments] == ["text"]


def test_reading_renders_no_block(client):
    page = standard_page(text())
    StandardPage.objects.filter(pk=page.pk).update(segments=[{"block": "text", "html": "<p>As told.</p>"}])

    answer = client.get("/en/about-us/").content.decode()

    assert "As told." in answer and "Words." not in answer


def test_a_draft_is_nowhere(client):
    page = standard_page(text("<p>canary</p>"), live=False)
    page.save_revision()

    assert reread(page).segments == []
    assert client.get("/en/about-us/").status_code == 404


def test_a_draft_of_a_published_page_changes_nothing_before_it_is_published(client):
    page = standard_page(text("<p>First.</p>"))
    page.body = stored(text("<p>canary</p>"))
    revision = page.save_revision()

    assert "canary" not in client.get("/en/about-us/").content.decode()
    assert "segments" not in revision.content
    revision.publish()
    assert "canary" in client.get("/en/about-us/").content.decode()


def test_what_is_withdrawn_is_not_told_any_more(client):
    page = standard_page(text("<p>canary</p>"))

    page.unpublish()

    assert reread(page).segments == []
    assert client.get("/en/about-us/").status_code == 404


def test_a_page_is_published_on_time(client):
    page = standard_page(live=False)
    page.go_live_at, page.body = now() + timedelta(hours=1), stored(text("<p>canary</p>"))
    page.save_revision().publish()
    assert reread(page).segments == []

    Revision.objects.filter(object_id=str(page.pk)).update(approved_go_live_at=now() - timedelta(minutes=1))
    StandardPage.objects.filter(pk=page.pk).update(go_live_at=now() - timedelta(minutes=1))
    revision = page.revisions.get()
    revision.content = revision.content | {"go_live_at": (now() - timedelta(minutes=1)).isoformat()}
    revision.save(update_fields=["content"])
    publish_scheduled()

    assert "canary" in client.get("/en/about-us/").content.decode()


def test_a_save_of_other_columns_leaves_the_story(client):
    page = standard_page(text("<p>First.</p>"))
    page.body = stored(text("<p>canary</p>"))

    page.save(update_fields=["seo_title"])
    assert "First." in html_of(page)
    page.save(update_fields=["body"])
    assert "canary" in html_of(page)


def test_every_change_that_visitors_see_gives_the_site_a_new_version():
    page, seen = standard_page(text()), [version()]
    draft = standard_page(text(), slug="draft", live=False)
    assert version() == seen[-1]

    for change in (
        page.save,
        lambda: page.save_revision().publish(),
        lambda: page.move(home("sl"), pos="last-child"),
        lambda: reread(page).unpublish(),
        lambda: reread(page).save_revision().publish(),
        lambda: reread(page).delete(),
    ):
        change()
        assert version() > seen[-1]
        seen.append(version())

    draft.save_revision()
    draft.title = "Otherwise"
    draft.save()
    assert version() == seen[-1]


def test_a_page_deleted_with_a_whole_branch_gives_the_site_a_new_version():
    above = standard_page(slug="above", live=False)
    standard_page(below=above, slug="below")
    before = version()

    reread(above).delete()

    assert version() > before


# Images, documents and other pages in it


def test_renditions_are_made_when_a_page_is_published_and_not_by_visitors(client):
    shown = image(width=900, height=600)
    page = standard_page(image_block(shown))
    made = shown.renditions.count()

    answer = client.get("/en/about-us/").content.decode()

    assert (made, shown.renditions.count()) == (2, 2)
    assert 'alt="An empty street"' in answer and 'loading="lazy"' in answer and 'width="800" height="533"' in answer
    for rendition in shown.renditions.all():
        assert f"{rendition.url} {rendition.width}w" in html_of(page)
        assert client.get(rendition.url).getvalue()[:2] == b"\xff\xd8"


def test_pages_that_use_an_image_follow_it(django_capture_on_commit_callbacks):
    shown = image()
    page = standard_page(image_block(shown))
    before = html_of(page)

    with django_capture_on_commit_callbacks(execute=True):
        shown.renditions.all().delete()
        shown.file = image(title="Another", colour="red").file
        shown.save()
    after = html_of(page)
    with django_capture_on_commit_callbacks(execute=True):
        shown.delete()

    assert "<img" in before and "<img" in after and before != after
    assert "<img" not in html_of(page)


def test_pages_that_offer_a_document_follow_it(django_capture_on_commit_callbacks):
    offered = a_document()
    page = standard_page(downloads_block(offered))
    assert "A guide</a> <small>PDF, 8\xa0bytes</small>" in html_of(page)

    with django_capture_on_commit_callbacks(execute=True):
        offered.title = "A better guide"
        offered.save()
    assert "A better guide</a>" in html_of(page)

    with django_capture_on_commit_callbacks(execute=True):
        offered.delete()
    assert "guide" not in html_of(page)


def test_links_follow_the_pages_that_they_lead_to(django_capture_on_commit_callbacks):
    goal = standard_page(slug="goal")
    page = standard_page(text(f'<p><a linktype="page" id="{goal.pk}">there</a></p>'))
    assert '<a href="/en/goal/">there</a>' in html_of(page)

    goal.slug = "moved"
    goal.save()
    assert '<a href="/en/moved/">there</a>' in html_of(page)

    goal.unpublish()
    assert "<a>there</a>" in html_of(page)

    reread(goal).save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        reread(goal).delete()
    assert "href" not in html_of(page)


@pytest.mark.parametrize("is_above_live", [True, False])
def test_links_follow_a_page_above_that_is_renamed(django_capture_on_commit_callbacks, is_above_live):
    with django_capture_on_commit_callbacks(execute=True):
        above = standard_page(slug="above", live=is_above_live)
        goal = standard_page(slug="goal", below=above)
        page = standard_page(text(f'<p><a linktype="page" id="{goal.pk}">there</a></p>'), slug="from")
    assert 'href="/en/above/goal/"' in html_of(page)

    above = reread(above)
    above.slug = "renamed"
    with django_capture_on_commit_callbacks(execute=True):
        if is_above_live:
            above.save_revision().publish()
        else:
            above.save()  # as the form does with a draft

    assert 'href="/en/renamed/goal/"' in html_of(page)


def test_retelling_changes_only_what_comes_out_otherwise():
    page = standard_page(text())
    assert retell() == 0

    StandardPage.objects.filter(pk=page.pk).update(segments=[])
    before = version()

    assert retell() == 1
    assert "Words." in html_of(page)
    assert version() > before


# Languages


def test_a_page_speaks_the_language_of_its_tree_whatever_the_editor_speaks():
    page = standard_page(downloads_block(a_document()), below=home("sl"))

    assert "8\xa0bajtov" in html_of(page)


def test_a_translation_is_a_draft_with_nothing_told(client):
    page = standard_page(text("<p>canary</p>"))

    translation = page.copy_for_translation(Locale.objects.get(language_code="sl"))

    assert (translation.live, translation.segments, translation.get_parent().slug) == (False, [], "sl")
    assert client.get(translation.url_path).status_code == 404
    translation.save_revision().publish()
    assert "canary" in client.get(translation.url_path).content.decode()


def test_editors_translate_a_page_from_its_menu(client):
    client.force_login(AdminFactory())
    page = standard_page(text())
    slovenian = Locale.objects.get(language_code="sl")

    client.post(f"/cms/translation/submit/page/{page.pk}/", {"locales": [slovenian.pk], "include_subtree": False})

    assert page.get_translation(slovenian).live is False


def test_the_links_between_languages_lead_to_the_translation(client, settings):
    settings.PUBLIC_URL = "https://portal.example"
    page = standard_page(text())
    translation = page.copy_for_translation(Locale.objects.get(language_code="sl"))
    translation.slug = "o-nas"
    translation.save()
    translation.save_revision().publish()

    answer = client.get("/en/about-us/").content.decode()

    assert '<link rel="alternate" hreflang="sl" href="https://portal.example/sl/o-nas/">' in answer
    assert '<a href="/sl/o-nas/" lang="sl" hreflang="sl">' in answer
    assert '<a href="/it/about-us/" lang="it" hreflang="it">' in answer


def test_readers_of_a_language_without_pages_have_the_english_ones(client, settings):
    settings.PUBLIC_URL = "https://portal.example"
    standard_page(text())

    answer = client.get("/it/about-us/").content.decode()

    assert "Words." in answer and '<html lang="en">' in answer
    assert 'rel="canonical" href="https://portal.example/en/about-us/"' in answer


# Costs


def test_a_page_asks_the_same_of_one_block_as_of_sixty(client):
    standard_page(text(), slug="one")
    standard_page(*[text()] * 60, slug="sixty", below=standard_page(slug="above"))

    assert len(queries(client, "/en/one/")) == len(queries(client, "/en/above/sixty/")) <= 5


def test_a_page_is_plain_json():
    page = standard_page(text(), image_block(image()))

    assert json.loads(json.dumps(page.segments)) == page.segments


def test_what_is_not_there_below_an_address_without_a_language_is_not_looked_for_among_pages(client):
    """An editor might write a page at any address; `/id/` and `/documents/` answer for themselves all the same."""
    for path in ("/id/00000000-0000-0000-0000-000000000000/", "/nowhere/", "/documents/1/none/", "/api/none/"):
        assert client.get(path).status_code == 404, path
