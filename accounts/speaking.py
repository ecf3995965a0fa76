"""The languages that people say they speak: the official ones of the European Union, and of the countries that want to join.

Those of the portal's addresses (`settings.LANGUAGES`) are among them. Nobody sees them but the person herself: they say what
she may be asked to translate.
"""

from collections.abc import Iterable
from unicodedata import normalize

from babel import Locale
from django.db import transaction
from django.utils.text import capfirst

from accounts.models import SpokenLanguage, User
from operations.languages import interface_language

UNION = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
CANDIDATES = "bs ka mk sq sr tr uk"
CODES = tuple(f"{UNION} {CANDIDATES}".split())


def choices() -> list[tuple[str, str]]:
    """In the language at hand, by the alphabet: an accent puts no name behind z."""
    return sorted(((code, name_of(code)) for code in CODES), key=lambda choice: normalize("NFKD", choice[1].casefold()))


def name_of(code: str) -> str:
    return capfirst(Locale(interface_language()).languages[code])


def of(user: User) -> list[str]:
    return list(user.spoken_languages.order_by("language").values_list("language", flat=True))


@transaction.atomic
def keep(*, by: User, languages: Iterable[str]) -> None:
    """These and no others."""
    languages = set(languages)
    User.objects.select_for_update().get(pk=by.pk)
    by.spoken_languages.exclude(language__in=languages).delete()
    known = set(of(by))
    SpokenLanguage.objects.bulk_create(SpokenLanguage(user=by, language=each) for each in sorted(languages - known))
