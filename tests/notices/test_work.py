"""The registry behind My work."""

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


def test_what_waits_is_put_together_from_all_apps_oldest_first():
    work.register(Section("reviews", Place.WAITS_FOR_YOU, lambda user: [item("third", 3), item("first", 1)]))
    work.register(Section("answers", Place.WAITS_FOR_YOU, lambda user: [item("second", 2)]))

    assert shown()[Place.WAITS_FOR_YOU] == ["first", "second", "third"]


def test_the_rest_stands_latest_first():
    work.register(Section("drafts", Place.DRAFTS, lambda user: [item("older", 1), item("newer", 2)]))

    assert shown()[Place.DRAFTS] == ["newer", "older"]


def test_a_section_is_asked_for_the_person_who_looks():
    work.register(Section("drafts", Place.DRAFTS, lambda user: [item(f"of {user}", 1)]))

    assert shown("Nina")[Place.DRAFTS] == ["of Nina"]


def test_a_name_belongs_to_one_section():
    section = Section("drafts", Place.DRAFTS, lambda user: [])
    work.register(section)
    work.register(section)

    with pytest.raises(ValueError, match="registered twice"):
        work.register(Section("drafts", Place.PUBLISHED, lambda user: []))


def test_my_work_is_for_people_who_have_signed_in(client):
    assert client.get("/en/my/").url == "/accounts/login/?next=/en/my/"
    assert client.post("/en/my/").status_code == 405
