"""What the maps of projects show: partners where their names say a place, the others counted with their country."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from catalogue.cards import page_address, short_title
from catalogue.maps.places import point_of, routes_from
from catalogue.models import Entry
from catalogue.relations import entries_named
from projects.models import Participation

PROJECTS_LOOKED_AT = 12
PROJECTS_ON_THE_SEA = 2  # whose routes the home page draws
PRACTICES_ON_THE_SEA = 40


def project_plate(record: dict, entries: dict[str, Entry] | None = None) -> dict | None:
    """{places, routes, label, caption, note} of a project's partners; `None` where nothing is known of any place.

    `entries` are the partners' own, by uid, where they have been looked up already.
    """
    parts = record["participations"]
    entries = _partners_of([record]) if entries is None else entries
    places = [place for part in parts if (place := _place(part, entries))]
    if not places:
        return None
    return {
        "places": places,
        "routes": _routes(places),
        "label": _("Map of the partners of %(project)s") % {"project": record["acronym"] or short_title(record)},
        "caption": caption(len(parts), len({place["country"] for place in places})),
        "note": _countries_only(places),
    }


def caption(partners: int, countries: int) -> str:
    told = {
        "partners": ngettext("%(number)s partner", "%(number)s partners", partners) % {"number": partners},
        "countries": npgettext("in …", "%(number)s country", "%(number)s countries", countries) % {"number": countries},
    }
    return _("%(partners)s in %(countries)s.") % told


def _countries_only(places: list[dict]) -> str:
    """Says how many partners are drawn with their country alone."""
    number = sum(point_of(place) is None for place in places)
    told = ngettext(
        "%(number)s partner whose place no source names is counted with its country.",
        "%(number)s partners whose place no source names are counted with their countries.",
        number,
    )
    return told % {"number": number} if number else ""


def _place(part: dict, entries: dict[str, Entry]) -> dict | None:
    """Where a partner is, as its own record says, else the country that the project's papers print."""
    organisation = part["organisation"]
    entry = entries.get(organisation["uid"]) if organisation else None
    known = entry.short["places"][0] if entry and entry.short["places"] else {}
    country = part["country"] or known.get("country")
    if not country:
        return None
    return {
        "country": country,
        "lat": known.get("lat"),
        "lng": known.get("lng"),
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


def network_plate() -> dict:
    """{places, routes, key} of the home page: practices where they are, and projects with the routes to partners."""
    visible = Entry.objects.visible().defer("document").order_by("-published", "-id")
    practices = [entry.short for entry in visible.of_kind("practices")[:PRACTICES_ON_THE_SEA]]
    places = [_practice_place(card) for card in practices if card["places"]]
    routes, key = [], []
    for number, (record, plate) in enumerate(_widest_projects()):
        routes += [route | {"dashed": bool(number)} for route in plate["routes"]]
        places += [place | {"url": ""} for place in plate["places"] if point_of(place)]
        key.append({"kind": "adoption", "line": "dash" if number else "solid", "label": _key(record)})
    return {"places": places, "routes": routes, "key": [*key, {"kind": "practice", "label": _("Good practices")}]}


def _practice_place(card: dict) -> dict:
    first = card["places"][0]
    return first | {"label": first.get("town") or "", "kind": "practice", "url": ""}


def _widest_projects() -> list[tuple[dict, dict]]:
    """Of the latest projects those with the most routes, each with its plate."""
    latest = Entry.objects.visible().of_kind("projects").order_by("-published", "-id")[:PROJECTS_LOOKED_AT]
    records = [entry.record for entry in latest]
    entries = _partners_of(records)
    plates = [(record, plate) for record in records if (plate := project_plate(record, entries)) and plate["routes"]]
    return sorted(plates, key=lambda pair: -len(pair[1]["routes"]))[:PROJECTS_ON_THE_SEA]


def _partners_of(records: list[dict]) -> dict[str, Entry]:
    return entries_named([part["organisation"] for record in records for part in record["participations"]])


def _key(record: dict) -> str:
    number = len(record["participations"])
    told = {"project": record["acronym"] or short_title(record), "number": number}
    return ngettext("%(project)s, %(number)s partner", "%(project)s, %(number)s partners", number) % told
