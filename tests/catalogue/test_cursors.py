"""Where a reader stands: walks that miss and double nothing, and cursors that cannot be made up."""

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from catalogue.cursors import (
    FARTHEST_OFFSET,
    BadCursor,
    Cursor,
    FeedCursor,
    ResyncRequired,
    scope_of,
    slice_of,
)
from catalogue.models import CatalogueState, Entry, EntryWords
from catalogue.sealed import seal
from tests.factories import BEGINNING, bare_entries

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]

SCOPE = "a-list"
IN_ORDER = {"": ("id",), "-modified": ("-modified", "-id"), "title": ("title_key", "id")}


def page(order="", size=5, text=None, entries=None):
    cursor = Cursor.decode(text, scope=SCOPE, order=order) if text else None
    entries = Entry.objects.visible() if entries is None else entries
    return slice_of(entries, order=order, size=size, scope=SCOPE, cursor=cursor)


def walk(order="", size=5, *, between=lambda: None):
    """Every page, from the first to the last, by cursors that were written out and read again."""
    pages, text = [], None
    while True:
        got = page(order, size, text)
        pages.append(got)
        assert len(pages) < 100, "a walk without an end"
        if got.next is None:
            return pages
        text = got.next.encode()
        between()


def rows(pages):
    return [entry.pk for got in pages for entry in got.rows]


@pytest.fixture
def entries():
    """23 entries of which many share a title and a time."""
    return bare_entries(
        23, title_key=lambda index: f"title {index % 4}", modified=lambda index: BEGINNING.replace(day=1 + index % 3)
    )


SIZES = [1, 2, 3, 5, 11, 22, 23, 24, 100]


@pytest.mark.parametrize("order", IN_ORDER)
@pytest.mark.parametrize("size", SIZES)
def test_a_full_walk_has_every_entry_once_and_in_order(entries, order, size):
    pages = walk(order, size)

    assert rows(pages) == list(Entry.objects.order_by(*IN_ORDER[order]).values_list("pk", flat=True))
    assert {len(got.rows) for got in pages[:-1]} <= {size}


@pytest.mark.parametrize("order", IN_ORDER)
@pytest.mark.parametrize("size", SIZES)
def test_a_walk_back_meets_the_same_pages(entries, order, size):
    there = walk(order, size)

    back, got = [there[-1]], there[-1]
    while got.previous and len(back) <= len(there):
        got = page(order, size, got.previous.encode())
        back.append(got)

    assert [rows([got]) for got in reversed(back)] == [rows([got]) for got in there]


@pytest.mark.parametrize("order", IN_ORDER)
def test_the_first_page_has_no_previous_and_the_last_no_next(entries, order):
    pages = walk(order, 10)

    assert [(got.previous is None, got.next is None) for got in pages] == [(True, False), (False, False), (False, True)]


def test_a_page_that_holds_all_has_neither():
    bare_entries(3)

    got = page(size=3)

    assert (len(got.rows), got.previous, got.next) == (3, None, None)


def test_an_empty_list_has_one_empty_page():
    assert page() == slice_of(Entry.objects.none(), order="", size=5, scope=SCOPE, cursor=None)
    assert (page().rows, page().previous, page().next) == ([], None, None)


def test_what_is_published_during_a_walk_doubles_and_hides_nothing(entries):
    before = {entry.pk for entry in entries}

    walked = rows(walk("", 4, between=lambda: bare_entries(1)))

    assert len(walked) == len(set(walked))
    assert before <= set(walked)


def test_what_changes_during_a_walk_doubles_and_hides_nothing(entries):
    before = [entry.pk for entry in entries]
    days = iter(range(4, 28))

    def change():
        Entry.objects.filter(pk=before[0]).update(modified=BEGINNING.replace(day=next(days)), title_key="zzz")

    assert rows(walk("", 4, between=change)) == before


def test_what_is_withdrawn_during_a_walk_hides_nothing_else(entries):
    left = [entry.pk for entry in entries]

    def withdraw_the_last():
        Entry.objects.filter(pk=left.pop()).delete()

    walked = rows(walk("", 4, between=withdraw_the_last))

    assert len(walked) == len(set(walked))
    assert set(left) <= set(walked)


def test_the_entry_that_a_cursor_stands_on_may_go(entries):
    text = page(size=5).next.encode()
    Entry.objects.filter(pk=entries[4].pk).delete()

    assert rows([page(size=5, text=text)]) == [entry.pk for entry in entries[5:10]]


@pytest.mark.parametrize("order", IN_ORDER)
def test_a_page_is_one_statement_without_an_offset(entries, order, django_assert_num_queries):
    text = page(order, 5).next.encode()

    with django_assert_num_queries(1) as asked:
        page(order, 5, text)

    assert ("OFFSET" in asked[0]["sql"], "COUNT" in asked[0]["sql"]) == (False, False)


def test_relevance_is_walked_page_by_page(entries):
    for entry in entries:
        EntryWords.objects.create(entry=entry, title="market")
    matching = Entry.objects.matching("market")

    first = page("relevance", 10, entries=matching)
    second = page("relevance", 10, first.next.encode(), matching)
    third = page("relevance", 10, second.next.encode(), matching)
    back = page("relevance", 10, second.previous.encode(), matching)

    assert rows([first, second, third]) == [entry.pk for entry in entries]
    assert (first.previous, third.next) == (None, None)
    assert rows([back]) == rows([first])


