"""What each kind of record may say in the files under `seeds/`.

A shape is a type; a mapping of keys to shapes, every one of which may be left out; a list of one shape, which stands for
any number of those; `Texts`; or `KeyOf(kind)`, which names another record.
"""

from datetime import date
from typing import NamedTuple


class KeyOf(NamedTuple):
    """Names a record of this kind by its key."""

    kind: str


class Texts:
    """Language → text."""


SOURCE = {"document": str, "line": int, "publication": str, "url": str}
SOURCED = {"source": SOURCE, "other_sources": [SOURCE]}
NOTES = [{"field": str, **SOURCE, "note": Texts}]
STATEMENTS = [{"text": Texts, **SOURCED}]
PLACE = {"country": str, "nuts": str, "nuts_version": int, "town": str, "lat": float, "lng": float}
MONEY = {"total_eligible_budget": str, "cofinancing_amount": str, "cofinancing_rate": str}

PROGRAMME = {
    "original_language": str,
    "name": Texts,
    "name_as_printed": str,
    "acronym": str,
    "description": Texts,
    "period": str,
    "strand": str,
    "cci": str,
    "priorities": [{"code": str, "title": Texts, **SOURCED}],
    "funding_statement": Texts,
    **SOURCED,
    "source_notes": NOTES,
}
PARTNER = {
    "example": bool,
    "original_language": str,
    "name_original": str,
    "name_english": str,
    "abbreviation": str,
    "aliases": [{"name": str, "from": int, "to": int}],
    "partner_type": str,
    "legal_status": str,
    "address": PLACE,
    "website": str,
    "description": Texts,
    "source_notes": NOTES,
}
PARTICIPATION = {
    "organisation": KeyOf("partners"),
    "role": str,
    "order": int,
    "name_as_printed": str,
    "country_as_printed": str,
    "country": str,
    **MONEY,
    "budget_basis": str,
    **SOURCED,
}
INDICATOR = {
    "code": str,
    "level": str,
    "name": Texts,
    "unit": Texts,
    "target": int,
    "target_is_minimum": bool,
    "target_per_year": bool,
    "target_years": [int],
    "aggregation": str,
    "values": [{"year": int, "value": int, "note": Texts, **SOURCED}],
    **SOURCED,
}
PROJECT = {
    "example": bool,
    "acronym": str,
    "title": Texts,
    "title_as_printed": str,
    "summary": Texts,
    "original_language": str,
    "topics": [str],
    "form": str,
    "type": str,
    "status": str,
    "start": date,
    "end": date,
    "duration_months": int,
    "total_budget": str,
    "eu_funding_amount": str,
    "cofinancing_rate": str,
    "currency": str,
    "programme": KeyOf("programmes"),
    "priority": str,
    "website": str,
    "funding_statement": Texts,
    "participations": [PARTICIPATION],
    "context": STATEMENTS,
    "objectives": STATEMENTS,
    "expected_results": STATEMENTS,
    "results": STATEMENTS,
    "work_packages": [{"number": int, "title": Texts, "description": Texts, **SOURCED}],
    "activities": STATEMENTS,
    "target_groups": [{"codes": [str], "text": Texts, **SOURCED}],
    "indicators": [INDICATOR],
    "stated_counts": [{"what": Texts, "value": int, "countries": [str], **SOURCED}],
    "capitalises": [KeyOf("projects")],
    "named_organisations": [{"organisation": KeyOf("partners"), "how": Texts, **SOURCED}],
    "source_notes": NOTES,
}
RESOURCES = {"amount": str, "currency": str, "year": int, "fte": str, "text": Texts}
BUILDING_BLOCK = {"title": Texts, "description": Texts, "enabling_factors": Texts, "lessons": Texts}
EVIDENCE = {"indicator": Texts, "value": str, "unit": Texts, "year": int, "confidence": str, **SOURCED}
PRACTICE = {
    "example": bool,
    "original_language": str,
    "entry_type": str,
    "title": Texts,
    "summary": Texts,
    "problem_and_context": Texts,
    "how_it_works": Texts,
    "stakeholders_and_beneficiaries": Texts,
    "building_blocks": [BUILDING_BLOCK],
    "resources_setup": RESOURCES,
    "resources_running": RESOURCES,
    "evidence": [EVIDENCE],
    "evidence_of_success": Texts,
    "challenges": Texts,
    "success_factors": Texts,
    "hampering_factors": Texts,
    "preconditions": Texts,
    "potential_for_transfer": Texts,
    "links": [{"title": Texts, "url": str}],
    "areas": [KeyOf("areas")],
    "sdgs": [int],
    "nace": [str],
    "author": str,
    "contact_name": str,
    "contact_agreed": bool,
    "confirmed_on": date,
    "expert_opinion": {"text": Texts, "name": str, "network": str, "date": date},
    "topics": [str],
    "geographical_scope": str,
    "places": [PLACE],
    "organisation_in_charge": KeyOf("partners"),
    "projects": [KeyOf("projects")],
    "grew_from": [{"project": KeyOf("projects"), "result": int}],
    "status": str,
    "start": date,
    "end": date,
}
AREA = {
    "example": bool,
    "original_language": str,
    "name": Texts,
    "summary": Texts,
    "type": str,
    "manager": KeyOf("partners"),
    "places": [PLACE],
    "hectares_total": str,
    "hectares_free": str,
    "firms": int,
    "jobs": int,
    "nace": [str],
    "topics": [str],
    "description": Texts,
    "services": Texts,
    "website": str,
    "source_notes": NOTES,
}
LIBRARY_ITEM = {
    "example": bool,
    "original_language": str,
    "title": Texts,
    "summary": Texts,
    "body": Texts,
    "type": str,
    "status": str,
    "authors": str,
    "publisher": KeyOf("partners"),
    "issued": date,
    "year": int,
    "book": Texts,
    "chapter": int,
    "projects": [KeyOf("projects")],
    "practices": [KeyOf("practices")],
    "topics": [str],
    "website": str,
    "isbn": str,
    "source_notes": NOTES,
}
VENUE = {"name": str, "street": str, "postal_code": str, **PLACE}
AGENDA_ITEM = {
    "day": date,
    "start": str,
    "end": str,
    "title": Texts,
    "text": Texts,
    "practices": [KeyOf("practices")],
}
EVENT = {
    "example": bool,
    "original_language": str,
    "type": str,
    "status": str,
    "title": Texts,
    "summary": Texts,
    "starts_on": date,
    "starts_at": str,
    "ends_on": date,
    "ends_at": str,
    "time_zone": str,
    "mode": str,
    "venue": VENUE,
    "access_notes": Texts,
    "host": KeyOf("partners"),
    "project": KeyOf("projects"),
    "areas": [KeyOf("areas")],
    "practices": [KeyOf("practices")],
    "topics": [str],
    "languages": [str],
    "audience": Texts,
    "how_to_take_part": Texts,
    "registration_url": str,
    "agenda": [AGENDA_ITEM],
    "speakers": [{"name": str, "function": Texts, "organisation": KeyOf("partners"), "agreed": bool}],
}
PLAYER = {"organisation": KeyOf("partners"), "name": Texts, "role": str}
MEASURE = {
    "number": int,
    "title": Texts,
    "background": Texts,
    "action": Texts,
    "players": [PLAYER],
    "start": date,
    "end": date,
    "milestones": [{"date": date, "title": Texts, "done": bool}],
    "cost_low": str,
    "cost_high": str,
    "currency": str,
    "funding": [{"payer": Texts, "amount": str, "state": str}],
    "outputs": Texts,
    "results": Texts,
    "status": str,
    "progress": int,
    "weight": int,
    "timeline": [{"date": date, "text": Texts}],
    "derived_from": [KeyOf("practices")],
    **SOURCED,
}
PLAN_INDICATOR = {
    **INDICATOR,
    "measure": int,
    "baseline": int,
    "reference_year": int,
    "source_of_data": str,
    "targets": [{"year": int, "value": int}],
}
ACTION_PLAN = {
    "example": bool,
    "original_language": str,
    "title": Texts,
    "summary": Texts,
    "status": str,
    "start": date,
    "end": date,
    "area": KeyOf("areas"),
    "organisation": KeyOf("partners"),
    "project": KeyOf("projects"),
    "adopted_on": date,
    "adopted_by": Texts,
    "topics": [str],
    "places": [PLACE],
    "context": Texts,
    "vision": Texts,
    "objectives": STATEMENTS,
    "measures": [MEASURE],
    "indicators": [PLAN_INDICATOR],
    "stakeholders": [{"organisation": KeyOf("partners"), "name": Texts, "role": Texts, **SOURCED}],
    "risks": [{"text": Texts, "response": Texts, **SOURCED}],
    "source_notes": NOTES,
}
SHAPES = {
    "programmes": PROGRAMME,
    "partners": PARTNER,
    "projects": PROJECT,
    "practices": PRACTICE,
    "areas": AREA,
    "library": LIBRARY_ITEM,
    "events": EVENT,
    "action-plans": ACTION_PLAN,
}
