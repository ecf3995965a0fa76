"""Events as people browse them: those to come first, the past ones behind a tab, and month by month."""

from datetime import date, datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Count, F, Min, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.cards import lines
from catalogue.counts import facet_counts
from catalogue.cursors import Slice
from catalogue.filters import WHEN, EntryFilter, InvalidParameters
from catalogue.kinds import Kind
from catalogue.listing import Chip, Listing
from events.cards import clock, days_in_words, weekday_and_day, where_in_words
from events.models import Event
from events.months import Month
from events.spans import first_and_last_day
from events.times import day_begins

MOST_IN_A_MONTH = 400
TABS = {
    "coming": pgettext_lazy("events", "Coming"),
    "past": pgettext_lazy("events", "Past"),
    "all": pgettext_lazy("events", "All"),
}


class EventListing(Listing):
    """Without `when` or `month` it is what is still to come."""

    facets_offered = {
        "type": _("Kind of event"),
        "topic": _("Topic"),
        "country": _("Country"),
        "project": _("Project"),
        "language": _("Readable in"),
    }
    orders_offered = {
        "relevance": _("Best match"),
        "starts": _("Soonest first"),
        "-starts": _("Latest first"),
        "title": _("By title"),
    }

    @classmethod
    def for_people(cls, query: QueryDict, kind: Kind) -> "EventListing":
        return super().for_people(cls.completed(query), kind)

    @classmethod
    def completed(cls, query: QueryDict) -> QueryDict:
        asked = query.copy()
        if not any(asked.getlist("when")) and not any(asked.getlist("month")):
            asked.setlist("when", ["coming"])
        return asked

    @classmethod
    def usual_order(cls, filters: EntryFilter) -> str:
        return "starts" if _tab(filters.data) == "coming" or filters.active().get("month") else "-starts"

    @property
    def tab(self) -> str:
        return _tab(self.asked)

    @cached_property
    def _standing(self) -> dict:
        """How many are to come and how many are past, and when the first of those ends: one query."""
        now = timezone.now()
        to_come = Q(ends__gt=now)
        return (
            self.filters.entries(without="when")
            .order_by()
            .aggregate(
                coming=Count("pk", filter=to_come),
                past=Count("pk", filter=Q(ends__lte=now)),
                changes_at=Min("ends", filter=to_come),
            )
        )

    @property
    def count(self) -> int:
        """Of what the tab shows."""
        both = {tab: self._standing[tab] for tab in WHEN}
        return both.get(self.tab, sum(both.values()))

    @property
    def changes_at(self) -> datetime | None:
        """When the next of these events is over, and the list another one."""
        return self._standing["changes_at"]

    @property
    def tabs(self) -> list[dict]:
        return [
            {
                "label": label,
                "url": self._url(when=list(WHEN) if tab == "all" else [tab]),
                "number": sum(self._standing[each] for each in WHEN) if tab == "all" else self._standing[tab],
                "current": tab == self.tab,
            }
            for tab, label in TABS.items()
        ]

    def _url(self, **changed: list[str]) -> str:
        """This list with other filters; by-time orders and the place in it belong to the tab that is left."""
        there = self.asked.copy()
        for name in ("cursor", "ordering"):
            there.pop(name, None)
        for name, values in changed.items():
            there.setlist(name, values)
        return f"?{there.urlencode()}"

    @property
    def calendar_url(self) -> str:
        """The month calendar with the same filters."""
        there = self.asked.copy()
        for name in ("cursor", "ordering", "when"):
            there.pop(name, None)
        if len(there.getlist("month")) > 1:
            there.pop("month")
        return _joined(reverse("events:calendar"), there)

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.active().keys() - set(self._shown_otherwise))

    def label(self, name: str, value: str) -> str:
        if name == "month":
            return Month.read(value).in_words
        if name == "when":
            return str(TABS[value])
        return super().label(name, value)

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(self.label(name, value), self._url_without(name, value))
            for name, values in self.filters.active().items()
            for value in values
            if name not in self._shown_otherwise
        ]

    _shown_otherwise = ("when",)

    @cached_property
    def entries(self) -> list[dict]:
        cards = [entry.short for entry in self.slice.rows]
        return [_dated(line, card) for line, card in zip(lines(cards, self.named), cards, strict=True)]

    @property
    def ways_out(self) -> list[dict]:
        elsewhere = [
            {"label": gettext("Look among the past events") if tab == "past" else gettext("Look among those to come")}
            | {"url": self._url(when=[tab])}
            for tab in WHEN
            if tab != self.tab != "all" and self._standing[tab]
        ]
        return [*elsewhere, *(super().ways_out if self.is_filtered else [])]

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s event", "%(count)s events", self.count) % {"count": self.count}


