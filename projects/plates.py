"""What the maps of projects show: partners where their names say a place, the others counted with their country."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from catalogue.cards import country, page_address, short_title, undrawn_places
from catalogue.maps.places import point_of, routes_from
from catalogue.models import Entry
from projects.models import Participation

PROJECTS_ON_THE_SEA = 2  # whose routes the home page draws


def project_plate(record: dict, entries: Mapping[str, Entry]) -> dict | None:
    """{places, routes, label, caption} of a project's partners and of the countries that its papers name without any.

    `None` where no country is known. `entries` are the partners' own, by uid.
    """
    parts = record["participations"]
    places = [place for part in parts if (place := _place(part, entries))]
    stated = dict.fromkeys(code for count in record["stated_counts"] for code in count["countries"])
    countries = {place["country"] for place in places}
    only_named = [code for code in stated if code not in countries]
    if not places and not only_named:
        return None
    told = [
        caption(len(parts), len(countries)) if places else "",
        _countries_named([code for code in stated if code in countries], only_named),
        _countries_only(places),
        undrawn_places(places),
    ]
    return {
        "places": [*places, *({"country": code, "kind": "partner", "count": 0} for code in only_named)],
        "routes": _routes(places),
        "label": _("Map of the partners of %(project)s") % {"project": record["acronym"] or short_title(record)},
        "caption": " ".join(sentence for sentence in told if sentence),
    }


def caption(partners: int, countries: int) -> str:
    told = {
        "partners": ngettext("%(number)s partner", "%(number)s partners", partners) % {"number": partners},
        "countries": npgettext("in …", "%(number)s country", "%(number)s countries", countries) % {"number": countries},
    }
    return _("%(partners)s in %(countries)s.") % told


def _countries_named(with_partner: list[str], others: list[str]) -> str:
    """Of the countries that the papers name: where a partner is named, too, and where none is."""
    if not others:
        return ""
    told = {
        "with_partner": ", ".join(country(code) for code in with_partner),
        "others": ", ".join(country(code) for code in others),
    }
    if not with_partner:
        return _("Named without a partner: %(others)s.") % told
    return _("Named with a partner: %(with_partner)s. Named without one: %(others)s.") % told


def _countries_only(places: list[dict]) -> str:
    """Says of how many partners nothing is known but the country."""
    number = sum(not (point_of(place) or place["town"] or place["nuts"]) for place in places)
    told = ngettext(
        "%(number)s partner whose place no source names is counted with its country.",
        "%(number)s partners whose place no source names are counted with their countries.",
        number,
    )
    return told % {"number": number} if number else ""


def _place(part: dict, entries: Mapping[str, Entry]) -> dict | None:
    """Where a partner is, as its own record says, else the country that the project's papers print."""
    organisation = part["organisation"]
    entry = entries.get(organisation["uid"]) if organisation else None
    known = entry.short["places"][0] if entry and entry.short["places"] else {}
    code = part["country"] or known.get("country")
    if not code:
        return None
    return {
        "country": code,
        "lat": known.get("lat"),
        "lng": known.get("lng"),
        "town": known.get("town"),
        "nuts": known.get("nuts"),
        "nuts_version": known.get("nuts_version"),
        "label": known.get("town") or "",
        "kind": "partner",
        "colour": "adoption",
        "main": part["role"] == Participation.Role.LEAD_PARTNER,
        "url": page_address(entry.short) if entry else "",
    }


def _routes(places: list[dict]) -> list[dict]:
    lead = next((place for place in places if place["main"] and point_of(place)), None)
    others = [place for place in places if place is not lead]
    return routes_from(lead, others, kind="adoption") if lead else []


def network_plate(practices: list[Entry], projects: list[Entry], partners: Mapping[str, Entry]) -> dict:
    """{places, routes, key} of the home page: practices where they are, and projects with the routes to partners.

    `projects` come with their documents; `partners` are the organisations that these name, by uid. What has no
    coordinates is left to the lists: so there is nothing to count, and a number would only be half true.
    """
    places = [_practice_place(entry.short) for entry in practices if entry.short["places"]]
    marks: list[dict] = []
    routes, key = [], []
    for number, (record, plate) in enumerate(_widest(projects, partners)):
        routes += [route | {"dashed": bool(number)} for route in plate["routes"]]
        marks += plate["places"]
        key.append({"kind": "adoption", "line": "dash" if number else "solid", "label": _key(record, plate)})
    if marks:
        key.append({"kind": "adoption", "symbol": "practice", "label": _("Partners")})
    key.append({"kind": "practice", "label": _("Good practices")})
    return {"places": _one_mark_each([*places, *marks]), "routes": routes, "key": key}


def _one_mark_each(places: list[dict]) -> list[dict]:
    """The places with coordinates, one of each kind in a town; a lead partner's comes first."""
    drawn = sorted((place for place in places if point_of(place)), key=lambda place: not place.get("main"))
    return list(
        {(place["kind"], place["lat"], place["lng"]): place | {"url": ""} for place in reversed(drawn)}.values()
    )


def _practice_place(card: dict) -> dict:
    first = card["places"][0]
    return first | {"label": first.get("town") or "", "kind": "practice"}


def _widest(projects: list[Entry], partners: Mapping[str, Entry]) -> list[tuple[dict, dict]]:
    """Those with the most routes, each with its plate."""
    records = [entry.record for entry in projects]
    plates = [(record, plate) for record in records if (plate := project_plate(record, partners)) and plate["routes"]]
    return sorted(plates, key=lambda pair: -len(pair[1]["routes"]))[:PROJECTS_ON_THE_SEA]


def _key(record: dict, plate: dict) -> str:
    number = len(record["participations"])
    told = {
        "project": record["acronym"] or short_title(record),
        "drawn": sum(point_of(place) is not None for place in plate["places"]),
        "number": number,
    }
    said = ngettext(
        "%(project)s, %(drawn)s of %(number)s partner",
        "%(project)s, %(drawn)s of %(number)s partners",
        number,
    )
    return said % told
