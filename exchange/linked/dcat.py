"""The catalogue in the words of DCAT-AP 3.0.1 (ADR 29).

A record is a `dcat:Dataset` in the `dcat:DatasetSeries` of its kind, with its JSON as a `dcat:Distribution`; the dumps of a
kind are distributions of one more dataset, the whole kind, as a series has none. No node is nameless, so that pages can be
put together and nothing stands twice.
"""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDFS

from catalogue import kinds
from catalogue.citations import PORTAL
from catalogue.codes import Licence
from catalogue.serializers import utc
from exchange.linked import authority, record
from exchange.linked.overview import Facts, Overview
from exchange.linked.words import DCAT, DCATAP, VCARD, empty_graph, here, series_of, time, whole_of

OPENAPI = URIRef("https://spec.openapis.org/oas/v3.1.0")
OAI_PMH = URIRef("http://www.openarchives.org/OAI/2.0/")
# Ending → media type, type of file in the EU's table. NDJSON has no media type of IANA's, and no type of file of its own.
DUMPS = {
    "ndjson": ("", "JSON"),
    "csv": ("text/csv", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "jsonld": ("application/ld+json", "JSON_LD"),
}
TITLE = _("MER catalogue: what European projects have learned about industrial areas")
DESCRIPTION = _(
    "Good practices, projects, programmes, partners, industrial areas, events, action plans and documents about marketing"
    " and governing innovative industrial areas; complete, incremental, in several languages."
)
KEYWORDS = (_("good practices"), _("industrial areas"), _("European territorial cooperation"))
WHOLE_KIND = _("%(kind)s: all records")
RIGHTS = _("Each record names its own licence.")


def catalogue(overview: Overview, documents: Iterable[dict]) -> Graph:
    """The graph of one page: what holds for the whole, and the records of the page."""
    graph = empty_graph()
    node = here("/#catalogue")
    _frame(graph, node, overview.whole)
    for name, facts in overview.kinds.items():
        _kind(graph, node, kinds.get(name), facts)
    _services(graph, node)
    for document in documents:
        dataset = record.add(graph, document)
        graph.add((node, DCAT.dataset, dataset))
        graph.add((dataset, DCTERMS.publisher, here("/#publisher")))
        graph.add((dataset, DCAT.contactPoint, here("/#contact")))
    return graph


def _frame(graph: Graph, node: URIRef, whole: Facts) -> None:
    graph.add((node, RDF.type, DCAT.Catalog))
    _say(graph, node, DCTERMS.title, TITLE)
    _say(graph, node, DCTERMS.description, DESCRIPTION)
    _dates(graph, node, whole)
    graph.add((node, DCTERMS.publisher, _publisher(graph)))
    graph.add((node, DCAT.contactPoint, _contact(graph)))
    graph.add((node, DCTERMS.license, authority.licence(graph, Licence.CC_BY_4)))
    graph.add((node, FOAF.homepage, _document(graph, "/")))
    graph.add((node, DCAT.themeTaxonomy, authority.taxonomy(graph)))
    for code, _name in settings.LANGUAGES:
        graph.add((node, DCTERMS.language, authority.language(graph, code)))
    _subjects(graph, node)


def _subjects(graph: Graph, node: URIRef) -> None:
    for code in authority.THEMES_OF_THE_PORTAL:
        graph.add((node, DCAT.theme, authority.theme(graph, code)))
    for keyword in KEYWORDS:
        _say(graph, node, DCAT.keyword, keyword)


def _publisher(graph: Graph) -> URIRef:
    node = here("/#publisher")
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, Literal(PORTAL, lang="en")))
    graph.add((node, FOAF.homepage, _document(graph, "/")))
    return node


def _contact(graph: Graph) -> URIRef:
    node = here("/#contact")
    graph.add((node, RDF.type, VCARD.Kind))
    graph.add((node, RDF.type, VCARD.Organization))
    graph.add((node, VCARD.fn, Literal(PORTAL)))
    graph.add((node, VCARD.hasURL, here("/")))
    return node


def _document(graph: Graph, path: str) -> URIRef:
    node = here(path)
    graph.add((node, RDF.type, FOAF.Document))
    return node


