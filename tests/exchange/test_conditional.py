"""Who has an answer already gets none: ETag and 304, HEAD, CORS, and the headers of every answer."""

from types import SimpleNamespace

import pytest

from catalogue.filters import EntryFilter
from catalogue.models import CatalogueState
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, republish, texts, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return publish(GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory())))


@pytest.fixture
def doors(practice):
    """Every door that reads, by its name."""
    record = f"practices/{practice.uid}/"
    return {
        "doors": "",
        "list": "practices/",
        "filtered": "practices/?country=SI&view=summary&facets=yes",
        "record": record,
        "versions": f"{record}versions/",
        "version": f"{record}versions/1/",
        "related": f"partners/{practice.organisation_in_charge.uid}/related/",
        "changes": "changes/",
        "state": "state/",
        "schema": "schema/",
    }


DOORS = ["doors", "list", "filtered", "record", "versions", "version", "related", "changes", "state", "schema"]
# How many statements tell that nothing has changed.
LOOKS = {"doors": 0, "schema": 0, "related": 2}


@pytest.mark.parametrize("door", DOORS)
def test_what_is_known_is_not_sent_again_nor_read(api, doors, door, django_assert_num_queries):
    first = api(doors[door])

    with django_assert_num_queries(LOOKS.get(door, 1)) as queries:
        again = api(doors[door], status=304, if_none_match=first["ETag"])

    assert not any('"document"' in query["sql"] or '"card"' in query["sql"] for query in queries)
    assert again.content == b""
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert again[name] == first[name]


@pytest.mark.parametrize("known", ['"x", {}', "*", "{}", 'W/"y",{} , "z"'])
def test_the_ways_to_say_what_is_known(api, doors, known):
    etag = api(doors["list"])["ETag"]

    api(doors["list"], status=304, if_none_match=known.format(etag))
    api(doors["list"], status=304, if_none_match=known.format(etag.removeprefix("W/")))


@pytest.mark.parametrize("known", ["", "x", '"', '"x"', "W/", "W/x", "," * 500])
def test_what_is_not_known_is_sent(api, doors, known):
    api(doors["list"], if_none_match=known)


@pytest.mark.parametrize("door", ["list", "filtered", "record", "versions", "changes", "state"])
def test_a_publication_makes_a_new_answer(api, doors, door, practice):
    etag = api(doors[door])["ETag"]

    republish(practice, title=texts("Changed", "Spremenjeno"))

    assert api(doors[door], if_none_match=etag)["ETag"] != etag


def test_a_record_stays_known_while_others_change(api, doors):
    etag = api(doors["record"])["ETag"]

    publish(GoodPracticeFactory())

    api(doors["record"], status=304, if_none_match=etag)


def test_what_points_to_a_record_may_change_without_it(api, doors, practice):
    etag = api(doors["related"])["ETag"]

    publish(GoodPracticeFactory(organisation_in_charge=practice.organisation_in_charge))

    assert len(api(doors["related"], if_none_match=etag).json()["results"]) == 2


def test_a_withdrawn_record_is_gone_even_for_who_knows_it(api, doors, practice):
    etag = api(doors["record"])["ETag"]
    withdraw(practice)

    api(doors["record"], status=410, if_none_match=etag)


def test_another_question_form_host_release_or_epoch_is_another_answer(api, doors, monkeypatch):
    def etag(path=doors["list"], **headers):
        return api(path, **headers)["ETag"]

    known = {etag(), etag("practices/?page_size=50"), etag(host="localhost"), etag("projects/")}
    known |= {etag("schema/"), etag("schema/", accept="application/yaml")}
    with monkeypatch.context() as patch:
        patch.setattr("exchange.doors.RELEASE", "another")
        known.add(etag())
    CatalogueState.objects.update(epoch="another")
    known.add(etag())

    assert len(known) == 8


@pytest.mark.parametrize("door", DOORS)
def test_head_is_get_without_the_body(api, doors, door):
    got, head = api(doors[door]), api(doors[door], method="head")

    assert head.content == b""
    assert head["Content-Length"] == str(len(got.content)) == got["Content-Length"]
    assert (head["ETag"], head["Content-Type"]) == (got["ETag"], got["Content-Type"])


def test_head_of_what_is_not_there(api):
    response = api("practices/x/", status=404, method="head")

    assert response.content == b""
    assert int(response["Content-Length"]) > 0


# Pages of other sites


@pytest.mark.parametrize("door", DOORS)
def test_pages_of_all_sites_may_read_without_credentials(api, doors, door):
    response = api(doors[door], origin="https://other.example", cookie="sessionid=x")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert response["Vary"] == "Accept, Accept-Encoding"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_browser_may_ask_before_it_sends_a_conditional_request(api, doors):
    for path in doors.values():
        response = api(
            path,
            status=204,
            method="options",
            origin="https://other.example",
            access_control_request_method="GET",
            access_control_request_headers="if-none-match",
        )
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in response["Access-Control-Allow-Headers"]
        assert response.content == b""


def test_options_do_not_care_what_is_accepted(api):
    api("practices/", status=204, method="options", accept="text/html")


def test_a_problem_can_be_read_by_pages_of_other_sites(api):
    response = api("practices/?foo=1", status=400)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Vary"] == "Accept, Accept-Encoding, Sec-Fetch-Mode"
    assert "ETag" not in response


def test_the_doors_tell_where_they_are_described(api):
    link = api("")["Link"]

    assert link == '</api/v1/schema/>; rel="service-desc", </api/docs/>; rel="service-doc"'


@pytest.mark.parametrize("path", ["events/?when=coming", "dumps/events.ndjson?when=coming"])
def test_the_minute_that_an_etag_tells_is_not_behind_the_moment_of_its_rows(client, monkeypatch, path):
    order, entries = [], EntryFilter.entries

    def found(form, **without):
        order.append("rows")
        return entries(form, **without)

    monkeypatch.setattr(EntryFilter, "entries", found)
    monkeypatch.setattr("exchange.doors.time", SimpleNamespace(time=lambda: order.append("minute") or 60))

    assert client.get(f"/api/v1/{path}").status_code == 200
    assert order[0] == "minute"
