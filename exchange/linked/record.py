"""One record as a dataset of DCAT-AP, from its document alone."""

import re
from collections.abc import Iterator

from django.conf import settings
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF

from catalogue.codes import topic_names
from catalogue.embeds import embedded
from exchange.linked import authority
from exchange.linked.plain import sayable, texts_of
from exchange.linked.words import DCAT, DCATAP, here, series_of, time

EXAMPLE = "example"  # the keyword of records that only show what one could look like
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def add(graph: Graph, document: dict) -> URIRef:
    """The dataset's node, with all that is known of it."""
    node = here(document["url"])
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCAT.inSeries, series_of(document["kind"])))
    graph.add((node, DCTERMS.identifier, Literal(document["uid"])))
    graph.add((node, DCAT.version, Literal(str(document["version"]))))
    for predicate, name in ((DCTERMS.issued, "published"), (DCTERMS.modified, "modified")):
        graph.add((node, predicate, time(document[name])))
    graph.add((node, DCTERMS.accessRights, authority.public(graph)))
    _texts(graph, node, document)
    _subjects(graph, node, document)
    for place in document["places"]:
        for term in authority.places(graph, place):
            graph.add((node, DCTERMS.spatial, term))
    _period(graph, node, document)
    for address in document["pages"].values():
        graph.add((node, DCAT.landingPage, here(address)))
        graph.add((here(address), RDF.type, FOAF.Document))
    for named in embedded(document):
        graph.add((node, DCTERMS.relation, here(named["url"])))
    graph.add((node, DCAT.distribution, _distribution(graph, document)))
    return node


def _texts(graph: Graph, node: URIRef, document: dict) -> None:
    titles = _titles(document)
    for predicate, texts in ((DCTERMS.title, titles), (DCTERMS.description, texts_of(document["summary"]) or titles)):
        for language, text in texts.items():
            graph.add((node, predicate, Literal(text, lang=language)))
    for language in titles:
        if term := authority.language(graph, language):
            graph.add((node, DCTERMS.language, term))


def _titles(document: dict) -> dict[str, str]:
    return texts_of(document["title"]) or {document["original_language"]: document["uid"]}


def _subjects(graph: Graph, node: URIRef, document: dict) -> None:
    for code in authority.themes_of(document["topics"]):
        graph.add((node, DCAT.theme, authority.theme(graph, code)))
    for word, language in _keywords(document):
        graph.add((node, DCAT.keyword, Literal(sayable(word), lang=language)))


def _keywords(document: dict) -> Iterator[tuple[str, str]]:
    for topic in document["topics"]:
        names = topic_names(topic)
        yield from ((names[code], code) for code in settings.INTERFACE_LANGUAGES)
    for word in document.get("keywords") or ():
        yield word, document["original_language"]
    if document["example"]:
        yield EXAMPLE, "en"


def _period(graph: Graph, node: URIRef, document: dict) -> None:
    """From when to when it runs, by the day."""
    days = {DCAT.startDate: document.get("start"), DCAT.endDate: document.get("end")}
    found = {predicate: day[0] for predicate, told in days.items() if told and (day := _DAY.match(told))}
    period = URIRef(f"{node}#period")
    for predicate, day in found.items():
        graph.add((node, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, predicate, Literal(day, datatype=XSD.date, normalize=False)))


def _distribution(graph: Graph, document: dict) -> URIRef:
    """The record's JSON at the API."""
    node = here(f"{document['url']}#json")
    address = here(f"/api/v1/{document['kind']}/{document['uid']}/")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.accessURL, address))
    graph.add((node, DCAT.downloadURL, address))
    graph.add((node, DCAT.accessService, here("/#api")))
    graph.add((node, DCATAP.availability, authority.stable(graph)))
    for language, title in _titles(document).items():
        graph.add((node, DCTERMS.description, Literal(f"{title} (JSON)", lang=language)))
    graph.add((node, DCTERMS.format, authority.file_type(graph, "JSON")))
    graph.add((node, DCAT.mediaType, authority.media_type(graph, "application/json")))
    if licence := authority.licence(graph, document["licence"]):
        graph.add((node, DCTERMS.license, licence))
    return node
