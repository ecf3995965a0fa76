"""The catalogue conforms to DCAT-AP 3.0.1, by the shapes that SEMIC publishes.

The shapes graph is the release's own file (`dcat-ap-SHACL.ttl`), and those beside it for ranges, recommendations, controlled
vocabularies and deprecated words. `imports.ttl` and `mdr_imports.ttl` only name ontologies and tables on the web, which the
answers do without: they tell the class and the table of each term. `bee.ttl` is sample data.
"""

import pytest
from pyshacl import validate
from rdflib import RDF, SKOS, Graph, Namespace
from rdflib.namespace import DCTERMS, FOAF

from tests.every_kind import EVERY_FACTORY
from tests.exchange.linked.conftest import FORMATS
from tests.factories import GoodPracticeFactory, publish

SH = Namespace("http://www.w3.org/ns/shacl#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
FILES = (
    *("dcat-ap-SHACL.ttl", "shapes.ttl", "range.ttl"),
    *("shapes_recommended.ttl", "mdr-vocabularies.shape.ttl", "deprecateduris.ttl"),
)
KINDS = len(EVERY_FACTORY)
RECORDS = KINDS + 1
EXPECTED = {
    DCAT.Catalog: 1,
    DCAT.DatasetSeries: KINDS,
    DCAT.Dataset: RECORDS + KINDS,
    DCAT.Distribution: RECORDS + 4 * KINDS,
    DCAT.DataService: 2,
    FOAF.Agent: 1,
    DCTERMS.LicenseDocument: 1,
    DCTERMS.LinguisticSystem: 5,
    SKOS.ConceptScheme: 1,
}
# Recommended, and not so with us: a portal is no corporate body of the EU's table, regions are told by NUTS and not by the
# table of places, neither has bounds; not every record has a topic, a place or a period.
NOT_FOLLOWED = {
    *(DCTERMS.publisher, DCTERMS.spatial, DCTERMS.temporal, DCTERMS.license, DCTERMS.type),
    *(DCAT.bbox, DCAT.centroid, DCAT.keyword, DCAT.theme),
}
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.core,
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning:rdflib"),  # its own reader of JSON-LD
]


@pytest.fixture(scope="session")
def shapes(shared) -> Graph:
    """Two property shapes of DataService are named in the release and nowhere defined: there is nothing to check by them."""
    graph = Graph()
    for name in FILES:
        graph.parse(shared / "standards" / "dcat-ap-3.0.1-shacl" / name)
    nowhere = [(shape, part) for shape, part in graph.subject_objects(SH.property) if (part, None, None) not in graph]
    assert len(nowhere) == 2
    for shape, part in nowhere:
        graph.remove((shape, SH.property, part))
    return graph


@pytest.fixture
def everything(db):
    place = {"country": "SI", "nuts": "SI032", "nuts_version": 2021, "town": "Ptuj", "lat": 46.42, "lng": 15.87}
    for factory in EVERY_FACTORY:
        publish(factory())
    publish(
        GoodPracticeFactory(places=[place], topics=["innovation-and-skills"], keywords=["čista para"], example=True)
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_it_conforms_in_every_form(graph_at, everything, shapes, ending):
    graph = graph_at(f"/catalogue.{ending}")
    assert {each: len(set(graph.subjects(RDF.type, each))) for each in EXPECTED} == EXPECTED

    conforms, report, text = validate(graph, shacl_graph=shapes, inference="none", allow_warnings=True)

    assert conforms, text
    [told] = report.subjects(RDF.type, SH.ValidationReport)
    results = list(report.objects(told, SH.result))
    assert {report.value(each, SH.resultSeverity) for each in results} <= {SH.Warning}
    assert {report.value(each, SH.resultPath) for each in results} <= NOT_FOLLOWED


def test_the_shapes_find_what_is_missing(graph_at, everything, shapes):
    graph = graph_at("/catalogue.ttl")
    for predicate in (DCTERMS.title, DCAT.accessURL, DCTERMS.publisher):
        graph.remove((None, predicate, None))

    conforms, _report, _text = validate(graph, shacl_graph=shapes, inference="none", allow_warnings=True)

    assert not conforms
