"""Texts of a draft, language by language: what is `title` in the record are `title_en` and `title_sl` in the form."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings

from catalogue.drafting.fields import DraftText
from catalogue.records import Record
from catalogue.texts import Text, clean_text_map

FORM_LANGUAGES = ("en", "sl")  # offered to everybody; a text that stands in another language can be edited in it, too


class TextSpec(NamedTuple):
    """A text that is written in several languages. `needed`: the review asks for it in the original language."""

    label: str
    help_text: str
    field: type[DraftText]
    limit: int | None = None
    rows: int = 0
    needed: bool = False


def texts_of(draft: Record, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Field → language → text, as the database would hold them."""
    return {name: clean_text_map(Text.map_of(getattr(draft, name))) for name in names}


def languages_of(draft: Record, names: Iterable[str]) -> list[str]:
    """In which languages a form shows these texts, in the portal's order."""
    used = {language for texts in texts_of(draft, names).values() for language in texts}
    return in_order({*FORM_LANGUAGES, draft.original_language, *used})


def in_order(languages: set[str]) -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code in languages]


def initial_texts(draft: Record, names: Iterable[str], languages: Iterable[str]) -> dict[str, str]:
    texts = texts_of(draft, names)
    return {f"{name}_{language}": texts[name].get(language, "") for language in languages for name in texts}


def typed_in(cleaned: Mapping[str, Any], name: str, known: Text, languages: Iterable[str]) -> Text:
    """The text as the form has it; languages that it does not show stay."""
    return Text({**Text.map_of(known), **{language: cleaned[f"{name}_{language}"] for language in languages}})
