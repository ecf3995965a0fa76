"""Countries: ISO 3166-1 two-letter codes, and ISO 3166-3 four-letter codes for states that are gone.

Code sets: `catalogue/data/countries.json`, written by `tools/make_codes.py`. Names of existing countries come from the
Unicode CLDR through Babel; those of states that are gone are our own (`catalogue/data/names.json`): CLDR has none.
"""

import json
import re
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from babel import Locale

from catalogue.codes.names import LANGUAGES, ours, table

_DATA = Path(__file__).resolve().parent.parent / "data" / "countries.json"

# ISO 3166-1 leaves XA–XZ to its users; the EU's institutions and programmes use XK, without prejudice to positions on
# status (UNSCR 1244/1999, opinion of the International Court of Justice on the declaration of independence). The EU's
# authority table, which DCAT-AP asks for, calls it 1A0.
KOSOVO = "XK"
_KOSOVO_AUTHORITY_CODE = "1A0"

# EU files write Greece and the United Kingdom in their own way (Interinstitutional style guide, annex A5).
_FROM_EU = {"EL": "GR", "UK": "GB"}
_TO_EU = {iso: eu for eu, iso in _FROM_EU.items()}

# Whose land the European ones among them became (for maps, and for a filter by today's country).
_SUCCESSORS = {
    "BYAA": ("BY",),
    "CSHH": ("CZ", "SK"),
    "CSXX": ("RS", "ME"),
    "DDDE": ("DE",),
    "FXFR": ("FR",),
    "SUHH": ("AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "RU", "TJ", "TM", "UA", "UZ"),
    "YUCS": ("BA", "HR", "ME", "MK", "RS", "SI"),
}


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return json.loads(_DATA.read_text(encoding="utf-8"))


def existing() -> tuple[str, ...]:
    """The two-letter codes of ISO 3166-1, and XK."""
    return tuple(sorted([*_lists()["iso_3166_1"], KOSOVO]))


def gone() -> tuple[str, ...]:
    """The four-letter codes of ISO 3166-3."""
    return tuple(_lists()["iso_3166_3"])


def is_country(code: object) -> bool:
    """Whether `code` is one of ISO 3166-1 (or XK), or of ISO 3166-3. EU spellings (EL, UK) are not: see `from_eu`."""
    if not isinstance(code, str):
        return False
    return code == KOSOVO or code in _lists()["iso_3166_1"] or code in _lists()["iso_3166_3"]


def is_gone(code: str) -> bool:
    return code in _lists()["iso_3166_3"]


def successors(code: str) -> tuple[str, ...]:
    """Today's countries on the land of `code`: of an existing country itself, of a lost one outside Europe none."""
    return _SUCCESSORS.get(code, ()) if is_gone(code) else (code,)


def country_name(code: str, language: str) -> str:
    """The country's name in `language` (English where that is not one of ours); an unknown code as it is."""
    language = ours(language)
    if code in table("gone_states"):
        return table("gone_states")[code][language]
    return _territories(language).get(code, code)


def country_names(code: str) -> dict[str, str]:
    """Language → name, in all our languages."""
    return {language: country_name(code, language) for language in LANGUAGES}


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale(language).territories
    return {code: names[code] for code in existing()}


@cache
def choices(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the existing countries, by name, accents not counting: for a form's select."""
    named = ((code, country_name(code, language)) for code in existing())
    return tuple(sorted(named, key=lambda choice: _sort_key(choice[1])))


def _sort_key(name: str) -> str:
    # In Slovenian č š ž are letters of their own, after c s z; other accents do not count.
    letters = name.casefold().translate(str.maketrans({"č": "c\uffff", "š": "s\uffff", "ž": "z\uffff"}))
    return "".join(letter for letter in normalize("NFD", letters) if not combining(letter))


def from_eu(code: str) -> str:
    """The ISO code of a country as EU files write it: EL → GR, UK → GB, everything else in capitals."""
    code = re.sub(r"\s", "", code).upper()
    return _FROM_EU.get(code, code)


def to_eu(code: str) -> str:
    """The other way: GR → EL, GB → UK, as NUTS codes begin and the EU's forms expect."""
    return _TO_EU.get(code, code)


def authority_code(code: str) -> str:
    """The last part of the country's address in the EU's authority table, which is ISO's three-letter code.

    `http://publications.europa.eu/resource/authority/country/SVN` is Slovenia. Raises KeyError for no country.
    """
    if code == KOSOVO:
        return _KOSOVO_AUTHORITY_CODE
    lists = _lists()
    return (lists["iso_3166_1"].get(code) or lists["iso_3166_3"][code])[0]
