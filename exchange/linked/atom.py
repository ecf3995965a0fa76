"""A page of changes as Atom (RFC 4287), with what was withdrawn (RFC 6721) and where older changes are (RFC 5005, section 3).

An entry speaks one language, the reader's if the record does; its other pages stand beside it as alternates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.utils import translation

from catalogue.citations import PORTAL
from catalogue.codes import LICENCE_URLS, topic_name
from catalogue.models import Entry
from catalogue.serializers import utc
from catalogue.texts import in_language
from exchange.linked.plain import sayable

MEDIA_TYPE = "application/atom+xml"
ATOM, TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
NEVER = "1970-01-01T00:00:00Z"  # when nothing has been published yet


@dataclass(frozen=True)
class Feed:
    """`address` names it, in whatever language. `first` is its first page's, `here` this one's, `older` the next one's, or "".

    `page` is that of the page that people read instead.
    """

    title: str
    language: str
    updated: datetime | None
    address: str
    first: str
    here: str
    older: str
    page: str


def written(feed: Feed, entries: Iterable[Entry]) -> bytes:
    told = {"xmlns": ATOM, "xmlns:at": TOMBSTONES, "xml:lang": feed.language}
    root = Element("feed", told)
    _text(root, "id", feed.address)
    _text(root, "title", feed.title)
    _text(root, "updated", utc(feed.updated) or NEVER)
    _text(SubElement(root, "author"), "name", PORTAL)
    _text(root, "generator", PORTAL)
    _link(root, "self", feed.here, type=MEDIA_TYPE)
    _link(root, "first", feed.first, type=MEDIA_TYPE)
    if feed.older:
        _link(root, "next", feed.older, type=MEDIA_TYPE)
    _link(root, "alternate", feed.page, type="text/html", hreflang=feed.language)
    for entry in entries:
        if entry.is_visible:
            _entry(root, entry, feed.language)
        else:
            _deleted(root, entry)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: Element, entry: Entry, language: str) -> None:
    card = entry.short
    node = SubElement(root, "entry")
    title = in_language(card["title"], language, card["original_language"])
    _text(node, "id", f"urn:uuid:{entry.uid}")
    _text(node, "title", title.text or str(entry.uid), title.language)
    _text(node, "updated", utc(entry.modified))
    _text(node, "published", card["published"])
    summary = in_language(card["summary"], language, card["original_language"])
    if summary.text:
        _text(node, "summary", summary.text, summary.language)
    for code, page in card["pages"].items():
        _link(node, "alternate", settings.PUBLIC_URL + page, type="text/html", hreflang=code)
    api = f"{settings.PUBLIC_URL}/api/v1/{entry.kind}/{entry.uid}/"
    _link(node, "alternate", api, type="application/json")
    if licence := LICENCE_URLS.get(card["licence"]):
        _link(node, "license", licence)
    _categories(node, card, language)


def _categories(node: Element, card: dict, language: str) -> None:
    kinds, topics = f"{settings.PUBLIC_URL}/api/v1/", f"{settings.PUBLIC_URL}/api/docs/#topics"
    SubElement(node, "category", {"term": card["kind"], "scheme": kinds})
    for topic in card["topics"]:
        SubElement(node, "category", {"term": topic, "scheme": topics, "label": topic_name(topic, language)})
    if card["example"]:
        SubElement(node, "category", {"term": "example"})


def _deleted(root: Element, entry: Entry) -> None:
    node = SubElement(root, "at:deleted-entry", {"ref": f"urn:uuid:{entry.uid}", "when": utc(entry.withdrawn)})
    with translation.override(settings.LANGUAGE_CODE):
        _text(node, "at:comment", entry.get_reason_display(), settings.LANGUAGE_CODE)
    if entry.merged_into:
        _link(node, "related", f"{settings.PUBLIC_URL}/id/{entry.merged_into}/")


def _text(parent: Element, name: str, text: str, language: str = "") -> None:
    SubElement(parent, name, {"xml:lang": language} if language else {}).text = sayable(text)


def _link(parent: Element, relation: str, address: str, **more: str) -> None:
    SubElement(parent, "link", {"rel": relation, "href": address, **more})
