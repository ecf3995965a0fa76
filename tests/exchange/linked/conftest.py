"""A harvester of linked data that starts at https://portal.example/catalogue.ttl, and what it finds."""

import pytest
from rdflib import Graph, Namespace, URIRef

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
PORTAL = "https://portal.example"
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture
def get(client):
    """`get("/catalogue.ttl")`; `get(…, status=400)` where it should be another than 200."""

    def answer(path: str, *, status: int = 200, method: str = "get", **headers):
        response = getattr(client, method)(path.removeprefix(PORTAL), headers=headers)
        assert response.status_code == status, response.content.decode()
        return response

    return answer


@pytest.fixture
def graph_at(get):
    """The graph of one page."""

    def graph(path: str) -> Graph:
        ending = path.removeprefix(PORTAL).partition("?")[0].rpartition(".")[2]
        return Graph(bind_namespaces="none").parse(data=get(path).content, format=FORMATS[ending])

    return graph


def page_of(graph: Graph) -> URIRef:
    """As CKAN looks for it: the only `hydra:PagedCollection` of the answer."""
    [page] = graph.subjects(None, HYDRA.PagedCollection)
    return page


@pytest.fixture
def harvest(graph_at):
    """All pages of one form, one after the other; `between` is called after each."""

    def pages(ending: str = "ttl", between=lambda: None) -> list[Graph]:
        found, address = [], f"/catalogue.{ending}"
        while address:
            found.append(graph_at(str(address)))
            address = found[-1].value(page_of(found[-1]), HYDRA.next)
            between()
        return found

    return pages
