"""The versions of a record as its readers meet them: which there are, and what changed from one to another."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.differences import Change, differences
from catalogue.models import Entry, EntryVersion
from catalogue.models.entry import VERSIONS_KNOWN
from catalogue.texts import in_language
from operations.dates import long_date


class UnknownVersion(Exception):
    """Of the record there is no such version, or it says nothing any more."""


@dataclass(frozen=True)
class Compared:
    """`since` is None for a first version: nothing stands before it. `known`: number → when it was published."""

    version: EntryVersion
    since: EntryVersion | None
    known: dict[int, datetime]

    @property
    def changes(self) -> list[Change]:
        return differences(self.since.record, self.version.record) if self.since else []


def compared(entry: Entry, number: int, *, since: str | None = None) -> Compared:
    """A version beside an earlier or later one; without `since` beside the one before it. Raises UnknownVersion."""
    known = dict(entry.versions.exclude(etag="").values_list("number", "published"))
    other = {str(each): each for each in known}.get(since) if since is not None else _before(number, known)
    if number not in known or since is not None and other is None:
        raise UnknownVersion
    found = {version.number: version for version in entry.versions.filter(number__in={number, other} - {None})}
    return Compared(found[number], found.get(other), known)


def _before(number: int, known: dict[int, datetime]) -> int | None:
    return max((each for each in known if each < number), default=None)


def changes_context(entry: Entry, found: Compared) -> dict:
    """What `catalogue/changes.html` draws."""
    language, document, kind = get_language(), found.version.record, kinds.get(entry.kind)
    title = in_language(document["title"], language, document["original_language"])
    lang = "" if title.language == language else title.language
    at = [entry.kind, entry.slug]
    return {
        "entry": entry,
        "record": document,
        "kind": kind,
        "title": title.text,
        "title_lang": lang,
        "kicker": kind.kicker(document) if kind.kicker else str(kind.label),
        "steps": [
            {"label": kind.plural, "url": reverse("catalogue:list", args=[kind.name])},
            {"label": title.text, "lang": lang, "url": reverse("catalogue:record", args=at)},
            {"label": _numbered(found.version.number), "url": version_address(entry, found.version.number)},
            {"label": _("What changed")},
        ],
        "number": found.version.number,
        "when": long_date(found.version.published),
        "since": found.since.number if found.since else None,
        "since_when": long_date(found.since.published) if found.since else "",
        "since_url": version_address(entry, found.since.number) if found.since else "",
        "version_url": version_address(entry, found.version.number),
        "changes": found.changes,
        "others": [
            {"number": number, "text": f"{_numbered(number)}, {long_date(when)}"}
            for number, when in found.known.items()
            if number != found.version.number
        ],
    }


def version_lines(entry: Entry) -> list[dict]:
    """The latest versions with their days, each with the way to what changed in it."""
    known, most = entry.latest_versions, VERSIONS_KNOWN - 1
    lines = [
        {
            "text": _numbered(number),
            "url": version_address(entry, number),
            "note": long_date(when),
            "more": {
                "text": _("What changed"),
                "of": _("in version %(number)s") % {"number": number},
                "url": changes_address(entry, number),
            },
        }
        for number, when in known
    ]
    if len(known) <= most:
        if lines:  # nothing stands before the first
            del lines[-1]["more"]
        return lines
    return [*lines[:most], {"text": _("All versions"), "url": f"{changes_address(entry, known[0][0])}#versions"}]


def version_address(entry: Entry, number: int) -> str:
    return reverse("catalogue:version", args=[entry.kind, entry.slug, number])


def changes_address(entry: Entry, number: int) -> str:
    return reverse("catalogue:changes", args=[entry.kind, entry.slug, number])


def _numbered(number: int) -> str:
    return _("Version %(number)s") % {"number": number}