def _kind(graph: Graph, catalogue_node: URIRef, kind: kinds.Kind, facts: Facts) -> None:
    """The series of a kind, and the dataset that is all of it."""
    series, everything = series_of(kind.name), whole_of(kind.name)
    graph.add((series, RDF.type, DCAT.DatasetSeries))
    graph.add((everything, RDF.type, DCAT.Dataset))
    graph.add((catalogue_node, DCAT.resource, series))
    graph.add((catalogue_node, DCAT.dataset, everything))
    _say(graph, series, DCTERMS.title, kind.name.label)
    for language, text in _in_languages(kind.name.label):
        with translation.override(language):
            graph.add((everything, DCTERMS.title, Literal(str(WHOLE_KIND) % {"kind": text}, lang=language)))
    for node in (series, everything):
        _say(graph, node, DCTERMS.description, kind.lede or kind.name.label)
        _dates(graph, node, facts)
        graph.add((node, DCTERMS.publisher, here("/#publisher")))
        graph.add((node, DCAT.contactPoint, here("/#contact")))
        graph.add((node, DCTERMS.accrualPeriodicity, authority.continuously(graph)))
    _subjects(graph, everything)
    graph.add((everything, DCTERMS.relation, series))
    graph.add((everything, DCTERMS.accessRights, authority.public(graph)))
    graph.add((everything, DCTERMS.identifier, Literal(f"{settings.PUBLIC_URL}/api/v1/{kind.name}/")))
    graph.add((everything, DCAT.landingPage, _document(graph, f"/{settings.LANGUAGE_CODE}/{kind.name}/")))
    for ending in DUMPS:
        graph.add((everything, DCAT.distribution, _dump(graph, kind, ending)))


def _dump(graph: Graph, kind: kinds.Kind, ending: str) -> URIRef:
    path = f"/api/v1/dumps/{kind.name}.{ending}"
    media_type, file_type = DUMPS[ending]
    node, rights = here(f"{path}#distribution"), here("/#rights")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(f"{kind.name}.{ending}")))
    _say(graph, node, DCTERMS.description, kind.lede or kind.name.label)
    graph.add((node, DCATAP.availability, authority.stable(graph)))
    graph.add((node, DCAT.accessURL, here(path)))
    graph.add((node, DCAT.downloadURL, here(path)))
    graph.add((node, DCTERMS.format, authority.file_type(graph, file_type)))
    if media_type:
        graph.add((node, DCAT.mediaType, authority.media_type(graph, media_type)))
    graph.add((node, DCTERMS.rights, rights))
    graph.add((rights, RDF.type, DCTERMS.RightsStatement))
    _say(graph, rights, RDFS.label, RIGHTS)
    graph.add((node, DCAT.accessService, here("/#api")))
    return node


def _services(graph: Graph, catalogue_node: URIRef) -> None:
    """The two doors through which a network pulls all of it."""
    api = ("#api", _("REST API of the MER portal"), "/api/v1/", "/api/v1/schema/", OPENAPI, "OpenAPI 3.1")
    oai = ("#oai", _("OAI-PMH of the MER portal"), "/oai", "/oai?verb=Identify", OAI_PMH, "OAI-PMH 2.0")
    for name, title, endpoint, description, standard, standard_name in (api, oai):
        node = here(f"/{name}")
        graph.add((catalogue_node, DCAT.service, node))
        graph.add((node, RDF.type, DCAT.DataService))
        _say(graph, node, DCTERMS.title, title)
        graph.add((node, DCAT.endpointURL, here(endpoint)))
        graph.add((node, DCAT.endpointDescription, here(description)))
        graph.add((node, DCTERMS.conformsTo, standard))
        graph.add((standard, RDF.type, DCTERMS.Standard))
        graph.add((standard, DCTERMS.title, Literal(standard_name)))
        graph.add((node, DCAT.landingPage, _document(graph, "/api/docs/")))
        graph.add((node, DCTERMS.publisher, here("/#publisher")))
        graph.add((node, DCAT.contactPoint, here("/#contact")))
        graph.add((node, DCTERMS.accessRights, authority.public(graph)))
        _say(graph, node, DCTERMS.description, DESCRIPTION)
        _subjects(graph, node)
        for kind in kinds.all_kinds():
            graph.add((node, DCAT.servesDataset, whole_of(kind.name)))


def _say(graph: Graph, node: URIRef, predicate: URIRef, text: Promise | str) -> None:
    for language, told in _in_languages(text):
        graph.add((node, predicate, Literal(told, lang=language)))


def _in_languages(text: Promise | str) -> Iterator[tuple[str, str]]:
    """In the interface's languages; one whose translation is missing is left out."""
    said = set()
    for language in settings.INTERFACE_LANGUAGES:
        with translation.override(language):
            told = str(text)
        if told not in said:
            said.add(told)
            yield language, told


def _dates(graph: Graph, node: URIRef, facts: Facts) -> None:
    for predicate, moment in ((DCTERMS.issued, facts.issued), (DCTERMS.modified, facts.modified)):
        if moment:
            graph.add((node, predicate, time(utc(moment))))
