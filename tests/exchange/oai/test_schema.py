"""Every answer is what the standard's schemas say (with ../shared at hand)."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.every_kind import EVERY_FACTORY
from tests.exchange.oai.conftest import Answer
from tests.factories import GoodPracticeFactory, NetworkFactory, harvested_entry, publish, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]

ASKED = [
    "verb=Identify",
    "verb=ListMetadataFormats",
    "verb=ListMetadataFormats&identifier={known}",
    "verb=ListSets",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier={known}",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier={gone}",
    "verb=ListIdentifiers&metadataPrefix=oai_dc",
    "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2000-01-01&until=2999-12-31&set=kind:practices",
    "verb=ListRecords&metadataPrefix=oai_dc",
    "verb=ListRecords&metadataPrefix=oai_dc&set=network:{network}",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2000-01-01T00:00:00Z&set=topic:area-management-and-governance",
]
WRONG = [
    "",
    "verb=Nothing",
    "verb=Identify&verb=Identify",
    "verb=Identify&foo=%00%0B%1F",
    "verb=Identify&%FF%FE=%EF%BF%BE",
    "verb=ListRecords",
    "verb=ListRecords&metadataPrefix=marc21",
    "verb=ListRecords&metadataPrefix=oai_dc&set=no:such",
    "verb=ListRecords&metadataPrefix=oai_dc&set=no%20such",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30",
    "verb=ListRecords&resumptionToken=%22%3C%26",
    "verb=ListSets&resumptionToken=x",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=nothing",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=%22%3C%26%00",
]


@pytest.fixture
def valid(ask, schema):
    """Asks, and holds the answer to the schema."""

    def valid(*given, **named) -> Answer:
        answer = ask(*given, **named)
        schema.assertValid(answer.root)
        return answer

    return valid


@pytest.fixture
def world():
    network = NetworkFactory()
    harvested_entry(network)
    for factory in EVERY_FACTORY:
        publish(factory())
    gone = withdraw(publish(GoodPracticeFactory()))
    known = publish(GoodPracticeFactory(author="Maja Novak"))
    beginning = "oai:portal.example:"
    return {"network": network.slug, "known": f"{beginning}{known.uid}", "gone": f"{beginning}{gone.uid}"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("query", ASKED)
def test_what_is_asked_well_is_answered_by_the_schema(valid, world, query, method):
    answer = valid(query.format(**world), method=method)

    assert answer.errors == []


@pytest.mark.parametrize("query", WRONG)
def test_what_is_asked_badly_is_answered_by_the_schema(valid, query):
    assert valid(query).errors != []


def test_pages_with_tokens_are_by_the_schema(valid, pages, page_of, world, schema):
    page_of(2)

    for verb in ("ListRecords", "ListIdentifiers"):
        found = pages(verb)
        assert len(found) > 2
        for page in found:
            schema.assertValid(page.root)


def test_an_empty_catalogue_is_by_the_schema(valid):
    assert valid(verb="Identify").text("earliestDatestamp") == "1970-01-01T00:00:00Z"
    assert valid(verb="ListRecords", metadataPrefix="oai_dc").errors == ["noRecordsMatch"]


def test_a_portal_on_ones_own_machine_is_by_the_schema(valid, settings):
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    settings.DEFAULT_FROM_EMAIL = "MER portal <portal@localhost>"

    answer = valid(verb="Identify")

    assert answer.text("adminEmail") == "portal@localhost.invalid"
    assert answer.texts("repositoryIdentifier") == []


arguments = st.sampled_from(["verb", "metadataPrefix", "identifier", "from", "until", "set", "resumptionToken", "foo"])
values = st.text(max_size=30) | st.sampled_from(
    ["ListRecords", "GetRecord", "oai_dc", "kind:practices", "2026-11-23", "2026-11-23T00:00:00Z", "a:b#c", "http://["]
)


@given(sent=st.lists(st.tuples(arguments, values), max_size=4), verb=st.sampled_from(["GetRecord", "ListRecords", ""]))
def test_whatever_is_asked_the_answer_is_by_the_schema(valid, sent, verb):
    valid(urlencode([("verb", verb), *sent], errors="replace"))


# What others answer, as it is found in the wild: samples of Sickle's own tests

SAMPLES = {
    "Identify.xml": "verb=Identify",
    "ListMetadataFormats.xml": "verb=ListMetadataFormats",
    "ListSets.xml": "verb=ListSets",
    "GetRecord.xml": "verb=GetRecord&metadataPrefix=oai_dc&identifier={known}",
    "ListIdentifiers.xml": "verb=ListIdentifiers&metadataPrefix=oai_dc",
    "ListRecords.xml": "verb=ListRecords&metadataPrefix=oai_dc",
    "badArgument.xml": "verb=ListRecords",
    "badResumptionToken.xml": "verb=ListSets&resumptionToken=x",
    "cannotDisseminateFormat.xml": "verb=ListRecords&metadataPrefix=marc21",
    "idDoesNotExist.xml": "verb=GetRecord&metadataPrefix=oai_dc&identifier=nothing",
    "noRecordsMatch.xml": "verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01",
}


@pytest.mark.parametrize(("sample", "query"), SAMPLES.items())
def test_ours_are_built_as_others_are(ask, world, shared, sample, query):
    theirs = etree.parse(shared / "data" / "oai-pmh" / sample).getroot()

    ours = ask(query.format(**world))

    assert [each.get("code") for each in theirs.iter("{*}error")] == ours.errors
    assert paths(theirs) - paths(ours.root) <= NOT_OURS
    assert ours.root.attrib.keys() == theirs.attrib.keys()


# What Dublin Core has and our records say nothing of, or say otherwise; a list on one page has no token.
NOT_OURS = {"format", "source", "resumptionToken"}


def paths(root: etree._Element) -> set[str]:
    """The names of all elements."""
    return {etree.QName(each).localname for each in root.iter(etree.Element)}


def test_the_schema_sees_what_is_wrong(schema, ask):
    """Else it could be satisfied with anything."""
    broken = ask(verb="Identify").content.replace(b"<granularity>", b"<grain>").replace(b"</granularity>", b"</grain>")

    assert not schema.validate(etree.fromstring(broken))
