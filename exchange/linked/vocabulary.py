"""What records are in the words of schema.org.

The envelope, which all kinds have in common, is said in schema.org's own words; a kind's own fields keep their names, as terms
below the address of our guide, which explains them. Everything that needs to be known to read it stands in the context.
"""

import json
from typing import Any

from django.conf import settings

from catalogue.codes import LICENCE_URLS
from catalogue.signposts import TYPES

_OF_WORKS = dict.fromkeys(("Article", "CreativeWork", "DigitalDocument"), "contentLocation")
PLACED = _OF_WORKS | {"Place": "containedInPlace"}  # else `location`
_SAID = (
    *("uid", "kind", "url", "pages", "version", "published", "modified", "original_language"),
    *("licence", "title", "summary", "topics", "places"),
)
_EMBEDDED = {"uid", "kind", "title", "url"}


def context() -> dict[str, Any]:
    """The JSON-LD context, to be sent along: nobody needs to fetch another."""
    when = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
    return {
        "@base": f"{settings.PUBLIC_URL}/",
        "@vocab": "https://schema.org/",
        "mer": f"{settings.PUBLIC_URL}/api/docs/#",
        "name": {"@container": "@language"},
        "description": {"@container": "@language"},
        "datePublished": when,
        "dateModified": when,
        "startDate": when,
        "endDate": when,
        "license": {"@type": "@id"},
        "url": {"@type": "@id"},
    }


def node_of(document: str | bytes) -> dict[str, Any]:
    """A stored document as a node of a graph with this context."""
    record = json.loads(document)
    type_ = TYPES[record["kind"]]
    node = {
        "@id": record["url"],
        "@type": type_,
        "identifier": record["uid"],
        "additionalType": record["kind"],
        "name": record["title"],
        "description": record["summary"],
        "inLanguage": record["original_language"],
        "version": record["version"],
        "datePublished": record["published"],
        "dateModified": record["modified"],
        "license": LICENCE_URLS.get(record["licence"]),
        "url": list(record["pages"].values()),
        "keywords": record["topics"],
        PLACED.get(type_, "location"): [_place(place) for place in record["places"]],
    }
    if type_ == "Event":
        node |= {"startDate": record["start"], "endDate": record["end"]}
    node |= {f"mer:{name}": _own(value) for name, value in record.items() if name not in _SAID}
    return _without_nothing(node)


def _place(place: dict[str, Any]) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": place["country"], "addressLocality": place["town"]}
    told = {"@type": "Place", "address": _without_nothing(address), "mer:nuts": place["nuts"]}
    if place["lat"] is not None and place["lng"] is not None:
        told["geo"] = {"@type": "GeoCoordinates", "latitude": place["lat"], "longitude": place["lng"]}
    return _without_nothing(told)


def _own(value: Any) -> Any:
    """A value of a kind's own field: other records as nodes, texts with their languages, parts as nodes without a name."""
    if isinstance(value, list):
        return [_own(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= _EMBEDDED and value["kind"] in TYPES:
        rest = {f"mer:{name}": _own(each) for name, each in value.items() if name not in _EMBEDDED}
        node = {"@id": value["url"], "@type": TYPES[value["kind"]], "name": value["title"]}
        return _without_nothing(node | rest)
    if value and value.keys() <= dict(settings.LANGUAGES).keys() and all(isinstance(t, str) for t in value.values()):
        return [{"@value": text, "@language": language} for language, text in value.items()]
    return _without_nothing({f"mer:{name}": _own(each) for name, each in value.items()})


def _without_nothing(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in (None, [], {})}
