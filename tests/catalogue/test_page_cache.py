"""Pages kept for readers without an account: never older than the last publication, never anybody's own."""

import gzip
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue import page_cache
from pages.models import SiteState
from tests.factories import GoodPracticeFactory, UserFactory, publish, republish, texts, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def practice():
    return publish(GoodPracticeFactory(title=texts("A quiet yard", "Tiho dvorišče")))


def address(practice, language="en") -> str:
    return f"/{language}/practices/{practice.slug}/"


def queries(client, url, **headers) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        client.get(url, headers=headers or None)
    return [query["sql"] for query in asked]


def page(client, url, **headers) -> str:
    return client.get(url, headers=headers or None).content.decode()


@pytest.mark.parametrize("path", ["", "practices/", "practices/?country=SI&topic=circular-economy", "search/?q=yard"])
def test_a_kept_page_costs_the_version_alone(client, practice, path):
    first = page(client, f"/en/{path}")

    [asked] = queries(Client(), f"/en/{path}")

    assert "pages_sitestate" in asked
    assert page(Client(), f"/en/{path}") == first


def test_a_publication_is_seen_at_once(client, practice):
    page(client, "/en/practices/")
    page(client, address(practice))

    republish(practice, title=texts("A loud yard", "Glasno dvorišče"))

    assert "A loud yard" in page(client, "/en/practices/")
    assert "A loud yard" in page(client, address(practice))


def test_a_withdrawal_is_seen_at_once(client, practice):
    page(client, address(practice))
    page(client, "/en/practices/")

    withdraw(practice)

    assert client.get(address(practice)).status_code == 410
    assert "A quiet yard" not in page(client, "/en/practices/")


def test_a_change_of_the_site_is_seen_at_once(client):
    page(client, "/en/")
    SiteState.objects.bump()

    assert len(queries(client, "/en/")) > 1


def test_who_is_signed_in_is_given_no_kept_page_and_leaves_none(client, practice):
    page(client, "/en/practices/")
    signed_in = Client()
    signed_in.force_login(UserFactory())

    assert "Sign out" in page(signed_in, "/en/practices/")
    assert "Sign out" in page(signed_in, address(practice))
    assert "Sign out" not in page(client, "/en/practices/")
    assert "Sign out" not in page(client, address(practice))


def test_languages_and_questions_have_pages_of_their_own(client, practice):
    assert page(client, address(practice)) != page(client, address(practice, "sl"))
    assert page(client, "/en/practices/?country=SI") != page(client, "/en/practices/?country=IT")


def test_the_order_of_a_question_does_not_matter(client, practice):
    page(client, "/en/practices/?country=SI&topic=circular-economy")

    assert len(queries(client, "/en/practices/?topic=circular-economy&country=SI")) == 1


@pytest.mark.parametrize("path", ["/en/practices/none-such/", "/en/practices/?country=XX1", "/en/practices/new/", "/"])
def test_only_pages_that_went_well_are_kept(client, path, monkeypatch):
    kept = []
    monkeypatch.setattr(caches["pages"], "set", lambda key, *told: kept.append(key))

    client.get(path)
    assert kept == []
    client.get("/en/")
    assert len(kept) == 1


def test_a_form_with_a_token_is_not_kept(client, rf):
    page(client, "/accounts/login/")
    request = rf.get("/en/")
    request.META["CSRF_COOKIE"] = "secret"

    assert page_cache._seconds_to_keep(request, client.get("/en/")) == 0


def test_a_page_with_a_time_in_it_goes_with_that_time(client, rf):
    request, response = rf.get("/en/"), client.get("/en/")

    request.fresh_until = timezone.now() + timedelta(seconds=90)
    assert 88 <= page_cache._seconds_to_keep(request, response) <= 90
    request.fresh_until = timezone.now() - timedelta(seconds=1)
    assert page_cache._seconds_to_keep(request, response) <= 0


def test_a_kept_page_is_compressed_for_those_who_take_it(client, practice):
    first = page(client, address(practice))

    kept = client.get(address(practice), headers={"Accept-Encoding": "gzip, br"})

    assert (kept["Content-Encoding"], gzip.decompress(kept.content).decode()) == ("gzip", first)
    assert "Accept-Encoding" in kept["Vary"]
    assert int(kept["Content-Length"]) == len(kept.content)
    assert client.get(address(practice), headers={"Accept-Encoding": "identity"}).content.decode() == first


def test_a_kept_page_carries_what_every_page_carries(client, practice):
    first = client.get(address(practice))
    kept = client.get(address(practice))

    own = {"X-Request-ID", "Vary"}
    assert {name: value for name, value in kept.items() if name not in own} == {
        name: value for name, value in first.items() if name not in own
    }
    assert kept["X-Request-ID"] != first["X-Request-ID"]


def test_a_foreign_host_is_refused_whether_the_page_is_kept_or_not(client):
    page(client, "/en/")

    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400


def test_other_code_makes_other_pages(client, monkeypatch):
    page(client, "/en/")
    monkeypatch.setattr(page_cache, "release", lambda: "another")

    assert len(queries(client, "/en/")) > 1


def test_nothing_personal_stands_in_a_kept_page(client, practice):
    client.get(address(practice))
    answer = client.get(address(practice))

    assert answer.cookies == {}
    assert not re.search(r"csrf|nonce", answer.content.decode())


def test_a_portal_below_another_path_has_pages_of_its_own(client, practice):
    client.get("/en/practices/", SCRIPT_NAME="//evil.example")

    assert "evil.example" not in page(client, "/en/practices/")


def test_who_refuses_compression_is_given_none(client, practice):
    page(client, address(practice))

    assert "Content-Encoding" not in client.get(address(practice), headers={"Accept-Encoding": "gzip;q=0"})


def test_any_number_of_questions_takes_a_bounded_room_and_no_count_of_failed_log_ins(client, practice):
    caches["default"].set("failed-log-ins", 5, timeout=None)
    room = settings.CACHES["pages"]["OPTIONS"]["MAX_ENTRIES"]
    client.get(address(practice))
    for number in range(2 * room):
        caches["pages"].set(f"page:{number}", b"")
        if number % 50 == 0:
            assert len(queries(client, address(practice))) == 1  # a page that is read stays

    assert sum(caches["pages"].get(f"page:{number}") is not None for number in range(2 * room)) <= room
    assert caches["default"].get("failed-log-ins") == 5
