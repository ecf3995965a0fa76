"""What the sections of one page show of the catalogue, gathered with few queries, however an editor arranges them.

Two queries bring all records (those that stand on the page, and those that they name), one counts, one finds the trail.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, F, QuerySet, TextField, Value, When
from django.urls import reverse
from django.utils import timezone

from catalogue import kinds
from catalogue.cards import lines, uids_named
from catalogue.embeds import embedded
from catalogue.models import Entry
from catalogue.trails import trail
from operations.dates import long_date

LARGEST_POOL = 100  # the latest of all kinds, of which those that the page shows elsewhere are left out
SPARE = 8  # coming events beyond those asked for, to stand in for cancelled ones
ON_THE_SEA = {"practices": 40, "projects": 12}  # how many of a kind the map of the home page looks at


@dataclass(frozen=True)
class Source:
    """Entries that a room above chooses: which, in what order, and of what kind the latest are that stand in for none."""

    entries: Callable[[], QuerySet[Entry]]
    order: Callable[[Entry], tuple]
    otherwise: str
    most: int


_sources: dict[str, Source] = {}


def offer(place: str, source: Source) -> None:
    """Called in `AppConfig.ready()` by the room that knows what belongs into sections of this name."""
    _sources[place] = source


def newest_first(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.order_by("-published", "-id")


class Shelves:
    """`Shelves(segments)`; nothing is asked of the database before a section asks for its records."""

    def __init__(self, segments: Iterable[dict]):
        self.sections = list(_flat(segments))
        self.now = timezone.now()

    def _of(self, place: str) -> list[dict]:
        return [section for section in self.sections if section.get("place") == place]

    # What is asked for

    @cached_property
    def _latest_wanted(self) -> dict[str, int]:
        """Kind → how many of its latest; "" is every kind."""
        wanted = dict(ON_THE_SEA) if self._of("hero") else {}
        asked = [(section["kind"] or "", section["count"]) for section in self._of("latest")]
        asked += [(source.otherwise, source.most) for place, source in _sources.items() if self._of(place)]
        for kind, count in asked:
            wanted[kind] = max(wanted.get(kind, 0), count)
        if new := self._of("new"):
            shown = sum(wanted.values()) - sum(ON_THE_SEA.values()) * bool(self._of("hero"))
            shown += sum(len(section["records"]) for section in self._of("featured")) + sum(c for _k, c in asked)
            wanted[""] = min(LARGEST_POOL, max(wanted.get("", 0), shown + max(section["count"] for section in new)))
        return wanted

    def _wanted(self) -> Iterator[QuerySet[Entry]]:
        visible = Entry.objects.visible()
        for kind, count in self._latest_wanted.items():
            yield newest_first(visible.of_kind(kind) if kind else visible)[:count]
        if chosen := {uid for section in self._of("featured") for uid in section["records"]}:
            yield visible.filter(uid__in=chosen)
        if coming := max((section["count"] for section in self._of("events")), default=0):
            yield self._coming()[: coming + SPARE]
        for place, source in _sources.items():
            if self._of(place):
                yield source.entries()

    def _coming(self) -> QuerySet[Entry]:
        return Entry.objects.visible().ours().of_kind("events").coming(self.now).order_by("starts", "id")

    # What is found

    @cached_property
    def _entries(self) -> list[Entry]:
        """All that stands on the page; projects for the map with their documents."""
        # A limited query may stand in a union only as a condition of another one: SQLite asks for that.
        parts = [Entry.objects.filter(pk__in=part.values("pk")).order_by().values("pk") for part in self._wanted()]
        if not parts:
            return []
        keys = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        is_whole = When(kind="projects", then=F("document")) if self._of("hero") else When(pk=None, then=Value(""))
        text = Case(is_whole, default=Value(""), output_field=TextField())
        flags = {
            f"in_{place}": Case(When(pk__in=source.entries().values("pk"), then=True), default=False)
            for place, source in _sources.items()
            if self._of(place)
        }
        found = list(
            newest_first(Entry.objects.visible().filter(pk__in=keys)).defer("document").annotate(whole=text, **flags)
        )
        for entry in found:
            if entry.whole:
                entry.record = json.loads(entry.whole)
        return found

    @cached_property
    def named(self) -> dict[str, Entry]:
        """The visible entries that the cards name, and the partners of the projects on the map; by uid."""
        here = {str(entry.uid): entry for entry in self._entries}
        uids = uids_named(entry.short for entry in self._entries)
        uids |= {
            embed["uid"] for entry in self.map_projects for embed in embedded({"": entry.record["participations"]})
        }
        missing = uids - here.keys()
        others = Entry.objects.visible().filter(uid__in=missing).defer("document") if missing else []
        return here | {str(entry.uid): entry for entry in others}

    def _of_kind(self, kind: str) -> list[Entry]:
        return [entry for entry in self._entries if not kind or entry.kind == kind]

    def lines(self, entries: list[Entry]) -> list[dict]:
        """As lists show them, each with the day on which it was published."""
        shown = lines([entry.short for entry in entries], self.named)
        days = [{"date": entry.short["published"][:10], "date_label": long_date(entry.published)} for entry in entries]
        return [line | day for line, day in zip(shown, days, strict=True)]

    # For the sections

    def latest(self, kind: str, count: int) -> list[dict]:
        return self.lines(self._of_kind(kind)[:count])

    def new(self, count: int) -> list[dict]:
        """The latest of every kind that no other section shows."""
        return self.lines([entry for entry in self._entries if entry.pk not in self._shown_elsewhere][:count])

    @cached_property
    def _shown_elsewhere(self) -> set[int]:
        shown = [
            entry
            for section in self._of("latest")
            for entry in self._of_kind(section["kind"] or "")[: section["count"]]
        ]
        shown += [entry for section in self._of("featured") for entry in self._chosen(section["records"])]
        shown += [entry for place in _sources if self._of(place) for entry in self._from(place)]
        return {entry.pk for entry in shown}

    def featured(self, uids: list[str]) -> list[dict]:
        return self.lines(self._chosen(uids))

    def _chosen(self, uids: list[str]) -> list[Entry]:
        here = {str(entry.uid): entry for entry in self._entries}
        return [here[uid] for uid in uids if uid in here]

    def chosen_by(self, place: str) -> list[dict]:
        """What a room above chooses for sections of this name."""
        return self.lines(self._from(place)) if place in _sources else []

    def _from(self, place: str) -> list[Entry]:
        source = _sources[place]
        chosen = sorted((entry for entry in self._entries if getattr(entry, f"in_{place}")), key=source.order)
        return chosen or self._of_kind(source.otherwise)[: source.most]

    def coming(self, count: int) -> list[dict]:
        """Events that are not over, soonest first, each with its own day."""
        events = self._coming_entries[:count]
        days = [{"date": _day(entry).isoformat(), "date_label": long_date(_day(entry))} for entry in events]
        return [line | day for line, day in zip(lines([e.short for e in events], self.named), days, strict=True)]

    @cached_property
    def _coming_entries(self) -> list[Entry]:
        coming = (entry for entry in self._of_kind("events") if entry.ends and entry.ends > self.now)
        held = (entry for entry in coming if entry.short.get("status") != "cancelled")
        return sorted(held, key=lambda entry: (entry.starts, entry.pk))

    @property
    def fresh_until(self) -> datetime | None:
        """When the page will be another one, though nobody publishes anything: an event will be over."""
        return min((entry.ends for entry in self._coming_entries), default=None) if self._of("events") else None

    @property
    def map_practices(self) -> list[Entry]:
        return self._of_kind("practices")[: ON_THE_SEA["practices"]]

    @property
    def map_projects(self) -> list[Entry]:
        return self._of_kind("projects")[: ON_THE_SEA["projects"]] if self._of("hero") else []

    @cached_property
    def trail(self) -> list[dict]:
        sections = self._of("trail")
        return trail(sections[0]["practice"]) if sections else []

    @cached_property
    def figures(self) -> list[dict]:
        """How many records of each kind are published."""
        counts = dict(Entry.objects.visible().order_by().values_list("kind").annotate(count=Count("pk")))
        return [
            {"value": counts[kind.name], "label": kind.plural, "url": reverse("catalogue:list", args=[kind.name])}
            for kind in kinds.all_kinds()
            if counts.get(kind.name)
        ]


def _flat(segments: Iterable[dict]) -> Iterator[dict]:
    """The sections, those that stand side by side among them."""
    for segment in segments:
        yield segment
        yield from _flat(segment.get("sides", ()))


def _day(entry: Entry):
    """The day on which an event begins, by the calendar of the place where it happens."""
    return entry.starts.astimezone(ZoneInfo(entry.short.get("time_zone") or settings.TIME_ZONE)).date()
