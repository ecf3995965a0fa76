"""Projects with their partners as JSON and as XML, one after the other as the database gives them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from catalogue.publication import dumps
from exchange.clock import Now
from exchange.dumps.formats import Progress
from exchange.dumps.rows import CHUNK
from exchange.interreg import gathered
from exchange.interreg.projects import project_of
from exchange.oai.xml import attribute, element

XSD_PATH = "/api/v1/interreg/projects.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def as_json(state: Now, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    head = dumps({"base": settings.PUBLIC_URL, "cursor": str(state)})
    yield from _framed(f'{head[:-1]},"project":[', _json(chunks), "\n]}\n", progress)


def as_xml(state: Now, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    """What XML cannot say is told by U+FFFD. What is null or an empty list has no element."""
    where = f'xsi:noNamespaceSchemaLocation="{attribute(settings.PUBLIC_URL + XSD_PATH)}"'
    told = f'base="{attribute(settings.PUBLIC_URL)}" cursor="{attribute(str(state))}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<projects xmlns:xsi="{_INSTANCE}" {where} {told}>'
    projects = (f"\n{_xml('project', project_of(each))}" for each in gathered.read(chunks))
    yield from _framed(head, projects, "\n</projects>\n", progress)


def _json(chunks: Iterable[bytes]) -> Iterator[str]:
    for number, each in enumerate(gathered.read(chunks)):
        yield f"{',' if number else ''}\n{dumps(project_of(each))}"


def _framed(head: str, projects: Iterable[str], tail: str, progress: Progress) -> Iterator[bytes]:
    page = bytearray(head.encode())
    for number, text in enumerate(projects, 1):
        page += text.encode()
        if len(page) > CHUNK:
            yield bytes(page)
            page.clear()
            progress(number)
    yield bytes(page + tail.encode())


def _xml(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "".join(_xml(name, each) for each in value)
    if isinstance(value, dict):
        return f"<{name}>{''.join(_xml(key, each) for key, each in value.items())}</{name}>"
    return element(name, value if isinstance(value, str) else dumps(value))
