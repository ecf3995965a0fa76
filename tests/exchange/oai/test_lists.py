"""Page by page: whatever the number of records, and whatever happens between two pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.models import CatalogueState
from catalogue.serializers import utc
from exchange.oai import tokens
from tests.factories import GoodPracticeFactory, publish, republish, texts, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]

SIZE = 3
VERBS = ("ListRecords", "ListIdentifiers")


@pytest.fixture(autouse=True)
def _small_pages(page_of):
    page_of(SIZE)


def practices(number: int) -> list:
    return [publish(GoodPracticeFactory()) for _each in range(number)]


def uids_of(pages) -> list[str]:
    return [uid for page in pages for uid in page.uids]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("number", [1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE, 2 * SIZE + 1])
def test_every_record_comes_once_in_the_order_of_its_time(pages, verb, number):
    expected = [str(practice.uid) for practice in practices(number)]

    found = pages(verb)

    assert uids_of(found) == expected
    assert [len(page.uids) for page in found[:-1]] == [SIZE] * (len(found) - 1)
    assert found[-1].token == (None if number <= SIZE else "")
    assert [page.cursor for page in found] == ([None] if number <= SIZE else [str(n * SIZE) for n in range(len(found))])


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_no_page_at_all(ask, verb):
    assert ask(verb=verb, metadataPrefix="oai_dc").errors == ["noRecordsMatch"]


@pytest.mark.parametrize("verb", VERBS)
def test_the_same_token_gives_the_same_page(ask, verb):
    practices(3 * SIZE)
    token = ask(verb=verb, metadataPrefix="oai_dc").token

    first, again = (ask(verb=verb, resumptionToken=token) for _twice in range(2))

    assert first.content == again.content
    assert len(first.uids) == SIZE


def test_a_posted_token_is_as_good(ask):
    practices(SIZE + 1)
    token = ask(verb="ListRecords", metadataPrefix="oai_dc").token

    answers = [ask(verb="ListRecords", resumptionToken=token, method=method) for method in ("get", "post")]

    assert answers[0].uids == answers[1].uids != []


# What happens meanwhile


def test_what_changes_during_a_harvest_stands_in_the_next_one(pages, ask, at):
    at("10:00:00")
    number = 2 * SIZE + 1
    published = practices(number + 1)
    changes = iter([lambda: republish(published[0], title=texts("A", "A")), lambda: withdraw(published[number])])

    def change() -> None:
        at("10:00:05")
        next(changes)()
        published.append(publish(GoodPracticeFactory()))

    first = pages(between=change)

    assert uids_of(first) == [str(practice.uid) for practice in published[:number]]
    assert {page.date for page in first} == {"2026-06-01T10:00:00Z"}
    for date in {page.date for page in first}:
        then = {header.uid: header.deleted for page in pages(from_=date) for header in page.headers}
        assert then == {str(practice.uid): place == number for place, practice in enumerate(published)}


def test_a_harvest_ends_however_much_is_published_meanwhile(pages, at):
    at("10:00:00")
    practices(3 * SIZE)
    at("10:00:01")

    assert len(pages(between=lambda: practices(SIZE))) == 3


def test_a_page_that_was_promised_has_a_record_though_all_of_them_have_changed(pages, at, schema):
    at("10:00:00")
    published = practices(SIZE + 1)

    def change() -> None:
        at("10:00:05")
        republish(published[0], title=texts("Changed", "Spremenjeno"))
        republish(published[-1], title=texts("Changed", "Spremenjeno"))

    found = pages(between=change)

    assert uids_of(found) == [str(practice.uid) for practice in published]
    assert (found[-1].token, found[-1].headers[0].datestamp) == ("", "2026-06-01T10:00:05Z")
    schema.assertValid(found[-1].root)


def test_what_is_published_within_the_second_of_a_harvest_is_in_the_next(pages, at):
    at("10:00:00.2")
    practices(2)
    first = pages()
    at("10:00:00.9")
    late = publish(GoodPracticeFactory())

    assert str(late.uid) in uids_of(pages(from_=first[-1].date))


def test_what_changes_within_the_second_of_a_harvest_comes_once(pages, at):
    at("10:00:00.2")
    published = practices(2 * SIZE + 1)
    changes = iter([lambda: republish(published[0], title=texts("A", "A")), lambda: withdraw(published[1])])

    def change() -> None:
        next(changes)()
        publish(GoodPracticeFactory())

    first = pages(between=change)

    assert uids_of(first) == [str(practice.uid) for practice in published]
    then = {header.uid: header.deleted for page in pages(from_=first[-1].date) for header in page.headers}
    assert (then[str(published[0].uid)], then[str(published[1].uid)]) == (False, True)


def test_the_date_of_an_answer_is_the_catalogues_and_not_the_walls(ask, at):
    assert ask(verb="Identify").date == "1970-01-01T00:00:00Z"
    at("10:00:00")
    practices(1)

    for answer in (ask(verb="Identify"), ask(verb="Nothing"), ask(verb="ListSets")):
        assert answer.date == "2026-06-01T10:00:00Z"


# From and until


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ({}, "abcd"),
        ({"from_": "2026-06-01T10:00:01Z"}, "bcd"),
        ({"from_": "2026-06-01T10:00:02Z"}, "cd"),
        ({"until": "2026-06-01T10:00:01Z"}, "ab"),
        ({"from_": "2026-06-01T10:00:01Z", "until": "2026-06-01T10:00:01Z"}, "b"),
        ({"from_": "2026-06-01"}, "abcd"),
        ({"until": "2026-06-01"}, "abcd"),
        ({"from_": "2026-06-01", "until": "2026-06-01"}, "abcd"),
        ({"until": "2999-12-31"}, "abcd"),
        ({"from_": "2026-06-02"}, ""),
        ({"until": "2026-05-31"}, ""),
    ],
)
def test_from_and_until_are_included(pages, at, page_of, span, expected):
    page_of(2)
    names = {}
    for second, name in enumerate("abc"):
        at(f"10:00:0{second}")
        names[str(publish(GoodPracticeFactory()).uid)] = name
    at("23:59:59")
    names[str(publish(GoodPracticeFactory()).uid)] = "d"

    found = pages("ListIdentifiers", **span)

    assert "".join(names[uid] for uid in uids_of(found)) == expected
    assert found[0].errors == ([] if expected else ["noRecordsMatch"])


# Tokens


@pytest.fixture
def token(ask):
    practices(2 * SIZE + 1)
    return ask(verb="ListRecords", metadataPrefix="oai_dc").token


def refused(ask, token: str, verb: str = "ListRecords") -> bool:
    return ask(verb=verb, resumptionToken=token).errors == ["badResumptionToken"]


def test_a_token_is_of_its_verb(ask, token):
    assert refused(ask, token, verb="ListIdentifiers")
    assert not refused(ask, token)


def test_a_token_that_was_changed_anywhere_is_refused(ask, token):
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        assert refused(ask, token[:place] + other + token[place + 1 :])
    for changed in (token[:-1], token[1:], token + "=", f" {token}", token.upper(), token * 2, ":", "::", "č"):
        assert refused(ask, changed)


def test_a_token_of_another_epoch_is_refused(ask, token):
    CatalogueState.objects.update(epoch="other")

    assert refused(ask, token)


def test_a_token_is_good_for_a_week_from_the_first_page(ask, token, monkeypatch):
    second = ask(verb="ListRecords", resumptionToken=token)
    told = [each.get("expirationDate") for each in second.root.iter("{*}resumptionToken")]
    assert ask(verb="ListRecords", resumptionToken=second.token).token == ""
    late = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(tokens.timezone, "now", lambda: late)

    assert refused(ask, token)
    assert refused(ask, second.token)
    assert told < [utc(late)]


def test_a_cursor_of_the_api_is_no_token(ask, client):
    practices(3)
    address = client.get("/api/v1/practices/?page_size=1").json()["next"]

    assert refused(ask, address.rpartition("cursor=")[2].replace("%3A", ":"))
