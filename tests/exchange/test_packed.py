"""Answers for readers who take them packed: the same, smaller, and read only once."""

import gzip

import pytest

from exchange import memory
from tests.factories import GoodPracticeFactory, publish

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def practices():
    return [publish(GoodPracticeFactory()) for _number in range(3)]


def test_it_says_the_same_as_the_plain_one(api, practices):
    plain, packed = api("practices/"), api("practices/", accept_encoding="gzip, deflate, br")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert packed["Content-Length"] == str(len(packed.content))
    assert packed["ETag"] == plain["ETag"]


def test_the_second_reader_gets_it_without_a_look_at_the_records(api, practices, django_assert_num_queries):
    first = api("practices/", accept_encoding="gzip")

    with django_assert_num_queries(1):  # how far the catalogue is
        assert api("practices/", accept_encoding="gzip").content == first.content


def test_a_publication_makes_another(api, practices):
    before = api("practices/", accept_encoding="gzip").content
    publish(GoodPracticeFactory())

    after = api("practices/", accept_encoding="gzip").content
    assert gzip.decompress(after).count(b'"uid"') > gzip.decompress(before).count(b'"uid"')


@pytest.mark.parametrize("accepted", ["", "identity", "br", "*", "gzip;q=0", "deflate, gzip; q=0.0", "gzipped", ";;,"])
def test_who_does_not_ask_for_it_gets_it_plain(api, practices, accepted):
    assert "Content-Encoding" not in api("practices/", accept_encoding=accepted)


def test_what_is_short_is_not_packed(api):
    assert "Content-Encoding" not in api("practices/", accept_encoding="gzip")


def test_a_wrong_question_is_refused_as_plain_as_ever(problem):
    assert problem("practices/?foo=1", 400, accept_encoding="gzip")["name"] == "invalid-parameter"


def test_who_knows_the_answer_gets_none(api, practices):
    etag = api("practices/", accept_encoding="gzip")["ETag"]

    assert api("practices/", status=304, if_none_match=etag, accept_encoding="gzip").content == b""


def test_what_nobody_asks_for_leaves_first():
    kept = memory.Kept(most=10)
    kept.keep("a", b"1234")
    kept.keep("b", b"1234")
    assert kept.get("a") == b"1234"

    kept.keep("c", b"1234")

    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (b"1234", None, b"1234")
    assert kept.taken == 8


def test_what_is_kept_again_counts_once_and_what_is_too_long_is_not_kept():
    kept = memory.Kept(most=10)
    kept.keep("a", b"1234")
    kept.keep("a", b"123456")
    assert kept.taken == 6

    kept.keep("b", b"x" * 11)
    assert (kept.get("a"), kept.get("b"), kept.taken) == (b"123456", None, 6)
