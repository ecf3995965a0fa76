"""Harvesters of open data read the catalogue by DCAT-AP: everything once, page by page, the same in every form."""

import json

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF

from catalogue.models import Entry
from exchange.linked import overview
from tests.awkward import AWKWARD
from tests.every_kind import EVERY_FACTORY, FACTORIES
from tests.exchange.linked.conftest import FORMATS, HYDRA, PORTAL, page_of
from tests.factories import GoodPracticeFactory, NetworkFactory, bare_entries, harvested_entry, publish, texts, withdraw

DCAT = Namespace("http://www.w3.org/ns/dcat#")
EU = Namespace("http://publications.europa.eu/resource/authority/")
CATALOGUE = URIRef(f"{PORTAL}/#catalogue")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.core,
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning:rdflib"),  # its own reader of JSON-LD
]


@pytest.fixture
def pages_of_three(monkeypatch):
    for module in ("exchange.linked.doors.PAGE_SIZE", "exchange.linked.overview.PAGE_SIZE"):
        monkeypatch.setattr(module, 3)


def publish_every_kind() -> list:
    return [publish(factory()) for factory in EVERY_FACTORY]


def records_in(graph: Graph) -> set[str]:
    """The uids of the datasets that are records."""
    return {str(graph.value(each, DCTERMS.identifier)) for each in graph.subjects(DCAT.inSeries)}


def together(pages: list[Graph]) -> Graph:
    whole = Graph(bind_namespaces="none")
    for page in pages:
        whole += page
    return whole


def test_the_three_forms_are_one_graph(get):
    publish_every_kind()
    told = {}
    for ending, form in FORMATS.items():
        answer = get(f"/catalogue.{ending}").content.replace(f"/catalogue.{ending}".encode(), b"/catalogue.ttl")
        told[ending] = Graph(bind_namespaces="none").parse(data=answer, format=form)

    assert len(records_in(told["ttl"])) == len(FACTORIES)
    assert isomorphic(told["ttl"], told["jsonld"])
    assert isomorphic(told["ttl"], told["rdf"])


def test_a_practice_is_a_dataset_in_the_series_of_its_kind(graph_at):
    place = {"country": "SI", "nuts": "SI032", "nuts_version": 2021, "town": "Ptuj", "lat": None, "lng": None}
    practice = publish(
        GoodPracticeFactory(
            title=texts("Heat", "Toplota"),
            places=[place],
            topics=["circular-economy"],
            keywords=["para"],
            licence="CC0-1.0",
        )
    )
    entry = Entry.objects.get(uid=practice.uid)

    graph = graph_at("/catalogue.ttl")

    dataset = URIRef(f"{PORTAL}/id/{practice.uid}/")
    assert (CATALOGUE, DCAT.dataset, dataset) in graph
    assert graph.value(dataset, DCTERMS.identifier) == Literal(str(practice.uid))
    assert set(graph.objects(dataset, DCTERMS.title)) == {Literal("Heat", "en"), Literal("Toplota", "sl")}
    assert str(graph.value(dataset, DCTERMS.modified)) == entry.record["modified"].replace("Z", "+00:00")
    assert set(graph.objects(dataset, DCTERMS.language)) == {EU["language/ENG"], EU["language/SLV"]}
    assert set(graph.objects(dataset, DCAT.theme)) == {EU["data-theme/ENVI"], EU["data-theme/ECON"]}
    region = URIRef("http://data.europa.eu/nuts/code/SI032")
    assert set(graph.objects(dataset, DCTERMS.spatial)) == {EU["country/SVN"], region}
    assert graph.value(region, SKOS.inScheme) == URIRef("http://data.europa.eu/nuts/scheme/2021")
    assert Literal("para", entry.record["original_language"]) in set(graph.objects(dataset, DCAT.keyword))
    assert set(map(str, graph.objects(dataset, DCAT.landingPage))) == {
        PORTAL + address for address in entry.record["pages"].values()
    }
    series = graph.value(dataset, DCAT.inSeries)
    assert set(graph.objects(series, DCTERMS.title)) == {Literal("Good practices", "en"), Literal("Dobre prakse", "sl")}
    assert graph.value(graph.value(dataset, DCTERMS.publisher), FOAF.name) == Literal("MER portal", "en")


