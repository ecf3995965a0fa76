"""Regions as people look for them: by a part of their name, in whatever letters, or by their code (`catalogue.codes.nuts`)."""

from functools import cache
from typing import NamedTuple

from catalogue.codes import nuts
from catalogue.codes.countries import country_name, from_eu, to_eu
from catalogue.search import fold

MOST = 20
LONGEST_QUERY = 80
NEWEST = nuts.VERSIONS[-1]
_EXTRA = "Extra-Regio"  # what belongs to no region, such as the sea: nobody's place


class Region(NamedTuple):
    """`last` is the newest version of NUTS that has it; it is `former` where its country has a newer list without it."""

    code: str
    name: str
    country: str
    last: int
    former: bool

    @property
    def level(self) -> int:
        return nuts.level(self.code)

    @property
    def around(self) -> str:
        """The region that it lies in, by name; "" for the widest."""
        name = nuts.nuts_name(self.code[:-1], self.last) if self.level > 1 else ""
        return "" if name == self.name else name


class Found(NamedTuple):
    regions: tuple[Region, ...]
    more: int  # that fit as well and are not told


@cache
def _all() -> tuple[tuple[Region, str], ...]:
    """With their folded names, those of today first: levels 1 to 3."""
    last: dict[str, int] = {}
    for version in nuts.VERSIONS:
        last |= dict.fromkeys(nuts.codes(version), version)
    newest_of: dict[str, int] = {}
    for code, version in last.items():
        newest_of[code[:2]] = max(version, newest_of.get(code[:2], 0))
    regions = (
        Region(code, nuts.nuts_name(code, version), from_eu(code[:2]), version, version < newest_of[code[:2]])
        for code, version in last.items()
    )
    named = (region for region in regions if not region.name.startswith(_EXTRA))
    return tuple((region, fold(region.name)) for region in sorted(named, key=lambda each: (each.former, each.code)))


@cache
def countries() -> tuple[str, ...]:
    """ISO codes of those whose regions we know."""
    return tuple(sorted({region.country for region, _folded in _all()}))


def find(query: str, country: str = "", language: str = "en") -> Found:
    """Regions whose code begins with the query, or whose name has each of its words, of one country or of all; the country
    itself (level 0) stands first. Without a query, all of the country's.
    """
    typed = " ".join(query.split())[:LONGEST_QUERY]
    words, code = fold(typed).split(), typed.upper()
    found = [*_country(words, code, country, language), *_matching(words, code, country)]
    return Found(tuple(found[:MOST]), max(0, len(found) - MOST))


def all_of(country: str) -> tuple[Region, ...]:
    """Today's regions of a country, all levels, by code."""
    return tuple(region for region, _folded in _all() if region.country == country and not region.former)


def _country(words: list[str], code: str, country: str, language: str) -> list[Region]:
    versions = nuts.versions(to_eu(country)) if country else ()
    if not versions:
        return []
    name = country_name(country, language)
    fits = code == to_eu(country) or all(word in fold(name) for word in words)
    return [Region(to_eu(country), name, country, versions[-1], former=False)] if fits else []


def _matching(words: list[str], code: str, country: str) -> list[Region]:
    if not (words or country):
        return []
    fitting = [
        (region, folded)
        for region, folded in _all()
        if country in ("", region.country) and (region.code.startswith(code) or all(word in folded for word in words))
    ]
    start = " ".join(words)
    return [
        region for region, folded in sorted(fitting, key=lambda each: (each[0].former, not each[1].startswith(start)))
    ]


def named(name: str, country: str) -> str:
    """The code of today's region of the country that is called so; the smallest of several that lie in one another, "" where
    it could be more than one place.
    """
    wanted = fold(" ".join(name.split()))
    codes = [
        region.code for region, folded in _all() if folded == wanted and region.country == country and not region.former
    ]
    smallest = max(codes, key=len, default="")
    return smallest if all(smallest.startswith(code) for code in codes) else ""
