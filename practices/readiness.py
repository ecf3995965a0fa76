"""What a practice still needs before experts can review it. A draft may lack everything; a submission may not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue.drafting import texts as drafting
from catalogue.drafting.readiness import long_texts, missing_texts, told_addresses, untitled_translations
from catalogue.problems import Problem
from catalogue.texts import Text, clean_text_map
from pages.languages import language_in_words
from practices import part_readiness

if TYPE_CHECKING:  # the models read this module
    from practices.models import GoodPractice

GUIDED_PARTS = ("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries")
GUIDED_PARTS_LIMIT = 1500  # characters, all three together, in each language
IN_SHORT = ("title", "summary")  # the texts that even a snapshot needs
TEXTS = (*IN_SHORT, *GUIDED_PARTS)
FURTHER_TEXTS = (
    "evidence_of_success",
    "challenges",
    "success_factors",
    "hampering_factors",
    "preconditions",
    "potential_for_transfer",
)
RESOURCE_TEXTS = ("resources_setup_text", "resources_running_text")
ALL_TEXTS = (*TEXTS, *RESOURCE_TEXTS, *FURTHER_TEXTS)


def problems_of(practice: "GoodPractice") -> list[Problem]:
    """Everything that keeps the draft from being reviewed, in the order of the form."""
    return [
        *missing_texts(practice, IN_SHORT if practice.is_snapshot else TEXTS),
        *untitled_translations(practice, "title", ALL_TEXTS),
        *_long_texts(practice),
        *_state_and_time(practice),
        *_missing_facts(practice),
        *_contact(practice),
        *part_readiness.problems_of_parts(practice),
        *_photo_problems(practice),
        *_email_addresses(practice),
    ]


def texts_of(practice: "GoodPractice") -> dict[str, dict[str, str]]:
    """Field → language → text, as the database would hold them."""
    return drafting.texts_of(practice, ALL_TEXTS)


def guided_length(texts: dict[str, dict[str, str]], language: str) -> int:
    """How many characters the three guided parts have together in one language."""
    return sum(len(texts[name].get(language, "")) for name in GUIDED_PARTS)


def _long_texts(practice: "GoodPractice") -> Iterator[Problem]:
    yield from long_texts(practice, [name for name in ALL_TEXTS if practice._meta.get_field(name).limit])
    texts = texts_of(practice)
    for language in sorted({language for name in GUIDED_PARTS for language in texts[name]}):
        length = guided_length(texts, language)
        if length > GUIDED_PARTS_LIMIT:
            message = _("The three parts may have %(limit)s characters together; they have %(length)s.")
            yield Problem(GUIDED_PARTS[-1], message % {"limit": GUIDED_PARTS_LIMIT, "length": length}, language)


def _state_and_time(practice: "GoodPractice") -> Iterator[Problem]:
    if not practice.status and not practice.is_snapshot:
        yield Problem("status", _("Choose what stage the practice is at."))
    if practice.start and practice.end and practice.start > practice.end:
        yield Problem("end", _("The end lies before the start."))


def _missing_facts(practice: "GoodPractice") -> Iterator[Problem]:
    if not practice.topics:
        yield Problem("topics", _("Choose at least one topic."))
    if not practice.places:
        yield Problem("places", _("Say at least in which country it is."))
    if practice.organisation_in_charge_id is None:
        yield Problem("organisation", _("Choose the organisation that answers for the practice."))


def _contact(practice: "GoodPractice") -> Iterator[Problem]:
    if practice.contact_name and not practice.contact_agreed:
        message = _("Ask %(name)s first: only who agreed is named in public. Tick it then, or take the name out.")
        yield Problem("contact_agreed", message % {"name": practice.contact_name})


def _photo_problems(practice: "GoodPractice") -> Iterator[Problem]:
    original = practice.original_language
    for image in practice.images.all():
        if not image.photo_id:
            yield Problem(part_readiness.in_form("images", image, "file"), _("Choose the picture, or take it out."))
        if original not in clean_text_map(Text.map_of(image.alt)):
            message = _("Say in %(language)s what the picture shows, for those who cannot see it.")
            yield Problem(
                part_readiness.in_form("images", image, "alt"),
                message % {"language": language_in_words(original)},
                original,
            )
        if not image.credit.strip():
            yield Problem(part_readiness.in_form("images", image, "credit"), _("Say who took the picture."))


def _email_addresses(practice: "GoodPractice") -> Iterator[Problem]:
    """A draft may keep them; beside the text, where the form shows it, else for the practice as a whole."""
    texts, others = texts_of(practice), {"places": practice.places}
    for image in practice.images.all():
        texts[part_readiness.in_form("images", image, "alt")] = clean_text_map(Text.map_of(image.alt))
        others[part_readiness.in_form("images", image, "credit")] = image.credit
    others |= {"author": practice.author, "contact_name": practice.contact_name}
    yield from told_addresses(practice, texts, others, elsewhere=("images", *part_readiness.TEXTS))
