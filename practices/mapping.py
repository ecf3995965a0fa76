"""Between form and practice: the one place that knows the names of both; of repeated parts, `practices.form_parts`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from catalogue.drafting import places
from catalogue.drafting.texts import initial_texts, typed_in
from practices.models import GoodPractice
from practices.readiness import TEXTS


def initial_of(draft: GoodPractice, languages: Iterable[str]) -> dict[str, Any]:
    """What the form shows before anybody has typed: field of the form → value."""
    organisation = draft.organisation_in_charge
    return {
        "original_language": draft.original_language,
        "status": draft.status,
        "start": _day(draft.start),
        "end": _day(draft.end),
        "topics": list(draft.topics),
        "organisation": str(organisation.uid) if organisation else "",
        "projects": sorted(str(project.uid) for project in draft.projects.all() if project.live),
        **initial_texts(draft, TEXTS, languages),
        **places.initial_places(draft.places),
    }


def _day(known: date | None) -> str:
    return known.isoformat() if known else ""


def write(cleaned: dict[str, Any], draft: GoodPractice) -> None:
    """Put the form's clean values into the draft, in memory. What the form does not show stays as it is."""
    languages = [name.removeprefix("title_") for name in cleaned if name.startswith("title_")]
    for name in TEXTS:
        setattr(draft, name, typed_in(cleaned, name, getattr(draft, name), languages))
    draft.original_language = cleaned["original_language"] or draft.original_language
    draft.status, draft.start, draft.end = cleaned["status"], cleaned["start"], cleaned["end"]
    draft.topics = [code for code, _label in draft._meta.get_field("topics").codes if code in cleaned["topics"]]
    draft.places = places.written_places(cleaned["places"], draft.places)
    _write_projects(cleaned["projects"], draft)


def _write_projects(chosen: list, draft: GoodPractice) -> None:
    """A project that is not published is not offered by the form, and stays."""
    linked = list(draft.projects.all())
    wanted = {project.pk: project for project in (*chosen, *(each for each in linked if not each.live))}
    if wanted.keys() != {project.pk for project in linked}:
        draft.projects.set([wanted[pk] for pk in sorted(wanted)])
