"""The languages that are spoken at an event: any of the world's, by its code."""

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from operations.languages import interface_language
from pages.languages import language_label

# What is spoken where the portal's partners are, and their guests: offered in forms, in this order.
USUAL = (
    *("en", "sl", "it", "de", "fr", "hr", "es", "pt", "el", "mt", "hu", "sk", "cs", "pl", "ro", "bg", "sr", "bs", "mk"),
    *("sq", "nl", "da", "sv", "fi", "et", "lv", "lt", "ga", "uk", "tr", "ca"),
)


def validate_languages(codes) -> None:
    """A list of two-letter codes, each once."""
    known = Locale("en").languages
    if not isinstance(codes, list) or len(codes) != len(set(map(str, codes))):
        raise ValidationError(_("A list of languages is needed, each once."))
    for code in codes:
        if not isinstance(code, str) or len(code) != 2 or code not in known:
            raise ValidationError(
                _("%(code)s is not a language code of two letters (ISO 639-1)."), params={"code": code}
            )


def language_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((code, language_label(code)) for code in USUAL)]


def in_words(codes: list[str]) -> str:
    """`English, Slovenian`"""
    names = Locale(interface_language()).languages
    return ", ".join(names.get(code, code) for code in codes)
