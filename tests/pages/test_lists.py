"""The editors' menu: all that they write in one group, each list saying what it holds and how to begin one."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.admin import with_query
from tests.factories import AdminFactory, MembershipFactory, UserFactory
from tests.pages.factories import article, home, news_index, standard_page

pytestmark = pytest.mark.django_db

MENU = [
    "Events",
    "Pages of events",
    "News",
    "Standard pages",
    "Home pages",
    "Good practices",
    "Projects",
    "Programmes",
    "Partners",
    "Memberships",
    "Industrial areas",
    "Action plans",
    "Library items",
    "Menus and footer",
    "Networks",
    "Review criteria",
]
LISTS = ["/cms/news/", "/cms/standard-pages/", "/cms/home-pages/"]


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


def drawn(client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def menu(page: BeautifulSoup) -> dict[str, list | str]:
    """The sidebar: each group with what is in it, each link with where it leads."""
    modules = json.loads(page.select_one("#wagtail-sidebar-props").string)["modules"]
    [items] = [module["_args"][0] for module in modules if module["_type"].endswith("MainMenuModule")]
    items = items.get("_list", items) if isinstance(items, dict) else items
    return {_told(item)["label"]: _below(item) for item in items}


def _told(item: dict) -> dict:
    told = item["_args"][0]
    return told.get("_dict", told)


def _below(item: dict):
    if "SubMenu" not in item["_type"]:
        return _told(item)["url"]
    below = item["_args"][1]
    below = below.get("_list", below) if isinstance(below, dict) else below
    return {_told(each)["label"]: _told(each)["url"] for each in below}


def titles(page: BeautifulSoup) -> list[str]:
    return [cell.select_one("a").get_text(strip=True) for cell in page.select("[data-listing-page-title]")]


# The menu


@pytest.mark.parametrize("person", [lambda: UserFactory(role=User.Role.EDITOR), AdminFactory], ids=["editor", "admin"])
def test_all_that_editors_write_stands_in_one_group_and_each_list_says_how_to_begin(client, person):
    client.force_login(person())
    content = menu(drawn(client, "/cms/"))["Content"]

    assert list(content) == MENU
    for name, url in content.items():
        page = drawn(client, url)
        assert page.select_one(".list-about").get_text(strip=True), name
        assert page.select_one(".w-slim-header h1, h1").get_text(strip=True) == name
        adding = [link.get_text(strip=True) for link in page.select(".w-slim-header a.w-header-button")]
        assert bool(adding) == (name != "Home pages")


def test_nothing_stands_in_the_sidebar_twice(desk):
    sidebar = menu(drawn(desk, "/cms/"))
    urls = [url for below in sidebar.values() for url in (below.values() if isinstance(below, dict) else [below])]

    assert next(iter(sidebar)) == "Content"
    assert len(urls) == len(set(urls))
    assert {"Menus", "Events"} & set(sidebar.get("Settings", ())) == set()
    assert "Page tree" in sidebar


@pytest.mark.parametrize("url", LISTS)
def test_others_do_not_see_the_lists(client, url):
    for person in (None, UserFactory(role=User.Role.REVIEWER), MembershipFactory(role="coordinator").user):
        if person:
            client.force_login(person)
        for address in (url, f"{url}results/", f"{url}choose_parent/"):
            assert client.get(address)["Location"].startswith("/cms/login/")


# The lists


def test_one_list_holds_the_pages_of_all_languages(desk):
    standard_page(title="About us")
    standard_page(title="O nas", slug="o-nas", below=home("sl"), live=False)

    rows = {
        row.select_one("[data-listing-page-title] a").get_text(strip=True): row.get_text(" ", strip=True)
        for row in drawn(desk, "/cms/standard-pages/").select("tbody tr")
    }

    assert {"About us", "O nas"} <= set(rows)
    assert "English" in rows["About us"] and "live" in rows["About us"]
    assert "Slovenian" in rows["O nas"] and "draft" in rows["O nas"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["About us", "O nas"]),
        ({"language": "sl"}, ["O nas"]),
        ({"state": "live"}, ["About us"]),
        ({"state": "draft"}, ["O nas"]),
        ({"q": "nas"}, ["O nas"]),
        ({"q": "about", "language": "en", "ordering": "locale__language_code"}, ["About us"]),
        ({"q": "\0"}, ["About us", "O nas"]),
        ({"ordering": "-title"}, ["O nas", "About us"]),
        ({"ordering": "nothing"}, ["About us", "O nas"]),
        ({"state": "nothing"}, ["About us", "O nas"]),
    ],
)
def test_a_list_is_filtered_searched_and_sorted(desk, query, found):
    standard_page(title="O nas", slug="o-nas", below=home("sl"), live=False)
    standard_page(title="About us")

    for url in ("/cms/standard-pages/", "/cms/standard-pages/results/"):
        assert [
            each for each in titles(drawn(desk, with_query(url, **query))) if each in ("About us", "O nas")
        ] == found


def test_a_list_costs_the_same_for_one_and_for_three(desk):
    index = news_index()

    def queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/cms/news/").status_code == 200
        return len(queries)

    article(index, 1)
    queries()
    one = queries()
    article(index, 2)
    article(index, 3)

    assert queries() == one


# Beginning a page


def places(page: BeautifulSoup) -> dict[str, str]:
    return {
        label.get_text(strip=True): label.select_one("input")["value"] for label in page.select("form label:has(input)")
    }


def test_news_are_begun_by_choosing_a_language(desk):
    english, slovenian = news_index(), news_index("sl")

    offered = places(drawn(desk, "/cms/news/choose_parent/"))
    answer = desk.post("/cms/news/choose_parent/", {"parent_page": offered["Slovenian"]})

    assert offered == {"English": str(english.pk), "Slovenian": str(slovenian.pk)}
    assert answer["Location"] == f"/cms/pages/add/pages/newspage/{slovenian.pk}/"
    assert desk.get(answer["Location"]).status_code == 200


def test_a_page_is_begun_below_a_home_page_or_another_page(desk):
    about = standard_page(title="About us")

    offered = places(drawn(desk, "/cms/standard-pages/choose_parent/"))
    answer = desk.post("/cms/standard-pages/choose_parent/", {"parent_page": offered["English: About us"]})

    assert offered["English"] == str(home().pk) and offered["Slovenian"] == str(home("sl").pk)
    assert answer["Location"] == f"/cms/pages/add/pages/standardpage/{about.pk}/"


def test_many_places_are_offered_in_a_menu(desk):
    for number in range(12):
        standard_page(title=f"Page {number}", slug=f"page-{number}")

    page = drawn(desk, "/cms/standard-pages/choose_parent/")

    assert page.select_one("select[name=parent_page]")


@pytest.mark.parametrize("place", ["", "0", "x"])
def test_nothing_is_begun_where_it_cannot_stand(desk, place):
    news_index(), news_index("sl")

    answer = desk.post("/cms/news/choose_parent/", {"parent_page": place or home().pk})

    assert answer.status_code == 200
    assert answer.context["form"].errors
