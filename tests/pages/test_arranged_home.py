"""The home page as an editor arranges it: whatever stands on it, it costs a handful of queries and shows what is published."""

import pytest
from wagtail.models import Page, Site

from catalogue.trails import trail
from pages.models import HomePage
from tests.factories import GoodPracticeFactory, OrganisationFactory, ProjectFactory, publish, withdraw
from tests.pages.factories import home, queries, stored

pytestmark = pytest.mark.django_db

LATEST = {"heading": "Latest", "kind": "practices", "count": 3, "layout": "three", "onward": ""}


def arrange(*blocks) -> HomePage:
    page = home()
    page.body = stored(*blocks)
    page.save()
    return page


def practices(number: int) -> list:
    return [publish(GoodPracticeFactory()) for _each in range(number)]


def test_a_new_portal_has_a_home_in_both_languages(client):
    english, slovenian = home("en"), home("sl")

    assert english.translation_key == slovenian.translation_key
    assert Site.objects.get().root_page_id == english.pk
    assert list(Page.objects.filter(depth=2).values_list("slug", flat=True)) == ["en", "sl"]
    assert "<h1>What Europe has learned about its industrial areas</h1>" in client.get("/en/").content.decode()
    assert "<h1>Kar se je Evropa naučila o svojih industrijskih območjih</h1>" in client.get("/sl/").content.decode()


def test_what_the_migration_told_is_what_the_page_tells():
    for page in HomePage.objects.all():
        assert page.told() == page.segments


def test_a_home_page_of_every_section_asks_six_times_at_most(client):
    chosen, other = practices(2)
    featured = {"heading": "Chosen", "layout": "three", "records": stored(("practice", chosen.pk))}
    blocks = [
        ("trail", {"heading": "Trail", "practice": other.pk}),
        *[("latest", LATEST | {"kind": kind}) for kind in ("practices", "projects", "partners", "", "events") * 2],
        ("featured", featured),
        ("founding", {"heading": "Founding", "onward": ""}),
        ("events", {"heading": "Coming", "count": 3, "onward": "All"}),
        ("figures", {"heading": "Figures"}),
        (
            "side_by_side",
            {"left": stored(("new", {"heading": "New", "count": 4})), "right": stored(("latest", LATEST))},
        ),
    ]
    arrange(*blocks)
    publish(ProjectFactory())

    few = len(queries(client, "/en/"))
    assert few <= 6
    practices(3)
    publish(ProjectFactory())
    assert len(queries(client, "/en/")) == few


def test_chosen_records_stand_in_their_order_and_only_while_they_are_published(client):
    first, second, gone = practices(3)
    organisation = publish(OrganisationFactory())
    records = stored(
        ("practice", second.pk), ("organisation", organisation.pk), ("practice", gone.pk), ("practice", first.pk)
    )
    arrange(("featured", {"heading": "Chosen", "layout": "list", "records": records}))
    withdraw(gone)

    entries = client.get("/en/").context["entries"]

    assert [entry["uid"] for entry in entries] == [str(each.uid) for each in (second, organisation, first)]


def test_a_trail_is_that_of_the_chosen_practice():
    practice = practices(1)[0]
    page = arrange(("trail", {"heading": "Trail", "practice": practice.pk}))

    assert page.segments[1]["practice"] == str(practice.uid)
    assert trail(page.segments[1]["practice"]) == []


def test_sections_without_content_stay_away(client):
    arrange(
        ("events", {"heading": "Coming events", "count": 3, "onward": ""}),
        ("trail", {"heading": "A trail", "practice": None}),
        ("featured", {"heading": "Chosen ones", "layout": "list", "records": []}),
    )

    answer = client.get("/en/").content.decode()

    for heading in ("Coming events", "A trail", "Chosen ones"):
        assert heading not in answer


def test_a_home_page_that_is_not_published_gives_way_to_the_english_one(client):
    home("sl").unpublish()
    assert "What Europe has learned" in client.get("/sl/").content.decode()

    home("en").unpublish()
    assert client.get("/en/").status_code == 404


def test_a_home_page_keeps_the_word_of_its_language():
    page = home("sl")
    page.slug = "otherwise"
    page.save()

    assert home("sl").url_path == "/sl/"