def test_relevance_is_not_walked_for_ever(entries, monkeypatch):
    monkeypatch.setattr("catalogue.cursors.FARTHEST_OFFSET", 10)
    for entry in entries:
        EntryWords.objects.create(entry=entry, title="market")
    matching = Entry.objects.matching("market")

    assert page("relevance", 5, entries=matching).next is not None
    assert page("relevance", 10, entries=matching).next is None
    assert FARTHEST_OFFSET == 10_000


# Forged


def a_cursor():
    return Cursor(SCOPE, "", (7,)).encode()


def test_a_cursor_comes_back_as_it_was():
    for cursor in (Cursor(SCOPE, "", (7,)), Cursor(SCOPE, "title", ("žalec", 7), backwards=True)):
        assert Cursor.decode(cursor.encode(), scope=SCOPE, order=cursor.order) == cursor


def test_the_same_place_has_the_same_cursor():
    assert a_cursor() == a_cursor()


def test_a_cursor_lives_through_a_change_of_the_secret_key(settings):
    cursor, old = a_cursor(), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [old]
    assert Cursor.decode(cursor, scope=SCOPE, order="").values == (7,)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a third", []
    with pytest.raises(BadCursor):
        Cursor.decode(cursor, scope=SCOPE, order="")


FORGED = [
    "",
    "1",
    "null",
    "a:b:c",
    "....",
    "\x00",
    "\ud800",
    "č",
    "x" * 10_000,
    signing.dumps([SCOPE, "", [7], 0]),
    seal([SCOPE, "", [7], 0], purpose="another"),
]


@pytest.mark.parametrize("text", FORGED, ids=lambda text: text[:20].encode("unicode_escape").decode())
def test_a_made_up_cursor_is_refused(text):
    with pytest.raises(BadCursor):
        Cursor.decode(text, scope=SCOPE, order="")


@pytest.mark.parametrize("payload", [None, 7, [], ["too", "few"], {"scope": SCOPE}])
def test_even_a_signed_cursor_must_have_the_right_form(payload):
    text = seal(payload, purpose="catalogue.cursors")

    with pytest.raises(BadCursor):
        Cursor.decode(text, scope=SCOPE, order="")


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_a_cursor_with_any_character_changed_is_refused(index, character):
    good = a_cursor()
    text = good[: index % len(good)] + character + good[index % len(good) + 1 :]
    if text == good:
        return

    with pytest.raises(BadCursor):
        Cursor.decode(text, scope=SCOPE, order="")


@pytest.mark.parametrize(("scope", "order"), [("another-list", ""), (SCOPE, "title"), (SCOPE, "-modified")])
def test_a_cursor_of_another_list_is_refused(scope, order):
    with pytest.raises(BadCursor, match="another list"):
        Cursor.decode(a_cursor(), scope=scope, order=order)


def test_people_are_told_what_is_wrong_with_a_cursor(client):
    answer = client.get("/en/practices/?cursor=made-up")

    assert answer.status_code == 400
    assert "The cursor cannot be read." in answer.content.decode()


def test_a_scope_knows_kind_and_filters_but_not_their_order():
    same = scope_of("practices", {"country": ["SI", "IT"], "q": ["zone"]})

    assert same == scope_of("practices", {"q": ["zone"], "country": ["IT", "SI"]})
    others = [
        scope_of("projects", {"country": ["SI", "IT"], "q": ["zone"]}),
        scope_of("practices", {"country": ["SI"], "q": ["zone"]}),
        scope_of("practices", {"q": ["zone"]}),
        scope_of(None, {"country": ["SI", "IT"], "q": ["zone"]}),
    ]
    assert len({same, *others}) == 5


# The feed


@pytest.fixture
def state():
    bare_entries(7)
    return CatalogueState.objects.current()


def test_a_feed_cursor_is_epoch_and_position(state):
    assert str(FeedCursor(state.epoch, 7)) == f"{state.epoch}-7"
    for text in (f"{state.epoch}-7", f"{state.epoch}-0"):
        assert str(FeedCursor.read(text)) == text
        FeedCursor.read(text).check(state)


def test_from_the_beginning_is_good_in_every_epoch(state):
    assert FeedCursor.read("0").position == 0
    FeedCursor.read("0").check(state)


@pytest.mark.parametrize("ahead", [1, 10**17])
def test_a_position_that_was_not_reached_yet_means_to_start_anew(state, ahead):
    with pytest.raises(ResyncRequired):
        FeedCursor(state.epoch, state.position + ahead).check(state)


def test_another_epoch_means_to_start_anew(state):
    cursor = FeedCursor(state.epoch, 7)
    state.epoch = "00000000"

    with pytest.raises(ResyncRequired):
        cursor.check(state)


UNREADABLE = [
    *("", "1", "-1", "00", " 0", "0 ", "x", "-", "abc-", "-7", "ABC-7", "abc--7", "abc-7-7", "abc-7\n", "abc_7"),
    *("abc-+7", "abc-7.0", "abc-" + "9" * 19, "a" * 17 + "-7", "abc-٧", "абв-7", "abc-7\x00", "\ud800-7"),
]


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda text: text.encode("unicode_escape").decode())
def test_what_is_no_feed_cursor_is_refused(state, text):
    with pytest.raises(BadCursor):
        FeedCursor.read(text)
