"""What a practice still needs before experts can review it. A draft may lack everything; a submission may not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue.drafting import texts as drafting
from catalogue.drafting.readiness import long_texts, missing_texts, told_addresses, untitled_translations
from catalogue.problems import Problem
from catalogue.texts import Text, clean_text_map
from pages.languages import language_in_words

if TYPE_CHECKING:  # the models read this module
    from practices.models import GoodPractice, PracticeImage

GUIDED_PARTS = ("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries")
GUIDED_PARTS_LIMIT = 1500  # characters, all three together, in each language
TEXTS = ("title", "summary", *GUIDED_PARTS)


def problems_of(practice: "GoodPractice") -> list[Problem]:
    """Everything that keeps the draft from being reviewed, in the order of the form."""
    return [
        *missing_texts(practice, TEXTS),
        *untitled_translations(practice, "title", TEXTS),
        *_long_texts(practice),
        *_state_and_time(practice),
        *_missing_facts(practice),
        *_photo_problems(practice),
        *_email_addresses(practice),
    ]


def texts_of(practice: "GoodPractice") -> dict[str, dict[str, str]]:
    """Field → language → text, as the database would hold them."""
    return drafting.texts_of(practice, TEXTS)


def guided_length(texts: dict[str, dict[str, str]], language: str) -> int:
    """How many characters the three guided parts have together in one language."""
    return sum(len(texts[name].get(language, "")) for name in GUIDED_PARTS)


def _long_texts(practice: "GoodPractice") -> Iterator[Problem]:
    yield from long_texts(practice, ("title", "summary"))
    texts = texts_of(practice)
    for language in sorted({language for name in GUIDED_PARTS for language in texts[name]}):
        length = guided_length(texts, language)
        if length > GUIDED_PARTS_LIMIT:
            message = _("The three parts may have %(limit)s characters together; they have %(length)s.")
            yield Problem(GUIDED_PARTS[-1], message % {"limit": GUIDED_PARTS_LIMIT, "length": length}, language)


def _state_and_time(practice: "GoodPractice") -> Iterator[Problem]:
    if not practice.status:
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


def _photo_problems(practice: "GoodPractice") -> Iterator[Problem]:
    original = practice.original_language
    for image in practice.images.all():
        if not image.photo_id:
            yield Problem(_in_form(image, "file"), _("Choose the picture, or take it out."))
        if original not in clean_text_map(Text.map_of(image.alt)):
            message = _("Say in %(language)s what the picture shows, for those who cannot see it.")
            yield Problem(_in_form(image, "alt"), message % {"language": language_in_words(original)}, original)
        if not image.credit.strip():
            yield Problem(_in_form(image, "credit"), _("Say who took the picture."))


def _in_form(image: "PracticeImage", field: str) -> str:
    return f"images-{image.uid}-{field}"


def _email_addresses(practice: "GoodPractice") -> Iterator[Problem]:
    """A draft may keep them; beside the text, where the form shows it, else for the practice as a whole."""
    texts, others = texts_of(practice), {"places": practice.places}
    for image in practice.images.all():
        texts[_in_form(image, "alt")] = clean_text_map(Text.map_of(image.alt))
        others[_in_form(image, "credit")] = image.credit
    yield from told_addresses(practice, texts, others, elsewhere=("images",))
