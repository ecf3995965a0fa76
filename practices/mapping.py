"""Between form and practice: the one place that knows the names of both; of repeated parts, `practices.form_parts`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from catalogue.drafting import places
from catalogue.drafting.items import shown
from catalogue.drafting.texts import initial_texts, typed_in
from practices import roots
from practices.models import GoodPractice
from practices.models.resources import Resources
from practices.readiness import ALL_TEXTS, RESOURCE_TEXTS

NUMBERS = tuple(
    field
    for name in ("resources_setup", "resources_running")
    for field in Resources.fields_of(name)
    if field not in RESOURCE_TEXTS
)
WORDS = ("status", "geographical_scope", "author", "contact_name")


def initial_of(draft: GoodPractice, languages: Iterable[str]) -> dict[str, Any]:
    """What the form shows before anybody has typed: field of the form → value. A new one is begun as a snapshot."""
    organisation = draft.organisation_in_charge
    return {
        "entry_type": draft.entry_type if draft.pk else draft.EntryType.SNAPSHOT.value,
        "original_language": draft.original_language,
        "start": _day(draft.start),
        "end": _day(draft.end),
        "topics": list(draft.topics),
        "sdgs": list(draft.sdgs),
        "nace": list(draft.nace),
        "contact_agreed": draft.contact_agreed,
        "organisation": str(organisation.uid) if organisation else "",
        "grew_from": list(draft.grew_from),
        **{name: _public(getattr(draft, name)) for name in ("areas", "projects")},
        **{name: getattr(draft, name) for name in WORDS},
        **{name: shown(getattr(draft, name)) for name in NUMBERS},
        **initial_texts(draft, ALL_TEXTS, languages),
        **places.initial_places(draft.places),
    }


def _day(known: date | None) -> str:
    return known.isoformat() if known else ""


def _public(linked) -> list[str]:
    return sorted(str(record.uid) for record in linked.all() if record.live)


def write(cleaned: dict[str, Any], draft: GoodPractice) -> None:
    """Put the form's clean values into the draft, in memory. What the form does not show stays as it is."""
    languages = [name.removeprefix("title_") for name in cleaned if name.startswith("title_")]
    for name in ALL_TEXTS:
        setattr(draft, name, typed_in(cleaned, name, getattr(draft, name), languages))
    for name in ("original_language", "entry_type"):
        setattr(draft, name, cleaned[name] or getattr(draft, name))
    for name in (*WORDS, *NUMBERS, "start", "end"):
        setattr(draft, name, cleaned[name])
    draft.contact_agreed = bool(cleaned["contact_agreed"])
    for name in ("topics", "sdgs", "nace"):
        codes = draft._meta.get_field(name).codes
        setattr(draft, name, [code for code, _label in codes if code in cleaned[name]])
    draft.places = places.written_places(cleaned["places"], draft.places)
    draft.grew_from = roots.written(cleaned["grew_from"], draft, cleaned["projects"])
    for name in ("areas", "projects"):
        _write_links(cleaned[name], getattr(draft, name))


def _write_links(chosen: list, linked) -> None:
    """What is not published is not offered by the form, and stays."""
    known = list(linked.all())
    wanted = {record.pk: record for record in (*chosen, *(each for each in known if not each.live))}
    if wanted.keys() != {record.pk for record in known}:
        linked.set([wanted[pk] for pk in sorted(wanted)])
