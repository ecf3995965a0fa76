"""Regions: Eurostat's NUTS, levels 0 to 3, each code with the version that it belongs to.

NUTS regions of the EU's countries and statistical regions of EFTA and candidate countries: © European Union, Eurostat;
reuse with acknowledgement (Commission Decision 2011/833/EU). `catalogue/data/nuts.json` is written by
`tools/make_codes.py`. The lists of 2021 and 2024 are complete but for the United Kingdom, which stands in 2016; of
2010, 2013 and 2016 there is Slovenia. Where we lack a country's list of a version, a code of the right form counts as
right: better than losing a place.
"""

import json
import re
from functools import cache
from pathlib import Path

from catalogue.codes.countries import country_name, from_eu, to_eu

VERSIONS = (2010, 2013, 2016, 2021, 2024)

_DATA = Path(__file__).resolve().parent.parent / "data" / "nuts.json"
_FORM = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")


@cache
def _names() -> dict[int, dict[str, str]]:
    names: dict[int, dict[str, str]] = {version: {} for version in VERSIONS}
    for code, name, versions in json.loads(_DATA.read_text(encoding="utf-8")):
        for version in versions:
            names[version][code] = name
    return names


@cache
def _countries(version: int) -> frozenset[str]:
    return frozenset(code[:2] for code in _names()[version])


def codes(version: int) -> tuple[str, ...]:
    """The regions of a version that we know, levels 1 to 3, by code."""
    return tuple(sorted(_names()[version]))


def is_covered(country: str, version: int) -> bool:
    """Whether our list of that version has the country's regions (`country` is an ISO code)."""
    return to_eu(country) in _countries(version)


def is_nuts(code: object, version: int | None = None) -> bool:
    """Whether `code` is a region of that version, or without one of any version. Country codes are level 0."""
    if not isinstance(code, str) or not _FORM.fullmatch(code):
        return False
    if version is None:
        return any(is_nuts(code, version) for version in VERSIONS)
    if version not in VERSIONS:
        return False
    if code[:2] in _countries(version):
        return len(code) == 2 or code in _names()[version]
    return any(code[:2] in _countries(each) for each in VERSIONS)


def nuts_name(code: str, version: int | None = None, language: str = "en") -> str:
    """The region's name in its own language as in that version (without one: the newest); "" where we know none.

    A country's name, level 0, is given in `language`.
    """
    if len(code) == 2:
        return country_name(from_eu(code), language) if is_nuts(code, version) else ""
    candidates = VERSIONS[::-1] if version is None else (version,)
    return next((_names()[each][code] for each in candidates if code in _names().get(each, {})), "")


def versions(code: str) -> tuple[int, ...]:
    """The versions whose list has the region, oldest first; () where no list of ours has it."""
    if len(code) == 2:
        return tuple(version for version in VERSIONS if code in _countries(version))
    return tuple(version for version in VERSIONS if code in _names()[version])


def level(code: str) -> int:
    """0 for a country to 3 for a small region."""
    return len(code) - 2


def parents(code: str) -> tuple[str, ...]:
    """The regions around it, widest first: SI032 → SI, SI0, SI03."""
    return tuple(code[:length] for length in range(2, len(code)))


def country_of(code: str) -> str:
    """The ISO code of the region's country."""
    return from_eu(code[:2])


def nuts_uri(code: str) -> str:
    """The region's address as linked data (without a version: the EU's register has one address for all)."""
    return f"http://data.europa.eu/nuts/code/{code}"