def test_its_json_is_its_distribution_and_can_be_fetched(graph_at, client):
    practice = publish(GoodPracticeFactory(licence="CC0-1.0"))

    graph = graph_at("/catalogue.ttl")

    [distribution] = graph.objects(URIRef(f"{PORTAL}/id/{practice.uid}/"), DCAT.distribution)
    assert graph.value(distribution, DCTERMS.license) == URIRef("https://creativecommons.org/publicdomain/zero/1.0/")
    assert graph.value(distribution, DCTERMS["format"]) == EU["file-type/JSON"]
    assert str(graph.value(distribution, DCAT.mediaType)).endswith("/media-types/application/json")
    address = str(graph.value(distribution, DCAT.accessURL))
    assert client.get(address.removeprefix(PORTAL)).json()["uid"] == str(practice.uid)


def test_the_dumps_belong_to_the_whole_kind_and_the_services_serve_it(graph_at):
    graph = graph_at("/catalogue.ttl")

    everything = URIRef(f"{PORTAL}/api/v1/practices/#all")
    dumps = {str(graph.value(each, DCAT.downloadURL)) for each in graph.objects(everything, DCAT.distribution)}
    assert dumps == {f"{PORTAL}/api/v1/dumps/practices.{ending}" for ending in ("ndjson", "csv", "xlsx", "jsonld")}
    services = set(graph.objects(CATALOGUE, DCAT.service))
    assert {str(graph.value(each, DCAT.endpointURL)) for each in services} == {f"{PORTAL}/api/v1/", f"{PORTAL}/oai"}
    assert all((each, DCAT.servesDataset, everything) in graph for each in services)


def test_what_is_not_published_or_not_ours_is_not_in_it(graph_at):
    kept, gone = publish(GoodPracticeFactory()), publish(GoodPracticeFactory())
    withdraw(gone)
    GoodPracticeFactory()
    harvested_entry(NetworkFactory())

    assert records_in(graph_at("/catalogue.ttl")) == {str(kept.uid)}


