"""`/catalogue.{ttl,jsonld,rdf}`: the catalogue for those who harvest DCAT-AP, in pages of the Hydra vocabulary.

Harvesters read the newer words of Hydra (`PartialCollectionView`, `next`) or the older ones (`PagedCollection`, `nextPage`),
CKAN's some of both. Each page tells both. The order is the immutable one of entries.
"""

import json

from django.http import Http404
from rdflib import RDF, XSD, Graph, Literal, URIRef

from catalogue.cursors import Cursor, Slice
from exchange.doors import Door
from exchange.linked import dcat
from exchange.linked.overview import PAGE_SIZE, entries, overview
from exchange.linked.words import HYDRA, PREFIXES, here
from exchange.paging import Page

TURTLE, JSON_LD, RDF_XML = "text/turtle", "application/ld+json", "application/rdf+xml"
FORMS = {"ttl": TURTLE, "jsonld": JSON_LD, "rdf": RDF_XML}
_WRITERS = {TURTLE: "turtle", JSON_LD: "json-ld", RDF_XML: "xml"}
_OLDER_WORDS = {"first": "firstPage", "next": "nextPage", "previous": "previousPage", "last": "lastPage"}
SCOPE = "linked catalogue"  # its cursors serve all three forms


class Catalogue(Door):
    """A page of the catalogue as linked data, by DCAT-AP 3.0.1."""

    operation = "catalogue"
    shape = {"type": "string"}

    def body(self) -> bytes:
        page = Page(self, scope=SCOPE)
        self.asked.only("cursor")
        known = overview(self.state)
        found = page.of(entries().values_list("id", "document", named=True), PAGE_SIZE)
        graph = dcat.catalogue(known, (json.loads(row.document) for row in found.rows))
        _paging(graph, self._addresses(page, found, known.last_begins_behind), known.whole.records)
        return written(graph, self.media_type)

    def _addresses(self, page: Page, found: Slice, behind: int | None) -> dict[str, str | None]:
        last = Cursor(SCOPE, "", (behind,)) if behind else None
        return {
            "": page.address(page.cursor) or page.start,
            "first": page.start,
            "next": page.address(found.next),
            "previous": page.address(found.previous),
            "last": page.address(last) or page.start,
        }


class NoCatalogue(Catalogue):
    """Of any other form there is none."""

    media_types = tuple(FORMS.values())

    def version(self) -> str:
        raise Http404(f"The catalogue is there as {', '.join(f'/catalogue.{ending}' for ending in FORMS)}.")


def _paging(graph: Graph, addresses: dict[str, str | None], total: int) -> None:
    whole, page = here("/#catalogue"), URIRef(addresses[""])
    number = Literal(str(total), datatype=XSD.integer)
    graph.add((whole, RDF.type, HYDRA.Collection))
    graph.add((whole, HYDRA.totalItems, number))
    graph.add((whole, HYDRA.view, page))
    graph.add((page, RDF.type, HYDRA.PartialCollectionView))
    graph.add((page, RDF.type, HYDRA.PagedCollection))
    graph.add((page, HYDRA.totalItems, number))
    graph.add((page, HYDRA.itemsPerPage, Literal(str(PAGE_SIZE), datatype=XSD.integer)))
    for name, older in _OLDER_WORDS.items():
        if address := addresses[name]:
            graph.add((page, HYDRA[name], URIRef(address)))
            graph.add((page, HYDRA[older], URIRef(address)))


def written(graph: Graph, media_type: str) -> bytes:
    if media_type == JSON_LD:
        context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
        return graph.serialize(format="json-ld", context=context, encoding="utf-8", indent=None)
    return graph.serialize(format=_WRITERS[media_type], encoding="utf-8")
