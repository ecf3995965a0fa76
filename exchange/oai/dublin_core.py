"""A record as unqualified Dublin Core (`oai_dc`), from its document alone.

Texts carry the language that they are in; addresses are absolute. What Dublin Core has no word for, the record's own
address leads to.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.conf import settings

from catalogue import kinds
from catalogue.citations import PORTAL
from catalogue.codes import LICENCE_URLS, Topic, topic_names
from catalogue.models.entry import KindName
from catalogue.texts import in_language
from exchange.oai.xml import escaped

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
_OPENING = (
    f'<oai_dc:dc xmlns:oai_dc="{NAMESPACE}" xmlns:dc="{DC}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
)
_CLOSING = "</oai_dc:dc>"
# A record that the document names; within a text the quotes would be escaped.
_NAMED = re.compile(r'"url":"(/id/[0-9a-f-]{36}/)"')
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # xs:language
DCMI_TYPE = {KindName.EVENTS: "Event"}  # of the DCMI Type Vocabulary; all others are texts

Element = tuple[str, str, str]  # name, text, language or ""


def rendered(document: Mapping, text: str) -> str:
    """The `dc` element of a document; `text` is its JSON."""
    return f"{_OPENING}{''.join(_written(*each) for each in _elements(document, text))}{_CLOSING}"


def _written(name: str, text: str, language: str = "") -> str:
    if not text:
        return ""
    return f"<dc:{name}{_marked(language)}>{escaped(text)}</dc:{name}>"


@lru_cache(maxsize=100)
def _marked(language: str) -> str:
    return f' xml:lang="{language}"' if _LANGUAGE.fullmatch(language) else ""


@lru_cache(maxsize=100)
def _named(topic: str) -> Mapping[str, str]:
    return topic_names(topic) if topic in Topic.values else {}


def _elements(document: Mapping, text: str) -> Iterator[tuple]:
    yield from _texts("title", document.get("title"))
    for name in creators(document):
        yield "creator", name
    yield from _subjects(document)
    yield from _texts("description", document.get("summary"))
    yield "publisher", _title_of(document.get("publisher"), document) or PORTAL
    for name in contributors(document):
        yield "contributor", name
    yield "date", str(document.get("issued") or document.get("year") or document.get("published") or "")
    yield from _types(document)
    yield from _identifiers(document)
    yield "source", (document.get("origin") or {}).get("url") or ""
    for language in document.get("translations") or ():
        yield "language", language
    yield from _relations(document, text)
    yield from _coverage(document)
    licence = document.get("licence") or ""
    yield "rights", LICENCE_URLS.get(licence, licence)


def _texts(name: str, texts: Mapping[str, str] | None) -> Iterator[tuple]:
    for language, text in (texts or {}).items():
        yield name, text, language


def _title_of(embed: Mapping | None, document: Mapping) -> str:
    """What a named record is called, in the language of the record that names it if it has that."""
    return in_language(embed.get("title"), document.get("original_language", "")).text if embed else ""


def creators(document: Mapping) -> list[str]:
    """Who stands in the first of the kind's fields of authors in which anybody does."""
    kind = kinds.find(document.get("kind", ""))
    for name in kind.authors if kind else ():
        found = document.get(name)
        if found:
            named = found if isinstance(found, list) else [found]
            return [each if isinstance(each, str) else _title_of(each, document) for each in named]
    return []


def contributors(document: Mapping) -> list[str]:
    """The partners of a project, in their order."""
    partners = document.get("participations") or ()
    return [_title_of(each.get("organisation"), document) or each.get("name_as_printed") or "" for each in partners]


def _subjects(document: Mapping) -> Iterator[tuple]:
    for topic in document.get("topics") or ():
        named = _named(topic)
        for language in document.get("title") or ():
            if language in named:
                yield "subject", named[language], language
    for word in document.get("keywords") or ():
        yield "subject", word


def _types(document: Mapping) -> Iterator[tuple]:
    kind = document.get("kind", "")
    yield "type", DCMI_TYPE.get(kind, "Text")
    yield "type", kind
    yield "type", document.get("type") or ""
    if document.get("example"):
        yield "type", "example"


def _identifiers(document: Mapping) -> Iterator[tuple]:
    """The address for ever, those of the pages, the number of a book."""
    yield "identifier", f"{settings.PUBLIC_URL}{document.get('url', '')}"
    for path in (document.get("pages") or {}).values():
        yield "identifier", f"{settings.PUBLIC_URL}{path}"
    if document.get("isbn"):
        yield "identifier", f"urn:isbn:{document['isbn']}"


def _relations(document: Mapping, text: str) -> Iterator[tuple]:
    """The records that it names, and its own site."""
    for path in dict.fromkeys(_NAMED.findall(text)):
        if path != document.get("url"):
            yield "relation", f"{settings.PUBLIC_URL}{path}"
    yield "relation", document.get("website") or ""


def _coverage(document: Mapping) -> Iterator[tuple]:
    """Where: country, region and town. When: an interval of ISO 8601."""
    places = document.get("places") or ()
    for name in ("country", "nuts", "town"):
        for value in dict.fromkeys(place.get(name) for place in places):
            yield "coverage", value or ""
    start, end = document.get("start") or "", document.get("end") or ""
    yield "coverage", f"{start or '..'}/{end or '..'}" if start or end else ""
