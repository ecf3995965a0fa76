"""Between form and practice: the one place that knows the names of both."""

from datetime import date
from typing import Any

from catalogue.drafting import places
from catalogue.drafting.texts import initial_texts, languages_of, typed_in
from catalogue.texts import Text
from practices.models import GoodPractice, PracticeImage
from practices.readiness import TEXTS, first_image


def initial_of(draft: GoodPractice) -> dict[str, Any]:
    """What the form shows before anybody has typed: field of the form → value."""
    image = first_image(draft)
    organisation = draft.organisation_in_charge
    languages = languages_of(draft, TEXTS)
    alt = Text.map_of(image.alt) if image else {}
    return {
        "original_language": draft.original_language,
        "status": draft.status,
        "start": _day(draft.start),
        "end": _day(draft.end),
        "topics": list(draft.topics),
        "organisation": str(organisation.uid) if organisation else "",
        "projects": sorted(str(project.uid) for project in draft.projects.all() if project.live),
        "photo_kept": image.photo.digest if image else "",
        "photo_credit": image.credit if image else "",
        **initial_texts(draft, TEXTS, languages),
        **{f"photo_alt_{language}": alt.get(language, "") for language in languages},
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
    alt = {language: cleaned[f"photo_alt_{language}"] for language in languages}
    _write_photo(cleaned["photo"], alt, cleaned["photo_credit"], draft)


def _write_projects(chosen: list, draft: GoodPractice) -> None:
    """A project that is not published is not offered by the form, and stays."""
    linked = list(draft.projects.all())
    wanted = {project.pk: project for project in (*chosen, *(each for each in linked if not each.live))}
    if wanted.keys() != {project.pk for project in linked}:
        draft.projects.set([wanted[pk] for pk in sorted(wanted)])


def _write_photo(photo, alt: dict[str, str], credit: str, draft: GoodPractice) -> None:
    """The first picture is the form's; others stay."""
    images = list(draft.images.get_object_list())  # the draft's own: what is written into them is saved with it
    image = first_image(draft)
    if photo is None:
        draft.images.set([each for each in images if each is not image])
    elif image is None or image.photo_id != photo.pk:
        new = PracticeImage(photo=photo, alt=Text(alt), credit=credit)
        draft.images.set([new, *(each for each in images if each is not image)])
    else:
        image.alt, image.credit = Text({**Text.map_of(image.alt), **alt}), credit
