"""Who asks too often waits; nobody gets more by saying that she is somebody else."""

import pytest
from django.test import RequestFactory

from exchange.keys import limits
from exchange.keys.limits import Buckets, Taken, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.core]


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def few(settings, clock, monkeypatch):
    """Three requests a minute for visitors, two dumps; six and four with a key. No time passes over them."""
    monkeypatch.setattr(limits, "buckets", Buckets(clock))
    settings.EXCHANGE = settings.EXCHANGE | {
        "READS_A_MINUTE": 3,
        "READS_A_MINUTE_WITH_KEY": 6,
        "DUMPS_A_MINUTE": 2,
        "DUMPS_A_MINUTE_WITH_KEY": 4,
    }


# Buckets


def test_a_minutes_worth_at_once_then_evenly(clock):
    buckets = Buckets(clock)

    assert [buckets.take("anna", 3).left for _time in range(3)] == [2, 1, 0]
    assert buckets.take("anna", 3) == Taken(3, 0, 20)
    clock.now += 20
    assert buckets.take("anna", 3) == Taken(3, 0, 0)
    clock.now += 60
    assert buckets.take("anna", 3) == Taken(3, 2, 0)


def test_one_waits_and_the_other_does_not(clock):
    buckets = Buckets(clock)
    for _time in range(4):
        buckets.take("anna", 3)

    assert buckets.take("bine", 3).wait == 0


def test_what_was_refused_does_not_make_the_wait_longer(clock):
    buckets = Buckets(clock)
    for _time in range(50):
        waits = buckets.take("anna", 3).wait

    assert waits == 20


def test_a_flood_of_addresses_takes_only_so_much_memory(clock, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 100)
    buckets = Buckets(clock)
    for number in range(1_000):
        buckets.take(number, 3)

    assert len(buckets) <= 100


def test_the_flood_forgets_first_those_who_were_not_waiting(clock, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 10)
    buckets = Buckets(clock)
    for number in range(9):
        buckets.take(number, 60)  # full again in a second
    for _time in range(4):
        buckets.take("anna", 3)
    clock.now += 2
    buckets.take("bine", 3)

    assert len(buckets) == 2
    assert buckets.take("anna", 3).wait > 0


# Whose bucket it is


def asks(**meta):
    return address_of(RequestFactory().get("/api/v1/practices/", **meta))


def test_what_a_visitor_says_of_herself_changes_nothing():
    assert asks(REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1") == "192.0.2.7"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.1, 192.0.2.9", "192.0.2.9"),  # the first she sent herself
        ("192.0.2.9", "192.0.2.9"),
        ("192.0.2.9:50123", "192.0.2.9"),
        ("", "10.0.0.1"),
        ("1.1.1.1, ", "10.0.0.1"),
        ("1.1.1.1, [2001:db8::1]", "20010db800000000"),
        ("1.1.1.1, ::nonsense::", "?"),
    ],
)
def test_behind_a_proxy_only_what_the_proxy_wrote_counts(settings, forwarded, address):
    settings.BEHIND_PROXY = True

    assert asks(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded) == address


def test_a_household_has_one_bucket():
    one, other, far = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")

    assert asks(REMOTE_ADDR=one) == asks(REMOTE_ADDR=other) != asks(REMOTE_ADDR=far)
    assert asks(REMOTE_ADDR="::ffff:192.0.2.7") == "192.0.2.7"


# At the doors


def test_who_asks_too_often_is_told_how_long_to_wait(few, api, problem):
    for _time in range(3):
        api("practices/")

    told = problem("practices/", 429)
    response = api("practices/", status=429)

    assert told["name"] == "too-many-requests"
    assert response["Retry-After"] == "20"
    assert response["RateLimit-Policy"] == '"read";q=3;w=60'
    assert response["RateLimit"] == '"read";r=0;t=20'
    assert (response["Cache-Control"], response["Access-Control-Allow-Origin"]) == ("no-store", "*")
    assert len(response["X-Request-ID"]) == 36


