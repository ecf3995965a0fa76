"""The vocabularies that the catalogue is told in, and the addresses of its nodes."""

from django.conf import settings
from rdflib import SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDFS

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # version 3; rdflib's own is older
DCATAP = Namespace("http://data.europa.eu/r5r/")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES = {
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "hydra": HYDRA,
    "rdfs": RDFS,
    "skos": SKOS,
    "vcard": VCARD,
    "xsd": XSD,
}


def empty_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def here(path: str) -> URIRef:
    return URIRef(f"{settings.PUBLIC_URL}{path}")


def series_of(kind: str) -> URIRef:
    return here(f"/api/v1/{kind}/#series")


def whole_of(kind: str) -> URIRef:
    """The dataset that is all records of a kind."""
    return here(f"/api/v1/{kind}/#all")


def time(text: str) -> Literal:
    return Literal(text, datatype=XSD.dateTime, normalize=False)
