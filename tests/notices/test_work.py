"""The registry behind My work."""

import re
from datetime import UTC, datetime

import pytest

from notices import work
from notices.work import Item, Place, Section


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.setattr(work, "_sections", {})


def item(title, day):
    return Item(title=title, url="/", since=datetime(2026, 5, day, tzinfo=UTC))


def shown(user=None):
    return {group.place: [each.title for each in group.items] for group in work.of(user)}


def test_every_place_stands_on_the_page_even_if_nothing_is_there():
    assert shown() == {place: [] for place in Place}
    assert [str(group.empty) for group in work.of(None)] == [str(work.EMPTY[place]) for place in Place]


def section(name, place, *items):
    work.register(Section(name, lambda user: [(place, item) for item in items]))


def test_what_waits_is_put_together_from_all_apps_oldest_first():
    section("reviews", Place.WAITS_FOR_YOU, item("third", 3), item("first", 1))
    section("answers", Place.WAITS_FOR_YOU, item("second", 2))

    assert shown()[Place.WAITS_FOR_YOU] == ["first", "second", "third"]


def test_the_rest_stands_latest_first():
    section("drafts", Place.DRAFTS, item("older", 1), item("newer", 2))

    assert shown()[Place.DRAFTS] == ["newer", "older"]


def test_a_section_is_asked_for_the_person_who_looks():
    work.register(Section("drafts", lambda user: [(Place.DRAFTS, item(f"of {user}", 1))]))

    assert shown("Nina")[Place.DRAFTS] == ["of Nina"]


def test_a_name_belongs_to_one_section():
    first = Section("drafts", lambda user: [])
    work.register(first)
    work.register(first)

    with pytest.raises(ValueError, match="registered twice"):
        work.register(Section("drafts", lambda user: []))


def test_my_work_is_for_people_who_have_signed_in(client):
    assert client.get("/en/my/").url == "/accounts/login/?next=/en/my/"
    assert client.post("/en/my/").status_code == 405


def titles(page):
    return re.findall(r"<h3><a [^>]*>(.*?)</a>", page.content.decode())


@pytest.mark.django_db
def test_of_a_long_place_the_first_stand_there_and_the_rest_behind_a_link(client, nina):
    client.force_login(nina)
    section("drafts", Place.DRAFTS, *(item(f"draft {number}", 1) for number in range(120)))
    section("answers", Place.WAITS_FOR_YOU, item("an answer", 2))

    page = client.get("/en/my/")
    assert titles(page) == ["an answer", *(f"draft {number}" for number in range(20))]
    assert 'href="?all=drafts">All 120' in page.content.decode()

    assert titles(client.get("/en/my/?all=drafts")) == [f"draft {number}" for number in range(50)]
    last = client.get("/en/my/?all=drafts&page=3")
    assert titles(last) == [f"draft {number}" for number in range(100, 120)]
    assert 'href="?all=drafts&amp;page=2" rel="prev"' in last.content.decode()
    for strange in ("?all=nothing", "?page=2", "?all=drafts&page=-1", "?all=drafts&page=x"):
        assert client.get(f"/en/my/{strange}").status_code == 200
