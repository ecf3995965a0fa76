"""A harvester at https://portal.example/oai."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from lxml import etree

from exchange.oai import lists

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Answer:
    """What a harvester reads in an answer."""

    def __init__(self, content: bytes):
        self.content = content
        self.root = etree.fromstring(content)

    def texts(self, name: str) -> list[str]:
        return [each.text for each in self.root.iter(f"{OAI}{name}")]

    def text(self, name: str) -> str:
        (only,) = self.texts(name)
        return only

    @property
    def errors(self) -> list[str]:
        return [each.get("code") for each in self.root.iter(f"{OAI}error")]

    @property
    def date(self) -> str:
        return self.text("responseDate")

    @property
    def asked(self) -> dict:
        return dict(self.root.find(f"{OAI}request").attrib)

    @property
    def headers(self) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(
                identifier=each.findtext(f"{OAI}identifier"),
                uid=each.findtext(f"{OAI}identifier").rpartition(":")[2],
                datestamp=each.findtext(f"{OAI}datestamp"),
                deleted=each.get("status") == "deleted",
                sets=[spec.text for spec in each.iter(f"{OAI}setSpec")],
            )
            for each in self.root.iter(f"{OAI}header")
        ]

    @property
    def uids(self) -> list[str]:
        return [header.uid for header in self.headers]

    @property
    def token(self) -> str | None:
        """None where there is no such element, "" where it is empty."""
        found = self.root.find(f".//{OAI}resumptionToken")
        return None if found is None else found.text or ""

    @property
    def cursor(self) -> str | None:
        found = self.root.find(f".//{OAI}resumptionToken")
        return None if found is None else found.get("cursor")

    def dc(self, name: str) -> list[tuple[str, str | None]]:
        """Text and language of each element of that name."""
        return [(each.text, each.get(LANGUAGE)) for each in self.root.iter(f"{DC}{name}")]


@pytest.fixture
def ask(client):
    """`ask("verb=Identify")`, or `ask(verb="Identify")`; `method` is `get` or `post`."""

    def ask(query: str = "", *, method: str = "get", **arguments) -> Answer:
        query = query or urlencode({name.rstrip("_"): value for name, value in arguments.items()})
        form = "application/x-www-form-urlencoded"
        response = client.get(f"/oai?{query}") if method == "get" else client.post("/oai", query, content_type=form)
        assert response.status_code == 200, response.content
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        return Answer(response.content)

    return ask


@pytest.fixture
def pages(ask):
    """All pages of a list; `between` is called after each."""

    def pages(verb: str = "ListRecords", between=lambda: None, **arguments) -> list[Answer]:
        found = [ask(verb=verb, metadataPrefix="oai_dc", **arguments)]
        while found[-1].token:
            between()
            found.append(ask(verb=verb, resumptionToken=found[-1].token))
        return found

    return pages


@pytest.fixture
def page_of(monkeypatch):
    """`page_of(3)`: a page holds three."""
    return lambda size: monkeypatch.setattr(lists, "PAGE_SIZE", size)


@pytest.fixture(scope="session")
def schema(shared: Path) -> etree.XMLSchema:
    """The standard's, with that of oai_dc."""
    return etree.XMLSchema(etree.parse(shared / "standards" / "oai-pmh-xsd" / "all.xsd"))


@pytest.fixture
def at(monkeypatch):
    """`at("10:00:05")`: what is published from now on is published then, on 1 June 2026."""

    def at(time: str) -> None:
        moment = datetime.fromisoformat(f"2026-06-01T{time}+00:00")
        monkeypatch.setattr("catalogue.models.state.timezone", SimpleNamespace(now=lambda: moment))

    return at
