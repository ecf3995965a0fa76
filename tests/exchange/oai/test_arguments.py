"""What is wrong is told in the standard's words, and nothing is ignored silently."""

import pytest
from django.db import OperationalError

from exchange.oai.arguments import FORM
from tests.factories import GoodPracticeFactory, publish

pytestmark = [pytest.mark.django_db, pytest.mark.core]

LIST = "verb=ListRecords&metadataPrefix=oai_dc"
FAULTS = {
    "": "badVerb",
    "verb=": "badVerb",
    "verb=listrecords": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=Identify&verb=ListSets": "badVerb",
    "verb=Identify&set=kind:practices": "badArgument",
    "verb=Identify&foo=1": "badArgument",
    "verb=ListSets&metadataPrefix=oai_dc": "badArgument",
    "verb=ListSets&resumptionToken=x": "badResumptionToken",
    "verb=ListMetadataFormats&metadataPrefix=oai_dc": "badArgument",
    "verb=ListMetadataFormats&identifier=oai:portal.example:x": "idDoesNotExist",
    "verb=GetRecord": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=GetRecord&identifier=oai:portal.example:x": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=a%20b": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=nothing": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:portal.example:": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=marc21&identifier=nothing": "cannotDisseminateFormat",
    "verb=ListRecords": "badArgument",
    "verb=ListRecords&metadataPrefix=": "badArgument",
    "verb=ListRecords&metadataPrefix=marc21": "cannotDisseminateFormat",
    "verb=ListRecords&metadataPrefix=OAI_DC": "cannotDisseminateFormat",
    "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc": "badArgument",
    f"{LIST}&set=": "badArgument",
    f"{LIST}&set=kind": "noRecordsMatch",
    f"{LIST}&set=kind:": "badArgument",
    f"{LIST}&set=kind:nothing": "noRecordsMatch",
    f"{LIST}&set=kind:practices:more": "noRecordsMatch",
    f"{LIST}&set=č": "badArgument",
    f"{LIST}&set=network:nowhere": "noRecordsMatch",
    f"{LIST}&from=": "badArgument",
    f"{LIST}&from=yesterday": "badArgument",
    f"{LIST}&from=2026": "badArgument",
    f"{LIST}&from=2026-06": "badArgument",
    f"{LIST}&from=2026-6-1": "badArgument",
    f"{LIST}&from=2026-02-29": "badArgument",
    f"{LIST}&from=0000-01-01": "badArgument",
    f"{LIST}&from=2026-06-01T10:00:00": "badArgument",
    f"{LIST}&from=2026-06-01T10:00:00.5Z": "badArgument",
    f"{LIST}&from=2026-06-01T10:00Z": "badArgument",
    f"{LIST}&from=2026-06-01T24:00:00Z": "badArgument",
    f"{LIST}&from=2026-06-01T10:00:60Z": "badArgument",
    f"{LIST}&from=2026-06-01T10:00:00%2B02:00": "badArgument",
    f"{LIST}&from=٢٠٢٦-06-01": "badArgument",
    f"{LIST}&from=2026-06-02&until=2026-06-01": "badArgument",
    f"{LIST}&from=2026-06-01T10:00:01Z&until=2026-06-01T10:00:00Z": "badArgument",
    f"{LIST}&from=2026-06-01&until=2026-06-02T00:00:00Z": "badArgument",
    f"{LIST}&until=2025-12-31": "noRecordsMatch",
    f"{LIST}&until=0001-01-01": "noRecordsMatch",
    f"{LIST}&from=9999-12-31": "noRecordsMatch",
    f"{LIST}&from=9999-12-31T23:59:59Z&until=9999-12-31T23:59:59Z": "noRecordsMatch",
    "verb=ListRecords&resumptionToken=": "badResumptionToken",
    "verb=ListRecords&resumptionToken=rubbish": "badResumptionToken",
    "verb=ListRecords&resumptionToken=%00": "badArgument",
    "verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords&resumptionToken=x&resumptionToken=x": "badArgument",
}


@pytest.fixture
def practice(at):
    at("10:00:00")
    return publish(GoodPracticeFactory())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("query", "code"), FAULTS.items(), ids=lambda value: value[:60])
def test_a_fault_has_its_code_and_a_sentence(ask, practice, query, code, method):
    answer = ask(query, method=method) if query else ask("&", method=method)

    assert set(answer.errors) == {code}
    assert all(each.endswith(".") for each in answer.texts("error"))


def test_every_wrong_argument_is_named(ask):
    answer = ask("verb=ListRecords&foo=1&set=a%20b&set=c")

    assert answer.errors == ["badArgument"] * 4
    assert [text.partition(":")[0] for text in answer.texts("error")] == ["foo", "set", "metadataPrefix", "set"]


def test_arguments_are_repeated_unless_they_cannot_be_read(ask, practice):
    assert ask("verb=Identify").asked == {"verb": "Identify"}
    assert ask("verb=Nothing").asked == {}
    assert ask("verb=Identify&foo=1").asked == {}
    assert ask(f"{LIST}&set=no:such").asked == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "no:such"}
    assert ask(f"{LIST}&from=2026-06-01").asked == {
        "verb": "ListRecords",
        "metadataPrefix": "oai_dc",
        "from": "2026-06-01",
    }


@pytest.mark.parametrize("path", ["/oai", "/oai/"])
def test_the_address_answers_with_and_without_a_slash(client, path):
    for response in (client.get(f"{path}?verb=Identify"), client.post(path, "verb=Identify", content_type=FORM)):
        assert response.status_code == 200
        assert b'<request verb="Identify">https://portal.example/oai</request>' in response.content


def test_a_form_is_read_whatever_its_parameters(client):
    assert b"<Identify>" in client.post("/oai", "verb=Identify", content_type=f"{FORM}; charset=utf-8").content
    assert b"badVerb" in client.post("/oai", '{"verb": "Identify"}', content_type="application/json").content


def test_an_argument_in_the_address_and_in_the_form_stands_twice(client):
    answer = client.post("/oai?verb=Identify", "verb=Identify", content_type=FORM)

    assert b"badVerb" in answer.content


def test_far_too_much_is_an_argument_that_is_bad(client):
    for body in ("verb=Identify&" + "a" * 60_000, "&".join(f"a{n}=" for n in range(12_000)), "x" * 11_000_000):
        response = client.post("/oai", body, content_type=FORM)
        assert (response.status_code, b'code="badArgument"' in response.content) == (200, True)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_told_the_right_ones(client, method):
    response = getattr(client, method)("/oai?verb=Identify")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_the_head_is_as_long_as_the_answer_and_nothing_is_kept(client):
    whole, head = client.get("/oai?verb=Identify"), client.head("/oai?verb=Identify")

    assert (head.content, head["Content-Length"]) == (b"", str(len(whole.content)))
    assert whole["Cache-Control"] == "no-store"
    assert whole["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in whole
    asked_first = client.options("/oai")
    assert (asked_first.status_code, asked_first["Access-Control-Allow-Headers"]) == (204, "Authorization")


def test_a_database_that_does_not_answer_is_worth_another_try(client, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr("exchange.oai.clock.Clock.read", away)
    response = client.get("/oai?verb=Identify")

    assert (response.status_code, response["Retry-After"]) == (503, "10")
