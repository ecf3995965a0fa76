"""What the parts of a practice still need before experts can review it, beside the fields of each part."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue.children import Part
from catalogue.drafting.texts import texts_of
from catalogue.email_addresses import tells_one
from catalogue.problems import Problem
from catalogue.records import NO_EMAIL_ADDRESSES
from pages.languages import language_in_words

if TYPE_CHECKING:  # the models read this module
    from practices.models import GoodPractice

# Relation → its texts, the one first that must be there; and its other words.
TEXTS = {
    "building_blocks": ("title", "description", "enabling_factors", "lessons"),
    "evidence": ("indicator", "unit"),
    "links": ("title",),
    "attachments": ("title",),
}
WORDS = {
    "building_blocks": (),
    "evidence": ("source_publication", "source_url", "other_sources"),
    "links": ("url",),
    "attachments": (),
}


def problems_of_parts(practice: "GoodPractice") -> Iterator[Problem]:
    """Named as the form names the fields of repeated parts: `links-<uid>-url`."""
    original = practice.original_language
    for relation, texts in TEXTS.items():
        for part in getattr(practice, relation).all():
            yield from _untitled(part, relation, original)
            yield from _unfinished(part, relation)
            yield from _email_addresses(part, relation, texts)


def in_form(relation: str, part: Part, field: str) -> str:
    return f"{relation}-{part.uid}-{field}"


def _untitled(part: Part, relation: str, original: str) -> Iterator[Problem]:
    name = TEXTS[relation][0]
    if original not in texts_of(part, [name])[name]:
        asked = {
            "building_blocks": _("Give the building block a title in %(language)s."),
            "evidence": _("Say in %(language)s what was measured."),
            "links": _("Say in %(language)s where the link leads."),
            "attachments": _("Say in %(language)s what the file is."),
        }
        message = asked[relation] % {"language": language_in_words(original)}
        yield Problem(in_form(relation, part, name), message, original)


def _unfinished(part: Part, relation: str) -> Iterator[Problem]:
    if relation == "evidence" and part.value is None:
        yield Problem(in_form(relation, part, "value"), _("Write the figure that was found, or take the row out."))
    if relation == "links" and not part.url:
        yield Problem(in_form(relation, part, "url"), _("Write the address that the link leads to."))
    if relation == "attachments" and not part.file_id:
        yield Problem(in_form(relation, part, "file"), _("Choose the file, or take it out."))


def _email_addresses(part: Part, relation: str, texts: tuple[str, ...]) -> Iterator[Problem]:
    message = str(NO_EMAIL_ADDRESSES)
    for name, each in texts_of(part, texts).items():
        found = (language for language, text in each.items() if tells_one(text))
        yield from (Problem(in_form(relation, part, name), message, language) for language in found)
    for name in WORDS[relation]:
        if tells_one(getattr(part, name)):
            yield Problem(in_form(relation, part, name), message)
