"""Addresses of what Europe's catalogues name alike: languages, themes, countries, types of files, licences, regions.

The tables are those of the EU's Publications Office (EU Vocabularies), whose use DCAT-AP 3.0.1 asks for in section "Controlled
vocabularies"; regions are those of Eurostat's NUTS. Each term is told with its class and its table, so that an answer can be
checked without fetching any of them.
"""

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from catalogue.codes import LICENCE_URLS, Topic, countries, nuts
from exchange.linked.plain import sayable

TABLES = Namespace("http://publications.europa.eu/resource/authority/")
IANA = "https://www.iana.org/assignments/media-types/"
NUTS_SCHEME = "http://data.europa.eu/nuts/scheme/"
LANGUAGES = {"en": "ENG", "sl": "SLV", "it": "ITA", "de": "DEU", "fr": "FRA"}
THEMES = {
    "ECON": "Economy and finance",
    "EDUC": "Education, culture and sport",
    "ENER": "Energy",
    "ENVI": "Environment",
    "GOVE": "Government and public sector",
    "REGI": "Regions and cities",
    "TECH": "Science and technology",
}
THEMES_OF_TOPICS = {
    Topic.GREEN_MARKETING: ("ECON", "ENVI"),
    Topic.AREA_MANAGEMENT_AND_GOVERNANCE: ("REGI", "GOVE"),
    Topic.INVESTOR_ATTRACTION: ("ECON", "REGI"),
    Topic.RENEWAL_AND_BROWNFIELDS: ("REGI", "ENVI"),
    Topic.ECO_INDUSTRIAL_PARKS_AND_INDUSTRIAL_SYMBIOSIS: ("ENVI", "ECON"),
    Topic.CIRCULAR_ECONOMY: ("ENVI", "ECON"),
    Topic.RESOURCE_AND_ENERGY_EFFICIENCY: ("ENER", "ENVI"),
    Topic.TOWN_CENTRE_MANAGEMENT: ("REGI", "ECON"),
    Topic.CLUSTERS_AND_SME_SERVICES: ("ECON",),
    Topic.INNOVATION_AND_SKILLS: ("TECH", "EDUC"),
    Topic.POLICY_AND_LOBBYING: ("GOVE",),
}
THEMES_OF_THE_PORTAL = ("REGI", "ECON", "ENVI")


def _term(graph: Graph, table: str, code: str, class_: URIRef) -> URIRef:
    term = URIRef(f"{TABLES}{table}/{code}")
    graph.add((term, RDF.type, class_))
    graph.add((term, SKOS.inScheme, URIRef(f"{TABLES}{table}")))
    return term


def language(graph: Graph, code: str) -> URIRef | None:
    return _term(graph, "language", LANGUAGES[code], DCTERMS.LinguisticSystem) if code in LANGUAGES else None


def theme(graph: Graph, code: str) -> URIRef:
    term = _term(graph, "data-theme", code, SKOS.Concept)
    graph.add((term, SKOS.prefLabel, Literal(THEMES[code], lang="en")))
    return term


def taxonomy(graph: Graph) -> URIRef:
    """The table of themes itself."""
    scheme = URIRef(f"{TABLES}data-theme")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, DCTERMS.title, Literal("Data theme", lang="en")))
    return scheme


def themes_of(topics: list[str]) -> list[str]:
    return sorted({code for topic in topics for code in THEMES_OF_TOPICS.get(topic, ())})


def file_type(graph: Graph, code: str) -> URIRef:
    return _term(graph, "file-type", code, DCTERMS.MediaTypeOrExtent)


def media_type(graph: Graph, name: str) -> URIRef:
    term = URIRef(f"{IANA}{name}")
    graph.add((term, RDF.type, DCTERMS.MediaType))
    return term


def public(graph: Graph) -> URIRef:
    return _term(graph, "access-right", "PUBLIC", DCTERMS.RightsStatement)


def stable(graph: Graph) -> URIRef:
    """It is planned to stay."""
    term = _term(graph, "planned-availability", "STABLE", SKOS.Concept)
    graph.add((term, SKOS.prefLabel, Literal("Stable", lang="en")))
    return term


def continuously(graph: Graph) -> URIRef:
    return _term(graph, "frequency", "UPDATE_CONT", DCTERMS.Frequency)


def licence(graph: Graph, code: str) -> URIRef | None:
    """By its own address, which readers know; `code` is SPDX's."""
    if code not in LICENCE_URLS:
        return None
    term = URIRef(LICENCE_URLS[code])
    graph.add((term, RDF.type, DCTERMS.LicenseDocument))
    graph.add((term, DCTERMS.identifier, Literal(code)))
    return term


def places(graph: Graph, place: dict) -> list[URIRef]:
    """The country, and the region with the version of NUTS that it belongs to."""
    return [*_country(graph, place["country"]), *_region(graph, place["nuts"], place["nuts_version"])]


def _country(graph: Graph, code: str | None) -> list[URIRef]:
    try:
        return [_term(graph, "country", countries.authority_code(code), DCTERMS.Location)] if code else []
    except KeyError:
        return []


def _region(graph: Graph, code: str | None, version: int | None) -> list[URIRef]:
    if not nuts.is_nuts(code):
        return []
    term = URIRef(nuts.nuts_uri(code))
    graph.add((term, RDF.type, DCTERMS.Location))
    graph.add((term, SKOS.notation, Literal(code)))
    if name := nuts.nuts_name(code, version):
        graph.add((term, SKOS.prefLabel, Literal(sayable(name))))
    if version:
        graph.add((term, SKOS.inScheme, URIRef(f"{NUTS_SCHEME}{version}")))
    return [term]
