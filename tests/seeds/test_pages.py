"""The pages that a new portal has: made once, and then the editors'."""

import pytest
from django.core.management import call_command

from pages.models import FooterLink, Menu, NewsPage, StandardPage
from seeds.contents import uid_of
from seeds.pages import load_pages
from seeds.stories import load_stories
from tests.events.factories import EventFactory
from tests.factories import publish
from tests.pages.factories import home

pytestmark = pytest.mark.django_db

ADDRESSES = (
    *(
        "/en/about/",
        "/en/terms-of-use/",
        "/en/privacy/",
        "/en/accessibility/",
        "/en/news/",
        "/en/news/a-walk-through-the-zone/",
    ),
    *(
        "/sl/o-portalu/",
        "/sl/pogoji-uporabe/",
        "/sl/zasebnost/",
        "/sl/dostopnost/",
        "/sl/novice/",
        "/sl/novice/sprehod-po-coni/",
    ),
)


def test_they_are_there_in_both_languages_as_translations_of_each_other(client):
    assert load_pages() == len(ADDRESSES)

    for address in ADDRESSES:
        assert client.get(address).status_code == 200, address
    for page in [*StandardPage.objects.all(), *NewsPage.objects.all()]:
        assert page.get_translations().live().count() == 1, page


def test_the_footer_leads_to_them(client):
    load_pages()

    for address in ("/en/privacy/", "/en/accessibility/", "/en/about/", "/en/network/dumps/"):
        assert f'<a href="{address}">' in client.get("/en/").content.decode()
    assert '<a href="/sl/zasebnost/">Izjava o zasebnosti</a>' in client.get("/sl/").content.decode()


def test_an_invented_article_says_so(client):
    load_pages()

    assert '<span class="ex">example</span>' in client.get("/en/news/").content.decode()


def test_statements_say_what_the_operator_has_to_fill_in():
    load_pages()

    for page in StandardPage.objects.filter(slug__in=["privacy", "accessibility", "about", "terms-of-use"]):
        assert "to be filled in by the operator" in str(page.segments).lower()


def test_a_second_time_nothing_is_made():
    load_pages()

    assert load_pages() == 0


def test_what_editors_did_stays():
    load_pages()
    about = StandardPage.objects.get(slug="about")
    about.title, about.slug = "Who we are", "who-we-are"
    about.save()
    StandardPage.objects.get(slug="privacy").delete()
    FooterLink.objects.all().delete()
    Menu.objects.get(locale=home("sl").locale).delete()

    assert load_pages() == 0
    assert StandardPage.objects.get(pk=about.pk).title == "Who we are"
    assert not StandardPage.objects.filter(slug="privacy").exists()
    assert Menu.objects.count() == 1 and not FooterLink.objects.exists()


def test_the_rebuild_tells_pages_anew(capsys):
    load_pages()
    StandardPage.objects.filter(slug="about").update(segments=[])

    call_command("catalogue", "rebuild")

    assert "1 pages told anew" in capsys.readouterr().out
    assert StandardPage.objects.get(slug="about").segments


def test_an_example_event_has_its_story_in_both_languages_and_once(client):
    event = publish(EventFactory(uid=uid_of("events", "two-days-in-the-zone")))

    assert (load_stories(), load_stories()) == (2, 0)
    assert "ends with a page" in client.get(f"/en/events/{event.slug}/").content.decode()
    assert "konča s stranjo" in client.get(f"/sl/events/{event.slug}/").content.decode()