def test_a_forged_header_gives_nobody_more(few, api):
    for number in range(3):
        api("practices/", x_forwarded_for=f"198.51.100.{number}")

    api("practices/", status=429, x_forwarded_for="198.51.100.9")


def test_behind_a_proxy_each_visitor_has_her_own(few, api, settings):
    settings.BEHIND_PROXY = True
    for _time in range(3):
        api("practices/", x_forwarded_for="192.0.2.1")

    api("practices/", status=429, x_forwarded_for="192.0.2.1")
    api("practices/", status=429, x_forwarded_for="203.0.113.5, 192.0.2.1")
    api("practices/", x_forwarded_for="192.0.2.2")


def test_dumps_are_counted_apart(few, api):
    for _time in range(2):
        api("dumps/")

    api("dumps/", status=429)
    api("interreg/projects.xsd", status=429)
    api("practices/")


@pytest.mark.parametrize(
    "path", ["/oai?verb=Identify", "/feeds/all.atom", "/catalogue.ttl", "/.well-known/api-catalog"]
)
def test_all_read_doors_are_counted(few, client, path):
    answers = [client.get(path).status_code for _time in range(4)]

    assert answers == [200, 200, 200, 429]


def test_pages_for_people_are_not_counted(few, client):
    assert {client.get("/api/docs/").status_code for _time in range(5)} == {200}


def test_a_browsers_question_before_the_question_is_not_counted(few, client):
    assert {client.options("/api/v1/practices/").status_code for _time in range(5)} == {204}


def test_a_network_with_a_key_may_ask_more_often(few, api, bearer):
    for _time in range(6):
        api("practices/", authorization=bearer)

    assert api("practices/", status=429, authorization=bearer)["RateLimit-Policy"] == '"read";q=6;w=60'
    api("dumps/", authorization=bearer)


def test_two_keys_of_a_network_share_a_bucket(few, api, make_key):
    first, second = (f"Bearer {make_key()[1]}" for _time in range(2))
    for _time in range(3):
        api("practices/", authorization=first)
        api("practices/", authorization=second)

    api("practices/", status=429, authorization=second)


def test_where_its_scopes_do_not_reach_a_key_counts_as_a_visitor(few, api, make_key):
    key = f"Bearer {make_key(scopes=['read'])[1]}"
    for _time in range(2):
        api("dumps/", authorization=key)

    assert api("dumps/", status=429, authorization=key)["RateLimit-Policy"] == '"harvest";q=2;w=60'


def test_a_good_key_does_not_wait_for_its_neighbours(few, api, bearer):
    """Many may have one address."""
    for number in range(4):
        api("practices/", status=200 if number < 3 else 429)

    api("practices/", authorization=bearer)


def test_a_good_key_does_not_wait_for_the_bad_ones_of_its_neighbours(few, api, bearer):
    for number in range(5):
        api("practices/", status=401 if number < 3 else 429, authorization=f"Bearer mer_{number:012}_{'x' * 43}")

    api("practices/", authorization=bearer)
    api("practices/", authorization=bearer)


@pytest.mark.parametrize(("sent", "most"), [("no", 0), (f"mer_{'0' * 12}_{'x' * 43}", 1)])
def test_whoever_guesses_costs_one_look_at_an_index(few, api, django_assert_num_queries, sent, most):
    for number in range(5):
        with django_assert_num_queries(most):
            api("practices/", status=401 if number < 3 else 429, authorization=f"Bearer {sent}")


def test_who_tries_keys_waits_apart_from_visitors(few, api):
    for number in range(4):
        api("practices/", status=401 if number < 3 else 429, authorization="Bearer no")

    api("practices/")


def test_whoever_tries_keys_is_slowed_down(few, api):
    wrong = f"Bearer mer_{'0' * 12}_{'x' * 43}"
    for _time in range(3):
        api("practices/", status=401, authorization=wrong)

    api("practices/", status=429, authorization=wrong)
