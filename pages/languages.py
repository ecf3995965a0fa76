"""Which language a visitor meets, and where the same page stands in another one."""

from babel import Locale
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.text import capfirst
from django.utils.translation import (
    get_language,
    get_language_from_path,
    get_supported_language_variant,
    override,
    trans_real,
)

from accounts.language import with_page_left_in
from operations.languages import interface_language


def preferred_language(accept_language: str) -> str:
    """The first of the portal's languages that an Accept-Language header asks for; English when it asks for none."""
    for code, _weight in trans_real.parse_accept_lang_header(accept_language.lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def language_in_words(code: str) -> str:
    """A language as the page around the content calls it within a sentence: `Slovenian`, `slovenščina`."""
    return Locale(interface_language()).languages.get(code, code)


def language_label(code: str) -> str:
    """The same by itself: `Slovenian`, `Slovenščina`."""
    return capfirst(language_in_words(code))


def let_the_others_speak_english() -> None:
    """Where the interface is not translated, Django's and its packages' own sentences are English, too, not a mixture."""
    english = trans_real.translation(settings.LANGUAGE_CODE)
    for code, _name in settings.LANGUAGES:
        if code not in settings.INTERFACE_LANGUAGES:
            untranslated = trans_real.DjangoTranslation(code)
            untranslated._catalog = trans_real.TranslationCatalog()
            untranslated._fallback = english
            trans_real._translations[code] = untranslated


def home_address(language: str) -> str:
    with override(language):
        return reverse("pages:home")


def language_links(request: HttpRequest) -> list[dict]:
    """One link per language to the same page: {code, name, url, current, back}.

    `url` is None where the address carries no language (`/accounts/…`): there the choice is remembered by a POST, which
    leads `back` to the page at hand. Where an editor wrote the page, `request.told_addresses` says by language where its
    translations are; a language without one leads home.
    """
    addresses = getattr(request, "told_addresses", None)
    here = request.get_full_path()
    in_address = get_language_from_path(request.path_info)
    shown = in_address or get_language()
    links = []
    for code, name in settings.LANGUAGES:
        url = None
        if addresses is not None:
            url = addresses.get(code) or home_address(code)
        elif in_address:
            url = translate_url(here, code)
            if url == here and code != shown:  # an address that leads nowhere, as on a 404 page
                url = home_address(code)
        back = with_page_left_in(code, here)
        links.append({"code": code, "name": name, "url": url, "current": code == shown, "back": back})
    return links