def test_an_example_says_so(graph_at):
    practice = publish(GoodPracticeFactory(example=True))

    graph = graph_at("/catalogue.ttl")

    assert (URIRef(f"{PORTAL}/id/{practice.uid}/"), DCAT.keyword, Literal("example", "en")) in graph


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 6])
def test_pages_give_everything_once(harvest, pages_of_three, number):
    published = {str(publish(GoodPracticeFactory()).uid) for _each in range(number)}

    pages = harvest()

    found = [records_in(page) for page in pages]
    assert set().union(*found) == published
    assert sum(map(len, found)) == number
    assert len(pages) == max(1, -(-number // 3))
    last = pages[0].value(page_of(pages[0]), HYDRA["last"])
    assert last == page_of(pages[-1])
    assert {int(page.value(page_of(page), HYDRA.totalItems)) for page in pages} == {number}
    whole = together(pages)
    assert len(list(whole.objects(CATALOGUE, HYDRA.totalItems))) == 1
    assert len(set(whole.subjects(RDF.type, DCAT.Dataset))) == number + len(FACTORIES)
    assert len(set(whole.subjects(RDF.type, DCAT.Catalog))) == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_every_form_leads_on_to_itself(harvest, pages_of_three, ending):
    for _each in range(4):
        publish(GoodPracticeFactory())

    first, second = harvest(ending)

    assert str(page_of(second)).startswith(f"{PORTAL}/catalogue.{ending}?cursor=")
    assert first.value(page_of(first), HYDRA.nextPage) == page_of(second)
    assert second.value(page_of(second), HYDRA.firstPage) == page_of(first)
    assert second.value(page_of(second), HYDRA.previous)


def test_a_harvest_meanwhile_misses_and_doubles_nothing(harvest, pages_of_three):
    before = [publish(GoodPracticeFactory()) for _each in range(7)]

    def meanwhile():
        publish(before[0])
        publish(GoodPracticeFactory())

    found = [uid for page in harvest(between=meanwhile) for uid in records_in(page)]

    assert len(found) == len(set(found))
    assert {str(each.uid) for each in before} <= set(found)


def test_awkward_texts_are_the_same_in_every_form(get):
    words = [each.text for each in AWKWARD if each.text.strip()]
    [entry] = bare_entries(1)
    whole = publish(GoodPracticeFactory())
    document = Entry.objects.get(uid=whole.uid).record | {"keywords": words, "title": {"en": "\n".join(words)}}
    Entry.objects.filter(pk=entry.pk).delete()
    Entry.objects.filter(uid=whole.uid).update(document=json.dumps(document))

    told = []
    for ending, form in FORMATS.items():
        answer = get(f"/catalogue.{ending}").content.replace(f"/catalogue.{ending}".encode(), b"")
        told.append(Graph(bind_namespaces="none").parse(data=answer, format=form))

    assert isomorphic(told[0], told[1])
    assert isomorphic(told[0], told[2])
    assert len(list(told[0].objects(None, DCAT.keyword))) > len(set(words)) / 2


# Conditional, and refused


def test_who_has_it_is_told_so_until_something_is_published(get):
    publish(GoodPracticeFactory())
    etag = get("/catalogue.ttl")["ETag"]

    assert get("/catalogue.ttl", status=304, **{"if-none-match": etag}).content == b""
    assert get("/catalogue.rdf")["ETag"] != etag
    publish(GoodPracticeFactory())
    assert get("/catalogue.ttl", **{"if-none-match": etag})["ETag"] != etag


def test_it_is_open_to_pages_of_all_sites_and_head_works(get):
    answer = get("/catalogue.rdf")
    head = get("/catalogue.rdf", method="head")

    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/rdf+xml", "*")
    assert (head.content, head["Content-Length"]) == (b"", str(len(answer.content)))


@pytest.mark.parametrize(
    ("path", "asked", "told"),
    [
        ("/catalogue.ttl", "*/*", "text/turtle; charset=utf-8"),
        ("/catalogue.ttl", "text/turtle", "text/turtle; charset=utf-8"),
        ("/catalogue.ttl", "text/turtle;charset=UTF-8, application/rdf+xml;q=0.5", "text/turtle; charset=utf-8"),
        ("/catalogue.rdf", "*/*", "application/rdf+xml"),  # whose first line says it
        ("/catalogue.jsonld", "*/*", "application/ld+json"),  # which is UTF-8 always
        ("/feeds/all.atom", "*/*", "application/atom+xml"),
        ("/feeds/all.atom", "text/xml", "text/xml; charset=utf-8"),
        ("/.well-known/security.txt", "*/*", "text/plain; charset=utf-8"),
        ("/oai?verb=Identify", "*/*", "text/xml; charset=utf-8"),
        ("/api/v1/dumps/practices.csv", "*/*", "text/csv; charset=utf-8; header=present"),
        ("/api/v1/interreg/operations.csv", "*/*", "text/csv; charset=utf-8; header=present"),
    ],
)
def test_a_text_says_in_which_letters_it_is_written(client, path, asked, told):
    publish(GoodPracticeFactory(title=texts("Heat", "Zavorništvo")))

    answer = client.get(path, headers={"accept": asked, "accept-encoding": "gzip"})

    assert (answer.status_code, answer["Content-Type"]) == (200, told)
    b"".join(answer)


def test_links_name_the_type_of_turtle_as_it_is(get):
    [doors] = [each for each in get("/.well-known/api-catalog").json()["linkset"] if "service-meta" in each]

    assert {"href": f"{PORTAL}/catalogue.ttl", "type": "text/turtle"} in doors["service-meta"]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/catalogue.ttl?cursor=garbage", {}, 400),
        ("/catalogue.ttl?cursor=", {}, 400),
        ("/catalogue.ttl?cursor=a&cursor=b", {}, 400),
        ("/catalogue.ttl?page=2", {}, 400),
        ("/catalogue.ttl", {"accept": "text/html"}, 406),
        ("/catalogue.rdf", {"accept": "text/turtle"}, 406),
        ("/catalogue.n3", {}, 404),
    ],
)
def test_what_cannot_be_answered_is_a_problem(get, path, headers, status):
    answer = get(path, status=status, **headers)

    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_another_list_s_cursor_is_refused(get, client, pages_of_three):
    for _each in range(4):
        publish(GoodPracticeFactory())
    cursor = client.get("/api/v1/practices/?page_size=2").json()["next"].partition("cursor=")[2]

    assert get(f"/catalogue.ttl?cursor={cursor}", status=400).json()["errors"][0]["parameter"] == "cursor"


def test_statements_do_not_grow_with_the_catalogue(get, django_assert_num_queries):
    for number in (3, 27):
        for _each in range(number):
            publish(GoodPracticeFactory())
        get("/catalogue.ttl")  # counts, once for this version of the catalogue
        with django_assert_num_queries(2):  # how far the catalogue is, and the page
            get("/catalogue.rdf")
    assert overview.PAGE_SIZE == 100
