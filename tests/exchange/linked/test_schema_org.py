"""Search engines read in a record's page what it is, in the words of schema.org."""

import json
import re

import html5lib
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from catalogue.models import Entry
from catalogue.serializers import ENVELOPE
from exchange.linked import schema_org
from tests.awkward import AWKWARD
from tests.events.factories import EventFactory
from tests.every_kind import FACTORIES
from tests.exchange.linked.conftest import PORTAL
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, republish, texts
from tests.pages.factories import home

SCHEMA = Namespace("https://schema.org/")
TYPES = {
    "practices": "Article",
    "projects": "Project",
    "programmes": "FundingScheme",
    "partners": "Organization",
    "areas": "Place",
    "events": "Event",
    "action-plans": "CreativeWork",
    "library": "DigitalDocument",
}
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.core,
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning:rdflib"),  # its own reader of JSON-LD
]


def blocks(client, path: str) -> list[str]:
    """The texts of the elements, as a browser's parser finds them."""
    tree = html5lib.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
    return [each.text for each in tree.iter("script") if each.get("type") == "application/ld+json"]


@pytest.fixture
def told(client):
    """`told("/en/practices/x/")`: the graph inside the page."""

    def read(path: str) -> Graph:
        [block] = blocks(client, path)
        return Graph(bind_namespaces="none").parse(data=block, format="json-ld")

    return read


def address_of(record, language: str = "en") -> str:
    entry = Entry.objects.get(uid=record.uid)
    return f"/{language}/{entry.kind}/{entry.slug}/"


def identity(record) -> URIRef:
    return URIRef(f"{PORTAL}/id/{record.uid}/")


@pytest.mark.parametrize("kind", FACTORIES)
def test_every_kind_says_what_it_is(told, kind):
    record = publish(FACTORIES[kind]())
    title = Entry.objects.get(uid=record.uid).short["title"]

    graph = told(address_of(record))

    node = identity(record)
    assert graph.value(node, RDF.type) == SCHEMA[TYPES[kind]]
    assert graph.value(node, SCHEMA.identifier) == Literal(str(record.uid))
    assert graph.value(node, SCHEMA.name) in [Literal(text, language) for language, text in title.items()]
    [about] = graph.objects(node, SCHEMA.mainEntityOfPage)
    assert str(about) == PORTAL + address_of(record)


def test_the_reader_s_language_is_told(told):
    practice = publish(GoodPracticeFactory(title=texts("Heat", "Toplota")))

    assert told(address_of(practice, "sl")).value(identity(practice), SCHEMA.headline) == Literal("Toplota", "sl")
    assert told(address_of(practice, "de")).value(identity(practice), SCHEMA.headline) == Literal("Heat", "en")


def test_an_organisation_that_is_public_is_the_author_and_a_draft_is_not(told):
    agency = publish(OrganisationFactory())
    draft = OrganisationFactory()
    practice, other = (publish(GoodPracticeFactory(organisation_in_charge=each)) for each in (agency, draft))

    assert told(address_of(practice)).value(identity(practice), SCHEMA.author) == identity(agency)
    assert told(address_of(other)).value(identity(other), SCHEMA.author) is None


def test_an_event_tells_when_and_where(told):
    event = publish(EventFactory())
    record = Entry.objects.get(uid=event.uid).record

    graph = told(address_of(event))

    assert str(graph.value(identity(event), SCHEMA.startDate)) == record["start"]
    assert str(graph.value(identity(event), SCHEMA.eventStatus)) == "https://schema.org/EventScheduled"
    assert graph.value(identity(event), SCHEMA.location)


def test_no_text_ends_the_element_and_all_are_read_back(client):
    practice = publish(GoodPracticeFactory())
    entry = Entry.objects.get(uid=practice.uid)
    hostile = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "&lt;/script&gt;",
        '"}',
        "\u2028",
        "\\u003C",
    ]
    words = [*hostile, *(each.text for each in AWKWARD if each.becomes in ("kept", "break"))]
    document = entry.record | {"keywords": words, "summary": {"en": "".join(hostile)}}
    Entry.objects.filter(pk=entry.pk).update(document=json.dumps(document))

    [block] = blocks(client, address_of(practice))

    read = json.loads(block)
    assert read["description"]["@value"] == "".join(hostile)
    assert read["keywords"][-len(words) :][: len(hostile)] == hostile
    assert not re.search("[<>&\u2028\u2029]", block)
    assert Graph().parse(data=block, format="json-ld")


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_document_of_an_older_release_is_told_as_far_as_it_goes(kind):
    record = publish(FACTORIES[kind]())
    document = Entry.objects.get(uid=record.uid).record

    node = schema_org.record({name: document[name] for name in ENVELOPE}, "en")

    assert (node["@type"], node["identifier"]) == (TYPES[kind], str(record.uid))


def test_former_versions_and_drafts_tell_nothing(client):
    practice = republish(publish(GoodPracticeFactory()), title=texts("New", "Novo"))

    assert blocks(client, address_of(practice))
    assert blocks(client, f"{address_of(practice)}v/1/") == []


def test_the_home_page_says_who_speaks(told):
    home()

    graph = told("/en/")

    [organisation] = graph.subjects(RDF.type, SCHEMA.Organization)
    assert graph.value(organisation, SCHEMA.name) == Literal("MER portal")
    [site] = graph.subjects(RDF.type, SCHEMA.WebSite)
    assert graph.value(site, SCHEMA.publisher) == organisation


def test_the_page_of_a_practice_asks_no_more_than_before(client, django_assert_max_num_queries):
    address = address_of(publish(GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory()))))
    client.get(address)  # what is asked once for the whole site is asked now

    with django_assert_max_num_queries(4):
        client.get(f"{address}?again")


@pytest.mark.django_db(transaction=True)
def test_the_browser_has_nothing_against_it(page, live_server):
    """The policy of public pages forbids inline scripts; a block of data is none. `page` fails on errors in the console."""
    practice = publish(GoodPracticeFactory(title=texts("</script><b>Heat", "Toplota")))
    violations = (
        "addEventListener('securitypolicyviolation', event => (window.broken ||= []).push(event.violatedDirective))"
    )
    page.add_init_script(violations)

    page.goto(address_of(practice))

    block = json.loads(page.locator("script[type='application/ld+json']").text_content())
    assert block["headline"]["@value"] == "</script><b>Heat"
    assert page.evaluate("window.broken ?? []") == []
