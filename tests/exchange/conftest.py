"""A reader of the API at https://portal.example, and what it gets to see."""

import json

import pytest

from exchange import memory


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.PUBLIC_URL = "https://portal.example"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Databases of tests share versions, so what is remembered of one would be told of the next."""
    memory.forget()
    yield
    memory.forget()


@pytest.fixture
def api(client):
    """`api("practices/?country=SI")` is the answer; `api(…, status=400)` where it should be another than 200."""

    streams = []

    def get(path: str, *, status: int = 200, method: str = "get", **headers):
        response = getattr(client, method)(f"/api/v1/{path}", headers=headers)
        if response.streaming:
            streams.append(response)
        assert response.status_code == status, "" if response.streaming else response.content.decode()
        return response

    yield get
    for response in streams:  # as a server does
        response.close()


@pytest.fixture
def read(api):
    """The same, parsed."""
    return lambda path, **more: json.loads(api(path, **more).content)


@pytest.fixture
def problem(api):
    """`problem("practices/?foo=1", 400)`: the problem, after a look at what all of them have in common."""

    def get(path: str, status: int, **headers) -> dict:
        response = api(path, status=status, **headers)
        assert response["Content-Type"] == "application/problem+json"
        told = response.json()
        assert list(told)[:5] == ["type", "title", "status", "detail", "instance"]
        assert told["status"] == status
        assert told["type"].startswith("https://portal.example/problems/")
        assert all(isinstance(told[name], str) and told[name] for name in ("title", "detail", "instance"))
        return told | {"name": told["type"].rpartition("/")[2]}

    return get


@pytest.fixture
def walk(read):
    """All results of a list, page by page; `between` is called after each page."""

    def pages(path: str, between=lambda: None) -> list[dict]:
        found, address = [], f"https://portal.example/api/v1/{path}"
        while address:
            page = read(address.removeprefix("https://portal.example/api/v1/"))
            found += page["results"]
            address = page["next"]
            between()
        return found

    return pages
