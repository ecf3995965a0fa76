"""A kind as it is read: whole or filtered, from one moment, with the cursor to go on from."""

import json
from dataclasses import replace

import pytest

from catalogue import kinds
from catalogue.models import Entry
from exchange.dumps import files
from exchange.dumps.formats import FORMATS
from exchange.models import DumpFile
from tests.exchange.dumps.conftest import others_reading, taken
from tests.factories import GoodPracticeFactory, publish, texts, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def stored(kind: str) -> list[str]:
    return list(Entry.objects.visible().ours().of_kind(kind).order_by("pk").values_list("document", flat=True))


def test_ndjson_has_each_record_in_the_bytes_of_its_document(dumped, every_kind):
    for kind in kinds.all_kinds():
        assert dumped(f"{kind.name}.ndjson") == "".join(f"{text}\n" for text in stored(kind.name)).encode()
        assert stored(kind.name)


def test_a_filtered_dump_has_what_the_list_has(dumped, read):
    publish(GoodPracticeFactory())
    publish(GoodPracticeFactory(title=texts("Changed", "Spremenjeno")))

    found = dumped("practices.ndjson?q=changed&language=sl")

    assert [json.loads(line) for line in found.splitlines()] == read("practices/?q=changed&language=sl")["results"]
    assert found.count(b"\n") == 1


@pytest.mark.parametrize("ending", ["ndjson", "csv", "xlsx", "jsonld"])
def test_a_question_that_nothing_can_answer_has_a_file_without_records(dumped, ending):
    publish(GoodPracticeFactory())

    content = dumped(f"practices.{ending}?q=%21")

    assert bool(content) is (ending != "ndjson")  # the others have headings
    assert b"Good practice" not in content


def test_what_is_asked_wrongly_is_told_as_in_the_list(problem):
    assert problem("dumps/practices.ndjson?country=XX1&page_size=3", 400)["errors"] == [
        {"parameter": "page_size", "code": "unknown", "message": "There is no such parameter."},
        {"parameter": "country", "code": "invalid", "message": "'XX1' is not an ISO 3166-1 code."},
    ]
    assert problem("dumps/practices.xml", 404)["name"] == "not-found"
    assert problem("dumps/practices.csv", 406, Accept="application/json")["name"] == "not-acceptable"


def test_the_cursor_goes_on_where_the_dump_ends(dumped, read):
    first = publish(GoodPracticeFactory())
    dumped("practices.ndjson")
    cursor = dumped.answer["X-Cursor"]
    second = publish(GoodPracticeFactory())
    withdraw(first)

    changes = read(f"changes/?since={cursor}&kind=practices")["results"]

    assert [(change["uid"], change["op"]) for change in changes] == [
        (str(second.uid), "upsert"),
        (str(first.uid), "delete"),
    ]
    assert "X-Cursor" in dumped.answer["Access-Control-Expose-Headers"]


def test_drafts_and_what_was_withdrawn_are_in_no_dump(dumped):
    withdraw(publish(GoodPracticeFactory(title=texts("Canary one", "Kanarček"))))
    GoodPracticeFactory(title=texts("Canary two", "Kanarček"))
    changed = publish(GoodPracticeFactory())
    changed.title = texts("Canary three", "Kanarček")
    changed.save_revision()

    for ending in ("ndjson", "csv", "jsonld"):
        found = dumped(f"practices.{ending}")
        assert b"Canary" not in found
        assert str(changed.uid).encode() in found


def test_an_unchanged_catalogue_need_not_be_read_again(api):
    publish(GoodPracticeFactory())
    first = api("dumps/practices.csv")

    again = api("dumps/practices.csv", status=304, **{"If-None-Match": first["ETag"]})

    assert (again["ETag"], again["X-Cursor"]) == (first["ETag"], first["X-Cursor"])
    publish(GoodPracticeFactory())
    assert api("dumps/practices.csv", **{"If-None-Match": first["ETag"]}).streaming


def test_the_head_alone_makes_no_dump(api):
    head = api("dumps/practices.xlsx", method="head")

    assert head["Content-Disposition"] == 'attachment; filename="practices.xlsx"'
    assert not head.has_header("Content-Length")
    assert taken() == 0


def test_the_names_of_formats_are_told_truly(dumped):
    dumped("practices.csv")
    assert dumped.answer["Content-Type"] == "text/csv; charset=utf-8; header=present"
    dumped("practices.ndjson")
    assert dumped.answer["Content-Type"] == "application/x-ndjson"


def test_more_records_than_a_workbook_has_rows_are_refused_before_anything_is_made(problem, monkeypatch):
    publish(GoodPracticeFactory())
    publish(GoodPracticeFactory())
    monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], most=1))

    told = problem("dumps/practices.xlsx", 400)

    assert (told["name"], told["detail"].startswith("A workbook holds 1 records")) == ("too-many-rows", True)


@pytest.mark.parametrize("ending", ["ndjson", "csv", "xlsx", "jsonld"])
def test_a_dump_costs_as_many_statements_for_many_records_as_for_few(client, django_assert_num_queries, ending):
    for _size in (3, 30):
        while Entry.objects.count() < _size:
            publish(GoodPracticeFactory())
        # The state, and the rows on SQLite; on PostgreSQL the place, as copying is none of Django's statements.
        with django_assert_num_queries(2 + (ending == "xlsx")):
            assert b"".join(client.get(f"/api/v1/dumps/practices.{ending}"))


def test_the_fifth_reader_is_sent_away_with_the_file_that_is_ready(client, settings):
    publish(GoodPracticeFactory())
    files.make("practices")

    with others_reading(settings.EXCHANGE["DUMPS_AT_ONCE"]):
        answer = client.get("/api/v1/dumps/practices.ndjson")

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json()["type"].endswith("/problems/too-many-readers")
    file = DumpFile.objects.get(format="ndjson", compression="")
    assert answer.json()["ready_made"] == f"https://portal.example/api/v1/dumps/files/{file.name}"


def test_one_place_is_enough(dumped, settings):
    with others_reading(settings.EXCHANGE["DUMPS_AT_ONCE"] - 1):
        dumped("practices.ndjson")
