"""Menus: as editors arrange them, never to nowhere, and without a query of their own."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Locale

from pages.models import FooterColumn, FooterLink, Menu, MenuSection, MenuSectionItem, SiteState
from tests.admin import new_part
from tests.factories import AdminFactory
from tests.pages.factories import home, queries, reread, standard_page

pytestmark = pytest.mark.django_db


def make_menu(*sections, columns=(), language: str = "en") -> Menu:
    menu = Menu(locale=Locale.objects.get(language_code=language))
    menu.sections, menu.columns = list(sections), list(columns)
    menu.save()
    return menu


def labels(answer) -> list[str]:
    return [section["label"] for section in answer.context["portal_sections"]]


def test_without_a_menu_the_portals_own_sections_stand_there(client):
    assert labels(client.get("/en/")) == [
        *("Practices", "Events", "Action plans", "Projects", "Programmes", "Partners", "Areas", "Library", "Search")
    ]


def test_a_menu_shows_only_what_is_published(client):
    page, draft = standard_page(title="Us", slug="us"), standard_page(slug="draft", live=False)
    make_menu(
        MenuSection(label="We", page=page, items=[MenuSectionItem(label="Draft", page=draft)]),
        MenuSection(label="Hidden", page=draft),
        MenuSection(label="Elsewhere", address="https://example.org/"),
    )

    assert labels(client.get("/en/")) == ["We", "Elsewhere"]
    draft.save_revision().publish()
    assert labels(client.get("/en/")) == ["We", "Hidden", "Elsewhere"]
    reread(page).unpublish()
    assert [section["url"] for section in client.get("/en/").context["portal_sections"]] == [
        "",
        "/en/draft/",
        "https://example.org/",
    ]


def test_a_menu_follows_a_page_that_moves(client):
    page = standard_page(slug="us")
    make_menu(MenuSection(label="We", page=page))

    page.slug = "them"
    page.save()

    assert client.get("/en/").context["portal_sections"][0]["url"] == "/en/them/"


def test_a_deleted_page_leaves_the_menu(client, django_capture_on_commit_callbacks):
    page = standard_page()
    make_menu(MenuSection(label="We", page=page), MenuSection(label="Search", address="/en/search/"))

    with django_capture_on_commit_callbacks(execute=True):
        page.delete()

    assert labels(client.get("/en/")) == ["Search"]


def test_a_language_without_a_menu_has_the_english_one_with_its_own_addresses(client):
    make_menu(MenuSection(label="All practices", address="/en/practices/?topic=x"))

    section = client.get("/it/").context["portal_sections"][0]

    assert (section["label"], section["url"]) == ("All practices", "/it/practices/?topic=x")


def test_the_footer_has_the_columns_of_the_menu(client):
    make_menu(columns=[FooterColumn(heading="Rules", items=[FooterLink(label="Privacy", address="/en/privacy/")])])

    assert (
        '<h2>Rules</h2><ul>\n      <li><a href="/en/privacy/">Privacy</a></li>' in client.get("/en/").content.decode()
    )


def test_without_a_menu_the_footer_leads_other_networks_to_files_and_doors(client):
    footer = client.get("/sl/").content.decode().partition("<footer")[2]
    addresses = re.findall(r'<li><a href="([^"]+)">', footer)

    assert addresses[-3:] == ["/sl/network/dumps/", "/api/docs/", "/api/v1/"]


def test_a_deleted_menu_gives_way_to_the_portals_own(client):
    menu, version = make_menu(MenuSection(label="We", address="/en/")), SiteState.objects.current().version

    menu.delete()

    assert labels(client.get("/en/"))[0] == "Practices"
    assert SiteState.objects.current().version > version


def test_menus_cost_no_query(client):
    before = len(queries(client, "/en/search/"))
    make_menu(*(MenuSection(label=f"Section {n}", page=standard_page(slug=f"p{n}")) for n in range(5)))

    assert len(queries(client, "/en/search/")) == before


def test_one_link_that_cannot_be_read_brings_no_page_down(client):
    make_menu(MenuSection(label="We", address="/en/"))
    MenuSection.objects.update(address="https://[example.org")
    Menu.objects.redraw()

    assert [client.get(path).status_code for path in ("/en/", "/en/none/", "/accounts/login/")] == [200, 404, 200]


# What is refused


@pytest.mark.parametrize(
    "address",
    [
        *["javascript:alert(1)", "http://example.org/", "//example.org/", "/\\example.org", "practices/", "/a b"],
        *["https://[example.org", "https://exa]mple.org", "https://user@[::1/", "https://example.org\uff0fvisits"],
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ValidationError, match="begins with / or with https"):
        MenuSection(label="There", address=address).full_clean(exclude=["menu"])


def test_a_link_has_a_label_and_one_goal():
    with pytest.raises(ValidationError, match="called"):
        MenuSection(label="  ", address="/en/").clean()
    for goals in ({}, {"page": home(), "address": "/en/"}):
        with pytest.raises(ValidationError, match="one of the two"):
            MenuSection(label="There", **goals).clean()


@pytest.mark.parametrize("make", [MenuSection, MenuSectionItem, FooterLink])
def test_the_database_refuses_two_goals(make):
    menu = make_menu(MenuSection(label="We", address="/en/"), columns=[FooterColumn(heading="Rules")])
    above = {
        MenuSection: lambda: {"menu": menu},
        MenuSectionItem: lambda: {"section": menu.sections.get()},
        FooterLink: lambda: {"column": menu.columns.get()},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        make(label="There", page=home(), address="/en/", **above[make]()).save()


def test_the_database_keeps_one_state():
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteState.objects.create(pk=2)


def test_two_menus_for_one_language_are_refused():
    make_menu()
    with pytest.raises(IntegrityError), transaction.atomic():
        Menu.objects.create(locale=Locale.objects.get(language_code="en"))


def post(client, **typed):
    empty = {f"{name}-{count}": "0" for name in ("sections", "columns") for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    locale = Locale.objects.get(language_code="en")
    client.force_login(AdminFactory())
    return client.post("/cms/menus/new/", {"locale": locale.pk} | empty | typed)


def section(number: int, label: str, address: str, *items: tuple[str, str]) -> dict:
    prefix = f"sections-{number}"
    told = new_part("sections", number, label=label, address=address, page="")
    told |= {f"{prefix}-items-TOTAL_FORMS": str(len(items)), f"{prefix}-items-INITIAL_FORMS": "0"}
    for n, (item_label, item_address) in enumerate(items):
        told |= {
            f"{prefix}-items-{n}-label": item_label,
            f"{prefix}-items-{n}-address": item_address,
            f"{prefix}-items-{n}-page": "",
            f"{prefix}-items-{n}-id": "",
            f"{prefix}-items-{n}-ORDER": str(n + 1),
            f"{prefix}-items-{n}-DELETE": "",
        }
    return told


def test_an_editor_arranges_a_menu(client):
    answer = post(client, **section(0, "Practices", "/en/practices/", ("New", "/en/practices/new/")))

    assert answer.status_code == 302
    assert SiteState.objects.current().frame["en"]["sections"] == [
        {
            "label": "Practices",
            "url": "/en/practices/",
            "items": [{"label": "New", "url": "/en/practices/new/"}],
        }
    ]


def test_a_menu_that_leads_round_in_a_circle_is_refused_in_words(client):
    inside_itself = post(client, **section(0, "Practices", "/en/practices/", ("Again", "/en/practices/")))
    twice = post(client, **section(0, "One", "/en/a/") | section(1, "Two", "/en/a/"))

    for answer in (inside_itself, twice):
        assert answer.status_code == 200
        assert "only lead round in a circle" in answer.content.decode()
    assert not Menu.objects.exists()
