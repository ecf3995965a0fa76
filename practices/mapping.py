"""Between form and practice: the one place that knows the names of both."""

from datetime import date
from typing import Any

from django.conf import settings

from catalogue.codes import nuts
from catalogue.places import place
from catalogue.texts import Text
from practices.models import GoodPractice, PracticeImage
from practices.readiness import TEXTS, first_image, texts_of

FORM_LANGUAGES = ("en", "sl")  # offered to everybody; a text that stands in another language can be edited in it, too
PLACE_KEYS = ("country", "town", "nuts")


def languages_of(draft: GoodPractice) -> list[str]:
    """In which languages the form shows the texts, in the portal's order."""
    used = {language for texts in texts_of(draft).values() for language in texts}
    wanted = {*FORM_LANGUAGES, draft.original_language, *used}
    return [code for code, _name in settings.LANGUAGES if code in wanted]


def initial_of(draft: GoodPractice) -> dict[str, Any]:
    """What the form shows before anybody has typed: field of the form → value."""
    texts = texts_of(draft)
    image = first_image(draft)
    organisation = draft.organisation_in_charge
    values = {
        "original_language": draft.original_language,
        "status": draft.status,
        "start": _day(draft.start),
        "end": _day(draft.end),
        "topics": list(draft.topics),
        "organisation": str(organisation.uid) if organisation else "",
        "projects": sorted(str(project.uid) for project in draft.projects.all() if project.live),
        "photo_kept": image.photo.digest if image else "",
        "photo_credit": image.credit if image else "",
    }
    for language in languages_of(draft):
        values |= {f"{name}_{language}": texts[name].get(language, "") for name in TEXTS}
        values[f"photo_alt_{language}"] = Text.map_of(image.alt).get(language, "") if image else ""
    for number, known in enumerate(draft.places, start=1):
        values |= {f"place_{number}_{key}": known.get(key) or "" for key in PLACE_KEYS}
    return values


def _day(known: date | None) -> str:
    return known.isoformat() if known else ""


def write(cleaned: dict[str, Any], draft: GoodPractice) -> None:
    """Put the form's clean values into the draft, in memory. What the form does not show stays as it is."""
    languages = [name.removeprefix("title_") for name in cleaned if name.startswith("title_")]
    for name in TEXTS:
        typed = {language: cleaned[f"{name}_{language}"] for language in languages}
        setattr(draft, name, Text({**Text.map_of(getattr(draft, name)), **typed}))
    draft.original_language = cleaned["original_language"] or draft.original_language
    draft.status, draft.start, draft.end = cleaned["status"], cleaned["start"], cleaned["end"]
    draft.topics = [code for code, _label in draft._meta.get_field("topics").codes if code in cleaned["topics"]]
    draft.places = _places(cleaned["places"], draft.places)
    _write_projects(cleaned["projects"], draft)
    alt = {language: cleaned[f"photo_alt_{language}"] for language in languages}
    _write_photo(cleaned["photo"], alt, cleaned["photo_credit"], draft)


def _places(typed: list[dict[str, str]], known: list[dict]) -> list[dict]:
    """The rows that were filled in; a place that did not change keeps its coordinates and its version of NUTS."""
    unchanged = {tuple(each.get(key) or "" for key in PLACE_KEYS): each for each in known}
    return [unchanged.get(tuple(row[key] for key in PLACE_KEYS)) or _new_place(row) for row in typed]


def _new_place(row: dict[str, str]) -> dict:
    versions = nuts.versions(row["nuts"]) if row["nuts"] else ()
    version = versions[-1] if versions else None
    return place(row["country"], town=row["town"] or None, nuts=row["nuts"] or None, nuts_version=version)


def _write_projects(chosen: list, draft: GoodPractice) -> None:
    """A project that is not published is not offered by the form, and stays."""
    linked = list(draft.projects.all())
    wanted = {project.pk: project for project in (*chosen, *(each for each in linked if not each.live))}
    if wanted.keys() != {project.pk for project in linked}:
        draft.projects.set([wanted[pk] for pk in sorted(wanted)])


def _write_photo(photo, alt: dict[str, str], credit: str, draft: GoodPractice) -> None:
    """The first picture is the form's; others stay."""
    image, images = first_image(draft), list(draft.images.all())
    if photo is None:
        draft.images.set([each for each in images if each is not image])
    elif image is None or image.photo_id != photo.pk:
        new = PracticeImage(photo=photo, alt=Text(alt), credit=credit)
        draft.images.set([new, *(each for each in images if each is not image)])
    else:
        image.alt, image.credit = Text({**Text.map_of(image.alt), **alt}), credit
