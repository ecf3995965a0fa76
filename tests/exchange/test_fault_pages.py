"""Somebody follows a link to a file and it is not there: her browser shows a page of the portal. Programs get what they got."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError, connections
from django.test import Client
from django.urls import reverse

from exchange.dumps import files, shelf
from exchange.dumps.formats import FORMATS
from exchange.keys import limits
from exchange.keys.limits import Buckets
from exchange.lists import RecordList
from exchange.models import DumpFile
from exchange.problems import PROBLEM_TYPES, Problem
from tests.exchange.dumps.conftest import others_reading
from tests.factories import GoodPracticeFactory, publish, withdraw
from tests.pages.furnished import NAVIGATES
from tests.test_error_pages import HOSTILE, as_sent
from tests.test_headers import policy
from tests.test_pages_html import LOOKS, inline_code, other_hosts, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.core]

HTML, PROBLEM = "text/html; charset=utf-8", "application/problem+json"
OF_PAGES = ("Content-Security-Policy", "X-Frame-Options", "Content-Language")


@pytest.fixture
def browser():
    return Client(headers=NAVIGATES, raise_request_exception=False)


@pytest.fixture
def program():
    return Client(headers={"Accept": "text/html, */*;q=0.1"}, raise_request_exception=False)


@pytest.fixture
def page(browser):
    """`page("/api/…", 404)`: what stands in the page, after a look at what all of them have in common."""

    def get(path: str, status: int, **headers) -> str:
        answer = get.answer = browser.get(path, headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (status, HTML), answer.content.decode()
        tree, faults = parsed(answer.content)
        assert faults == [] and [look(tree) for look in LOOKS] == [[]] * len(LOOKS)
        shown = answer.content.decode()
        return unescape(shown[shown.index("<main") : shown.index("</main>")])

    return get


def heading(shown: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", shown)[1]


@pytest.fixture
def few(settings, monkeypatch):
    """Nobody may ask for a file twice; no time passes over it."""
    monkeypatch.setattr(limits, "buckets", Buckets(lambda: 1_000.0))
    settings.EXCHANGE = settings.EXCHANGE | {"DUMPS_A_MINUTE": 1}


@pytest.fixture
def too_many(settings):
    """As many readers as can be served."""
    publish(GoodPracticeFactory())
    with others_reading(settings.EXCHANGE["DUMPS_AT_ONCE"]):
        yield


@pytest.fixture
def without_database(monkeypatch):
    def refuse(*arguments, **options):
        raise OperationalError("the database is gone")

    monkeypatch.setattr(connections["default"], "cursor", refuse)


# What people read


def test_too_many_readers_are_told_how_long_to_wait_and_of_the_file_that_is_ready(page, too_many):
    files.make("practices")
    file = DumpFile.objects.get(format="ndjson", compression="")

    shown = page("/api/v1/dumps/practices.ndjson?country=SI", 503)

    assert heading(shown) == "Too many readers"
    assert (
        f'<a class="btn" href="https://portal.example/api/v1/dumps/files/{file.name}">Take the ready-made file' in shown
    )
    assert "Try again in 10 seconds." in shown
    assert '<a class="btn quiet" href="/api/v1/dumps/practices.ndjson?country=SI">Try again</a>' in shown
    assert page.answer["Retry-After"] == "10"


def test_where_no_file_is_ready_none_is_offered(page, too_many):
    assert "ready-made" not in page("/api/v1/interreg/operations.xlsx", 503)


def test_who_asks_too_often_is_told_after_how_many_seconds_on_a_page_that_asks_nothing(
    page, few, django_assert_num_queries
):
    page("/api/v1/dumps/practices.xml", 404)

    with django_assert_num_queries(0):
        shown = page("/api/v1/dumps/practices.xml", 429)

    assert heading(shown) == "Too many requests"
    assert "Try again in 60 seconds." in shown
    told = {name: page.answer[name] for name in ("Retry-After", "RateLimit", "RateLimit-Policy", "Cache-Control")}
    assert told == {
        "Retry-After": "60",
        "RateLimit": '"harvest";r=0;t=60',
        "RateLimit-Policy": '"harvest";q=1;w=60',
        "Cache-Control": "no-store",
    }


def test_a_file_that_is_gone_is_not_to_be_had_and_the_present_ones_are(page):
    publish(GoodPracticeFactory())
    files.make("practices")
    name = DumpFile.objects.first().name
    shelf.path_of(name).unlink()

    shown = page(f"/api/v1/dumps/files/{name}", 410)

    assert heading(shown) == "No longer kept"
    assert '<a class="btn quiet" href="/en/network/dumps/">Take the catalogue with you</a>' in shown


def test_what_became_of_a_withdrawn_record_stands_at_its_own_address(page):
    one = withdraw(publish(GoodPracticeFactory()))

    shown = page(f"/api/v1/practices/{one.uid}/", 410)

    assert heading(shown) == "Withdrawn"
    assert f'<a class="more" href="/id/{one.uid}/">What became of the record</a>' in shown


def test_more_records_than_a_workbook_has_rows_can_be_had_otherwise(page, monkeypatch):
    publish(GoodPracticeFactory()), publish(GoodPracticeFactory())
    monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], most=1))

    shown = page("/api/v1/dumps/practices.xlsx", 400)

    assert heading(shown) == "Too many rows"
    assert "take another format: NDJSON, CSV and JSON-LD have no end" in shown


def test_each_wrong_parameter_is_named(page):
    shown = page("/api/v1/dumps/practices.xlsx?foo=1&country=XX1&q=a&q=b", 400)

    assert heading(shown) == "Invalid parameter"
    assert re.findall(r"<li>(.*?)</li>", shown) == [
        "<strong>foo</strong>: There is no such parameter.",
        "<strong>q</strong>: This parameter can be given only once.",
        "<strong>country</strong>: <span lang=\"en\">'XX1' is not an ISO 3166-1 code.</span>",
    ]


NOWHERE = (
    "/api/v1/dumps/practices.xml",
    "/feeds/nothing.atom",
    "/catalogue.csv",
    "/api/x",
    "/oaix",
    "/feeds/none",
    "/.well-known/none",
)


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_a_problem_for_programs(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_a_page_at_every_door(page, path):
    shown = page(path, 404)

    assert heading(shown) == "Not found"
    assert re.search(r'<p class="small" lang="en">The(re)? ', shown)


def test_a_key_that_is_not_good_is_asked_for_as_always(page):
    shown = page("/api/v1/practices/", 401, authorization="Bearer mer_none")

    assert heading(shown) == "No good key"
    assert page.answer["WWW-Authenticate"] == 'Bearer realm="MER", error="invalid_token"'


def test_a_part_behind_the_end_of_a_file_is_none(page):
    publish(GoodPracticeFactory())
    files.make("practices")
    file = DumpFile.objects.get(format="csv", compression="")

    page(f"/api/v1/dumps/files/{file.name}", 416, range="bytes=99999999-")

    assert page.answer["Content-Range"] == f"bytes */{file.size}"


def test_a_form_that_is_sent_to_a_door_is_told_the_methods(browser):
    for path in ("/api/v1/practices/", "/api/docs/"):
        answer = browser.post(path, {"a": "1"})

        assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "GET, HEAD, OPTIONS", HTML)


def test_a_mistake_of_ours_is_owned_with_the_number_of_its_log_lines(page, monkeypatch):
    monkeypatch.setattr(RecordList, "body", lambda door: 1 / 0)

    shown = page("/api/v1/practices/", 500)

    assert f"<code>{page.answer['X-Request-ID']}</code>" in shown
    assert "division" not in shown


@pytest.mark.parametrize("path", ["/api/v1/dumps/practices.xlsx", "/oai?verb=Identify", "/feeds/all.atom"])
def test_without_a_database_the_page_needs_none(page, path, without_database):
    shown = page(path, 503)

    assert heading(shown) == "Not available at the moment"
    assert "Try again in 10 seconds." in shown
    assert page.answer["Retry-After"] == "10"


def test_nor_does_another_fault_that_is_told_while_the_database_goes(page, without_database):
    assert heading(page("/api/v1/dumps/practices.xml", 404)) == "Not found"


def test_the_frame_of_last_resort_loads_files_that_are_there(browser, without_database):
    shown = browser.get("/feeds/all.atom").content.decode()

    for name in re.findall(r'<link rel="\w+" href="/static/([^"]+)"', shown):
        assert finders.find(name), name


def test_every_type_is_a_page_that_leads_on_to_what_it_means(page, monkeypatch):
    for name, kind in PROBLEM_TYPES.items():

        def stumble(door, name=name):
            raise Problem(name, "For programs.")

        monkeypatch.setattr(RecordList, "body", stumble)
        shown = page("/api/v1/practices/", kind.status)
        assert heading(shown) == str(kind.title)
        assert f'<a href="/problems/{name}">What it means for programs</a>' in shown
        assert 'href="/en/network/dumps/"' in shown and 'href="/en/search/"' in shown


# In whose language


def test_the_page_speaks_the_language_of_the_page_with_the_link(page):
    shown = page(
        "/api/v1/nothing/", 404, referer="http://testserver/sl/network/dumps/?kind=events", accept_language="en"
    )

    assert heading(shown) == "Ni najdeno"
    assert page.answer["Content-Language"] == "sl"
    assert 'href="/sl/network/dumps/"' in shown


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"accept_language": "sl,en;q=0.5"}, "sl"),
        ({"cookie": "django_language=sl", "accept_language": "en"}, "sl"),
        ({"referer": "https://other.example/sl/x/", "accept_language": "en"}, "en"),
        ({"referer": "http://testserver/api/docs/", "accept_language": "sl"}, "sl"),
        ({"referer": "https://[", "accept_language": "x" * 5000}, "en"),
        ({"accept_language": "de"}, "en"),  # which we do not speak yet
        ({}, "en"),
    ],
)
def test_else_what_was_chosen_or_what_the_browser_asks_for(page, headers, language):
    page("/api/v1/nothing/", 404, **headers)

    assert page.answer["Content-Language"] == language
    assert f'<html lang="{language}"' in page.answer.content.decode()


def test_who_reads_slovenian_reads_it_without_a_database_too(page, without_database):
    assert heading(page("/api/v1/state/", 503, accept_language="sl")) == "Trenutno ni na voljo"
    assert '<html lang="sl"' in page.answer.content.decode()


def test_the_next_program_is_told_in_english(page, program):
    page("/api/v1/nothing/", 404, accept_language="sl")

    assert program.get("/api/v1/nothing/").json()["title"] == "Not found"


# What the answer says around it


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/x", "/api/v1/practices/?foo=1"])
def test_a_page_has_the_policy_of_pages_and_a_problem_the_headers_it_had(browser, program, path):
    shown, told = browser.get(path), program.get(path)

    assert policy(shown) == policy(Client().get("/en/nowhere/"))
    assert shown["X-Frame-Options"] == "DENY"
    own = ("Content-Type", "Content-Length", "Vary", "Cache-Control", "X-Request-ID", *OF_PAGES)
    assert {name: value for name, value in shown.items() if name not in own} == {
        name: value for name, value in told.items() if name not in own
    }
    assert not shown.cookies


def test_caches_keep_pages_and_problems_apart(browser, program):
    told, shown = (each.get("/api/v1/nothing/")["Vary"] for each in (program, browser))

    assert told == "Accept, Accept-Encoding, Sec-Fetch-Mode"
    assert shown == f"{told}, Accept-Language, Cookie, Referer"


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/practices/?foo=1", "/api/x"])
def test_the_head_alone_is_as_long_as_the_whole(browser, path):
    whole, head = browser.get(path), browser.head(path)

    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head["Content-Length"] == whole["Content-Length"] == str(len(whole.content))
    assert head["Content-Type"] == HTML


@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin", "Navigate", "navigate, cors", ""])
def test_only_who_navigates_gets_a_page(program, mode):
    answer = program.get("/api/v1/nothing/", headers={"Sec-Fetch-Mode": mode})

    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
    assert not any(name in answer for name in OF_PAGES)


@pytest.mark.parametrize("path", ["practices/", "state/", "dumps/", "dumps/practices.csv", "schema/"])
def test_what_goes_well_is_the_same_for_all(browser, program, path):
    publish(GoodPracticeFactory())
    shown, told = browser.get(f"/api/v1/{path}"), program.get(f"/api/v1/{path}", headers={"Accept": "*/*"})

    assert shown.getvalue() == told.getvalue()
    assert shown.status_code == told.status_code == 200
    assert without_id(shown) == without_id(told)
    known = {"If-None-Match": told["ETag"]}
    again = (
        browser.get(f"/api/v1/{path}", headers=known),
        program.get(f"/api/v1/{path}", headers=known | {"Accept": "*/*"}),
    )
    assert [each.status_code for each in again] == [304, 304]
    assert without_id(again[0]) == without_id(again[1])


def without_id(answer) -> dict:
    return {name: value for name, value in answer.items() if name != "X-Request-ID"}


def test_a_problem_costs_nothing_for_the_page_it_does_not_draw(program, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = program.get("/api/v1/nothing/")

    assert answer.templates == []


def test_the_page_costs_as_much_for_many_records_as_for_few(browser, django_assert_num_queries):
    for _size in (1, 5):
        for _one in range(_size):
            publish(GoodPracticeFactory())
        with django_assert_num_queries(1):  # of the menus
            browser.get("/api/v1/nothing/")


# Whatever comes


@pytest.mark.parametrize(
    "place", ["/api/v1/dumps/{}", "/api/v1/practices/?{}=1&country={}", "/feeds/{}.atom", "/api/{}"]
)
def test_hostile_input_stands_in_the_page_as_text(browser, place):
    for text in [*HOSTILE, '"><script src="//evil.example"></script>', "%22%3E%3Cimg%20src%3Dx%20onerror%3D1%3E"]:
        address, _mark, query = place.replace("{}", text).partition("?")
        answer = as_sent(browser, address, query)
        assert answer.status_code in (301, 400, 404), (address, query)
        if answer.status_code >= 400:
            tree, faults = parsed(answer.content)
            assert (answer["Content-Type"], faults) == (HTML, []), (address, query)
            assert inline_code(tree) == other_hosts(tree) == [], (address, query)


def test_what_is_very_long_is_not_repeated_whole(browser):
    name = "x" * 3000

    shown = browser.get(f"/api/v1/practices/?{name}=1").content.decode()

    main = shown[shown.index("<main") : shown.index("</main>")]
    assert "x" * 199 in main and "x" * 201 not in main


def test_a_host_that_is_not_ours_is_told_no_less(browser):
    answer = browser.get("/api/v1/nothing/", headers={"Host": "evil.example", "Referer": "https://evil.example/sl/"})

    assert answer.status_code == 404
    assert b"evil.example" not in answer.content


def test_who_is_signed_in_is_not_asked_to_sign_in(browser, admin_user):
    browser.force_login(admin_user)

    answer = browser.get("/api/v1/nothing/")

    assert (answer.status_code, answer["Cache-Control"]) == (404, "private, no-cache")
    assert reverse("account_login") not in answer.content.decode()
    assert "My work" in answer.content.decode()
