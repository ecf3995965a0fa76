"""Addresses of records: made once, kept for ever."""

import re

from catalogue.models import Entry, OldSlug
from catalogue.search import fold

LONGEST = 80
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def slug_from(text: str) -> str:
    """`Sm@rt Region` → `smart-region`; empty when nothing of the text can stand in an address."""
    slug = _BETWEEN_WORDS.sub("-", fold(text.replace("@", "a"))).strip("-")
    return slug if len(slug) <= LONGEST else slug[:LONGEST].rsplit("-", 1)[0]


def free_slug(kind: str, wanted: str, *, model, uid) -> str:
    """`wanted`, or `wanted-2`, … : not taken by another record, entry or former address of the kind."""
    wanted = wanted or str(uid)[:8]
    candidate, number = wanted, 1
    while _is_taken(kind, candidate, model=model, uid=uid):
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _is_taken(kind: str, slug: str, *, model, uid) -> bool:
    return (
        slug in RESERVED
        or model.objects.filter(slug=slug).exclude(uid=uid).exists()
        or Entry.objects.ours().of_kind(kind).filter(slug=slug).exclude(uid=uid).exists()
        or _is_former(kind, slug, uid)
    )


def _is_former(kind: str, slug: str, uid) -> bool:
    former = OldSlug.objects.at(kind, slug)
    return former is not None and former.uid != uid


# Words that stand where a slug stands in addresses.
RESERVED = frozenset({"new", "v", "compare", "map", "calendar"})
