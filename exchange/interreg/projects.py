"""A project as Jems and keep.eu exchange it: under their names, with what our documents say and nothing else.

Names of lists are in the singular (`partner`, `address`), as those systems write them: in XML the element is repeated. A text
is a list of objects with a `language`, which is null where nobody has said which it is. What is not known is null.
"""

from typing import Any

from django.conf import settings

from catalogue.codes import TOPICS
from catalogue.texts import in_language
from exchange.interreg.gathered import Document, Gathered

PARTNER_TYPES = {"lead_partner": "lead", "partner": "project", "associated": "associated"}
_PLACE = ("country", "nuts", "nuts_version", "town")
_ADDRESS = (*_PLACE, "street", "postal_code")

Told = dict[str, Any]


def project_of(gathered: Gathered) -> Told:
    project = gathered.project
    return {
        "project_id": project["uid"],
        "uid": project["uid"],
        "url": address_of(project),
        "published": project["published"],
        "modified": project["modified"],
        "licence": project["licence"],
        "origin": project["origin"],
        "example": project["example"],
        "acronym": project["acronym"],
        "multi_languages_name": _texts("name", project["title"]),
        "name_as_printed": project["title_as_printed"],
        "original_language": project["original_language"],
        "multi_languages_description": _texts("description", project["summary"]),
        "project_form": project["form"],
        "project_type": project["type"],
        "project_status": project["status"],
        "project_start_date": project["start"],
        "project_end_date": project["end"],
        "duration_months": project["duration_months"],
        "total_budget": project["total_budget"],
        "eu_funding_amount": project["eu_funding_amount"],
        "eu_funding_cofinancing_rate": project["cofinancing_rate"],
        "currency": project["currency"],
        "programme": _programme(gathered.of(project["programme"])),
        "multi_languages_programme_priority": _texts("priority", project["priority"]),
        "thematic": themes_of(project),
        "topic": project["topics"],
        "keyword": project["keywords"],
        "location": [_picked(place, _PLACE) for place in project["places"]],
        "website": project["website"],
        "rel_precedent_projects": [_precedent(each) for each in project["capitalises"]],
        "project_indicators": [_indicator(each) for each in project["indicators"]],
        "partner": [_partner(each, gathered) for each in project["participations"]],
    }


def address_of(record: Document) -> str:
    """The identity's absolute address."""
    return f"{settings.PUBLIC_URL}{record['url']}"


def themes_of(project: Document) -> list[str]:
    """The themes of keep.eu that our topics are called there."""
    themes = (theme for topic in project["topics"] if topic in TOPICS for theme in TOPICS[topic].keep_themes)
    return list(dict.fromkeys(themes))


def _texts(name: str, texts: dict[str, str] | None) -> list[Told]:
    return [{name: text, "language": language} for language, text in (texts or {}).items()]


def _picked(part: Document, names: tuple[str, ...]) -> Told:
    return {name: part[name] for name in names}


def _programme(programme: Document | None) -> Told | None:
    if programme is None:
        return None
    return {
        "programme_id": programme["uid"],
        "url": address_of(programme),
        "modified": programme["modified"],
        "programme_name": in_language(programme["name"], "en", programme["original_language"]).text or None,
        "multi_languages_programme_name": _texts("name", programme["name"]),
        "name_as_printed": programme["name_as_printed"],
        "acronym": programme["acronym"],
        "period": programme["period"],
        "cci": programme["cci"],
        "strand": programme["strand"],
        "website": programme["website"],
    }


def _precedent(project: Document) -> Told:
    return {
        "project_id": project["uid"],
        "url": address_of(project),
        "multi_languages_name": _texts("name", project["title"]),
    }


def _indicator(indicator: Document) -> Told:
    return {
        "code": indicator["code"],
        "level": indicator["level"],
        "multi_languages_indicator_name": _texts("name", indicator["name"]),
        "multi_languages_unit": _texts("unit", indicator["unit"]),
        "baseline": indicator["baseline"],
        "reference_year": indicator["reference_year"],
        "target": indicator["target"],
        "achieved": [_picked(each, ("year", "date", "value")) for each in indicator["values"]],
    }


def _partner(part: Document, gathered: Gathered) -> Told:
    organisation = gathered.of(part["organisation"])
    told = {
        "partner_id": part["uid"],
        "partner_type": PARTNER_TYPES[part["role"]],
        "order": part["order"],
        "name_as_printed": part["name_as_printed"],
        "multi_languages_organisation_name": names_of(part, organisation),
        "country": part["country"],
        "country_as_printed": part["country_as_printed"],
        "total_eligible_budget": part["total_eligible_budget"],
        "cofinancing_amount": part["cofinancing_amount"],
        "cofinancing_rate": part["cofinancing_rate"],
        "budget_basis": part["budget_basis"],
        "partner_start_date": part["from"],
        "partner_end_date": part["to"],
    }
    return told | _organisation(organisation)


def names_of(part: Document, organisation: Document | None) -> list[Told]:
    """In its own language, and in English where an English name is known.

    No record says which language an organisation's own is: `original_language` is that of the record's writers. Of an
    organisation that has no public record the name is as the project's papers print it.
    """
    if organisation is None:
        return [{"name": part["name_as_printed"], "language": None}] if part["name_as_printed"] else []
    own, english = organisation["name_original"], organisation["name_english"]
    names = [(own if own != english else None, None), (english, "en")]
    return [{"name": name, "language": language} for name, language in names if name]


def _organisation(organisation: Document | None) -> Told:
    """What its own record says; of whom there is none, nothing."""
    known = organisation or {}
    return {
        "organisation_id": known.get("uid"),
        "url": address_of(known) if known else None,
        "modified": known.get("modified"),
        "abbreviation": known.get("abbreviation"),
        "organisation_type": known.get("partner_type"),
        "legal_status": known.get("legal_status"),
        "participant_identification_code": known.get("pic"),
        "participant_id_no_pic": known.get("other_id"),
        "participant_id_scheme": known.get("other_id_scheme"),
        "website": known.get("website"),
        "address": [_picked(known["address"], _ADDRESS)] if known and any(known["address"].values()) else [],
    }
