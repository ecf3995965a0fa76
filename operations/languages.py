"""The language in which the page around the content speaks, and whose habits it follows."""

from django.conf import settings
from django.utils.translation import get_language


def interface_language() -> str:
    """Italian, German and French answer in English."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE


def locale_of(language: str | None) -> str:
    """The locale whose habits a language follows here: English is written as in Europe."""
    return "en_GB" if language in (None, "en") else language