class MonthListing(EventListing):
    """All events of one month, on its days. `today` is that of the portal's own place."""

    own_parameters = ()
    _shown_otherwise = ("month",)

    @classmethod
    def for_people(cls, query: QueryDict, kind: Kind) -> "MonthListing":
        if len(query.getlist("month")) > 1:
            told = gettext("This parameter can be given only once.")
            raise InvalidParameters([{"parameter": "month", "code": "repeated", "message": told}])
        return super().for_people(query, kind)

    @classmethod
    def completed(cls, query: QueryDict) -> QueryDict:
        asked = query.copy()
        asked["month"] = query.get("month") or str(Month.of(timezone.localdate()))
        return asked

    @classmethod
    def usual_order(cls, filters: EntryFilter) -> str:
        return "starts"

    @property
    def month(self) -> Month:
        return Month.read(self.asked["month"])

    @cached_property
    def slice(self) -> Slice:
        """The whole month at once."""
        found = self.filters.entries().defer("document").order_by(F("starts"), "pk")[:MOST_IN_A_MONTH]
        return Slice(list(found), previous=None, next=None)

    @cached_property
    def _counts(self) -> dict[str, dict[str, int | None]]:
        """What any event can be found by may be chosen in every month; what is not in this one has no number."""
        here = facet_counts(self.filters, self.offered)
        everywhere = facet_counts(EntryFilter(QueryDict(), kind=self.kind.name, networks="all"), self.offered)
        return {name: {**here[name], **dict.fromkeys(everywhere[name]), **here[name]} for name in self.offered}

    @cached_property
    def weeks(self) -> list[dict]:
        """Rows of the calendar: {is_free, days: [{date, number, label, is_here (in this month), is_today, is_free, events}]}.

        Free are days without events, but for today: a narrow sheet leaves them out.
        """
        on_days: dict[date, list[dict]] = {}
        for entry in self.entries:
            for day in self.month.days_from(*entry["days"]):
                on_days.setdefault(day, []).append(entry | {"is_first": day == entry["days"][0]})
        today = timezone.localdate()
        weeks = [[self._day(day, today, on_days.get(day, [])) for day in week] for week in self.month.weeks()]
        return [{"days": week, "is_free": all(day["is_free"] for day in week)} for week in weeks]

    def _day(self, day: date, today: date, events: list[dict]) -> dict:
        is_here = self.month.has(day)
        return {
            "date": day.isoformat(),
            "number": day.day,
            "label": weekday_and_day(day),
            "is_here": is_here,
            "is_today": is_here and day == today,
            "is_free": not is_here or not (events or day == today),
            "events": events if is_here else [],
        }

    @property
    def months(self) -> dict[str, dict | None]:
        """The ways to the months before and after, and to that of today."""
        around = {"previous": self.month.shifted(-1), "next": self.month.shifted(1)}
        now = Month.of(timezone.localdate())
        around["now"] = None if now == self.month else now
        return {
            name: month and {"label": month.in_words, "url": self._url(month=[str(month)])}
            for name, month in around.items()
        }

    @property
    def changes_at(self) -> datetime:
        """At midnight another day is today; `when` is only asked by hand."""
        midnight = day_begins(timezone.localdate() + timedelta(days=1), settings.TIME_ZONE)
        return min(midnight, super().changes_at or midnight) if self.asked.get("when") else midnight

    @property
    def list_url(self) -> str:
        """The same month as a list."""
        there = self.asked.copy()
        if not there.get("when"):
            there.pop("when", None)
        return _joined(reverse("catalogue:list", args=["events"]), there)

    @property
    def is_cut(self) -> bool:
        return len(self.entries) == MOST_IN_A_MONTH

    @property
    def steps(self) -> list[dict]:
        events = {"label": self.kind.plural, "url": reverse("catalogue:list", args=["events"])}
        return [events, {"label": gettext("Calendar")}]


def _tab(asked: QueryDict) -> str:
    chosen = {value for value in asked.getlist("when") if value}
    return chosen.pop() if len(chosen) == 1 else "all"


def _dated(line: dict, card: dict) -> dict:
    """A line of a list, with its day in front instead of below."""
    first, last = first_and_last_day(card)
    return line | {
        "days": (first, last),
        "date": first.isoformat(),
        "date_label": days_in_words(card),
        "meta": [where] if (where := where_in_words(card)) else [],
        "start": card["start"],
        "time": clock(card["start"], card["time_zone"]),
        "is_cancelled": card["status"] == Event.Status.CANCELLED,
    }


def _joined(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path
