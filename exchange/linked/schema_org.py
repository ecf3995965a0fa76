"""A record in the words of schema.org, as search engines read it inside the record's page.

Everything comes from the document that the page is drawn from. Texts are those that the reader of the page sees, each with its
language; what the page itself is (its licence, its days) stands with the page, as organisations and places have neither.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from catalogue.citations import PORTAL
from catalogue.codes import LICENCE_URLS, topic_name
from catalogue.signposts import TYPES, here
from catalogue.texts import in_language
from exchange.linked.plain import sayable

CONTEXT = {"@vocab": "https://schema.org/"}  # nobody needs to fetch one
WORKS = {"Article", "CreativeWork", "DigitalDocument"}
MODES = {"on_site": "Offline", "online": "Online", "hybrid": "Mixed"}
STATES = {"scheduled": "EventScheduled", "cancelled": "EventCancelled"}
Node = dict[str, Any]


class _Document(dict):
    """A document that an older release made may lack fields until it is made anew."""

    def __missing__(self, name: str) -> tuple:
        return ()


def portal() -> Node:
    """Of the home page: who speaks here, and how to search."""
    organisation = _portal() | {"url": here("/"), "logo": here(static("img/mark.svg"))}
    search = here(f"/{settings.LANGUAGE_CODE}/search/?q={{words}}")
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=words",
    }
    site = {
        "@id": here("/#site"),
        "@type": "WebSite",
        "name": PORTAL,
        "url": here("/"),
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "publisher": {"@id": organisation["@id"]},
        "potentialAction": action,
    }
    return {"@context": CONTEXT, "@graph": [organisation, site]}


def record(document: dict, language: str) -> Node:
    """The node of a record, as its page in that language tells of it."""
    document = _Document(document)
    type_ = TYPES[document["kind"]]
    place = {"CreativeWork": "contentLocation", "Place": "containedInPlace"}
    node = {
        "@context": CONTEXT,
        "@id": here(document["url"]),
        "@type": type_,
        "identifier": document["uid"],
        "name": _text(document["title"], document, language),
        "description": _text(document["summary"], document, language),
        "url": _page(document, language),
        "keywords": _keywords(document, language),
        place.get("CreativeWork" if type_ in WORKS else type_, "location"): [
            _place(each) for each in document["places"]
        ],
        "mainEntityOfPage": _web_page(document, language),
    }
    if type_ in WORKS:
        node |= _work(document)
    told = _OF_KINDS.get(document["kind"])
    return _without_nothing(node | (told(document, language) if told else {}))


def _portal() -> Node:
    return {"@id": here("/#publisher"), "@type": "Organization", "name": PORTAL}


def _web_page(document: dict, language: str) -> Node:
    return {
        "@id": _page(document, language),
        "@type": "WebPage",
        "inLanguage": language,
        "datePublished": document["published"],
        "dateModified": document["modified"],
        "license": LICENCE_URLS.get(document["licence"]),
        "isPartOf": {"@id": here("/#site"), "@type": "WebSite", "name": PORTAL},
        "publisher": _portal(),
    }


def _work(document: dict) -> Node:
    return {
        "inLanguage": sorted(document["title"] or {}),
        "datePublished": document["published"],
        "dateModified": document["modified"],
        "version": document["version"],
        "license": LICENCE_URLS.get(document["licence"]),
        "publisher": _portal(),
    }


def _practice(document: dict, language: str) -> Node:
    images = [_image(each, document, language) for each in document["images"]]
    return {
        "headline": _text(document["title"], document, language),
        "author": _named(document["organisation_in_charge"], language),
        "image": images,
        "temporalCoverage": _interval(document),
        "isBasedOn": [_named(each, language) for each in document["projects"]],
        "associatedMedia": [_file(each, document, language) for each in document["attachments"]],
    }


def _project(document: dict, language: str) -> Node:
    members = [_named(each["organisation"], language) for each in document["participations"] if each["organisation"]]
    return {
        "alternateName": document["acronym"],
        "foundingDate": document["start"],
        "dissolutionDate": document["end"],
        "funder": _named(document["programme"], language),
        "member": members,
        "sameAs": document["website"],
    }


def _programme(document: dict, language: str) -> Node:
    return {"alternateName": document["acronym"], "sameAs": document["website"]}


def _organisation(document: dict, language: str) -> Node:
    logo = document["logo"]
    return {
        "legalName": document["name_original"],
        "alternateName": [name for name in (document["name_english"], document["abbreviation"]) if name],
        "address": _address(document["address"] or {}),
        "sameAs": [address for address in (document["website"], document["ror"]) if _is_address(address)],
        "logo": here(logo["url"]) if logo else None,
    }


def _area(document: dict, language: str) -> Node:
    first = next((_place(place) for place in document["places"]), {})
    return {"address": first.get("address"), "geo": first.get("geo"), "sameAs": document["website"]}


def _event(document: dict, language: str) -> Node:
    mode = MODES.get(document["mode"], "Offline")
    venue, places = document["venue"] or {}, []
    if document["mode"] != "online":
        places.append({"@type": "Place", "name": sayable(venue.get("name") or ""), "address": _address(venue)})
    if document["mode"] != "on_site" and document["online_url"]:
        places.append({"@type": "VirtualLocation", "url": document["online_url"]})
    return {
        "startDate": document["start"],
        "endDate": document["end"],
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "eventStatus": f"https://schema.org/{STATES.get(document['status'], 'EventScheduled')}",
        "location": [_without_nothing(place) for place in places],
        "organizer": _named(document["host"], language),
        "inLanguage": document["languages"],
    }


def _plan(document: dict, language: str) -> Node:
    return {
        "author": _named(document["organisation"], language),
        "spatialCoverage": _named(document["area"], language),
        "temporalCoverage": _interval(document),
    }


def _library_item(document: dict, language: str) -> Node:
    issued = document["issued"] or (str(document["year"]) if document["year"] else document["published"])
    return {
        "creditText": sayable(document["authors"] or ""),
        "publisher": _named(document["publisher"], language) or _portal(),
        "datePublished": issued,
        "isbn": document["isbn"],
        "sameAs": document["website"],
        "isBasedOn": [_named(each, language) for each in (*document["projects"], *document["practices"])],
    }


_OF_KINDS: dict[str, Callable[[dict, str], Node]] = {
    "practices": _practice,
    "projects": _project,
    "programmes": _programme,
    "partners": _organisation,
    "areas": _area,
    "events": _event,
    "action-plans": _plan,
    "library": _library_item,
}


def _text(texts: dict[str, str] | None, document: dict, language: str) -> Node | None:
    """As the reader sees it, with the language that it is in."""
    found = in_language(texts or {}, language, document["original_language"])
    return {"@value": sayable(found.text), "@language": found.language} if found.text else None


def _keywords(document: dict, language: str) -> list[str]:
    topics = [topic_name(topic, language) for topic in document["topics"]]
    return [*topics, *map(sayable, document["keywords"] or ()), *(["example"] if document["example"] else [])]


def _page(document: dict, language: str) -> str:
    """Every language has an address, whatever languages the text is in."""
    some = next(iter(document["pages"].values()), "")
    return here(f"/{language}/{some.split('/', 2)[2]}" if some else document["url"])


def _named(embed: dict | None, language: str) -> Node | None:
    """Another record that the document names."""
    if not embed:
        return None
    title = in_language(embed["title"] or {}, language)
    name = {"@value": sayable(title.text), "@language": title.language} if title.text else None
    return _without_nothing({"@id": here(embed["url"]), "@type": TYPES[embed["kind"]], "name": name})


def _place(place: dict) -> Node:
    told = {"@type": "Place", "address": _address(place)}
    if place["lat"] is not None and place["lng"] is not None:
        told["geo"] = {"@type": "GeoCoordinates", "latitude": place["lat"], "longitude": place["lng"]}
    return _without_nothing(told)


def _address(place: dict) -> Node | None:
    told = {
        "addressCountry": place.get("country"),
        "addressLocality": sayable(place.get("town") or ""),
        "postalCode": sayable(place.get("postal_code") or ""),
        "streetAddress": sayable(place.get("street") or ""),
    }
    found = _without_nothing(told)
    return {"@type": "PostalAddress", **found} if found else None


def _image(image: dict, document: dict, language: str) -> Node:
    return {
        "@type": "ImageObject",
        "contentUrl": here(image["url"]),
        "width": image["width"],
        "height": image["height"],
        "caption": _text(image["alt"], document, language),
        "creditText": sayable(image["credit"] or ""),
        "license": LICENCE_URLS.get(image["licence"]),
    }


def _file(file: dict, document: dict, language: str) -> Node:
    address = here(file["url"])
    return {"@type": "MediaObject", "contentUrl": address, "name": _text(file["title"], document, language)}


def _interval(document: dict) -> str | None:
    """ISO 8601, open where no end is known."""
    return f"{document['start']}/{document['end'] or '..'}" if document["start"] else None


def _is_address(text: str | None) -> bool:
    return bool(text) and text.startswith(("https://", "http://"))


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nothing(each) for name, each in value.items() if each not in (None, "", [], {}, ())}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
