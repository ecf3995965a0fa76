"""The dump as linked data: others' software reads it, without fetching anything."""

import json

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, XSD

from catalogue.models import Entry
from catalogue.serializers import utc
from catalogue.signposts import TYPES
from tests.events.factories import EventFactory
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, texts

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.core,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),  # rdflib's own
]

SCHEMA = Namespace("https://schema.org/")
TERMS = Namespace("https://portal.example/api/docs/#")


def graph_of(dump: bytes) -> Graph:
    return Graph().parse(data=dump.decode(), format="json-ld")


def test_every_record_of_every_kind_is_a_node_of_its_type(dumped, every_kind):
    for kind in {str(entry.kind) for entry in Entry.objects.only("kind")}:
        graph = graph_of(dumped(f"{kind}.jsonld"))

        expected = {URIRef(f"https://portal.example/id/{uid}/") for uid in _uids(kind)}
        assert expected and expected <= set(graph.subjects(RDF.type, SCHEMA[TYPES[kind]]))


def _uids(kind: str) -> set[str]:
    return {entry.record["url"].strip("/").rpartition("/")[2] for entry in Entry.objects.filter(kind=kind)}


def test_the_envelope_is_said_in_the_words_of_schema_org(dumped):
    organisation = publish(OrganisationFactory(name_original="ZRS Bistra Ptuj", name_english=""))
    practice = publish(
        GoodPracticeFactory(title=texts("Shared heat", "Skupna toplota"), organisation_in_charge=organisation)
    )
    entry = Entry.objects.get(uid=practice.uid)

    graph = graph_of(dumped("practices.jsonld"))

    node = URIRef(f"https://portal.example/id/{practice.uid}/")
    assert set(graph.objects(node, SCHEMA.name)) == {
        Literal("Shared heat", lang="en"),
        Literal("Skupna toplota", lang="sl"),
    }
    assert graph.value(node, SCHEMA.dateModified) == Literal(utc(entry.modified), datatype=XSD.dateTime)
    assert graph.value(node, SCHEMA.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(node, TERMS.organisation_in_charge) == URIRef(f"https://portal.example/id/{organisation.uid}/")


def test_no_record_makes_an_empty_graph_that_is_whole(dumped):
    assert json.loads(dumped("library.jsonld"))["@graph"] == []


def test_an_event_says_when_it_is_in_the_words_of_schema_org(dumped):
    event = publish(EventFactory())

    graph = graph_of(dumped("events.jsonld"))

    node = URIRef(f"https://portal.example/id/{event.uid}/")
    told = Entry.objects.get(uid=event.uid).record
    for name, moment in (("startDate", told["start"]), ("endDate", told["end"])):
        assert graph.value(node, SCHEMA[name]) == Literal(moment, datatype=XSD.dateTime)
