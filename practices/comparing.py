"""Two to four published practices side by side: which were asked for, and what stands in which row."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.cards import line
from catalogue.models import Entry
from catalogue.models.entry import KindName
from operations.dates import long_date
from practices.sections import in_order, reading_of, sections_of, whole_line
from practices.templatetags.practice_page import practice_facts

FEWEST, MOST = 2, 4
MOST_ASKED = 20  # identities that are looked up at all


@dataclass
class Comparison:
    """`entries` are those of the practices that can be shown, in the order asked; `problems` say what cannot be."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        return FEWEST <= len(self.entries) <= MOST

    @cached_property
    def practices(self) -> list[dict]:
        """As lists show them: one heads each column."""
        return [line(entry.short) for entry in self.entries]

    @property
    def rows(self) -> list[dict]:
        """{label, cells}: the summary, the facts, and then the text by its sections; a row that nobody fills is left out.

        A cell is {title, blocks}: of which practice, and what it says (`practices.sections`).
        """
        records = [entry.record for entry in self.entries]
        summaries = [[_paragraph(reading_of(record["summary"], record))] for record in records]
        rows = [{"label": _("Summary"), "cells": summaries}, *_fact_rows(records), *_section_rows(records)]
        titles = [practice["title"] for practice in self.practices]
        return [
            row | {"cells": [{"title": t, "blocks": b} for t, b in zip(titles, row["cells"], strict=True)]}
            for row in rows
        ]

    @property
    def steps(self) -> list[dict]:
        return [
            {"label": KindName.PRACTICES.label, "url": reverse("catalogue:list", args=[KindName.PRACTICES])},
            {"label": _("Side by side")},
        ]


def compared(asked: list[str]) -> Comparison:
    """What was asked for by uid; one query. What is a draft is as unknown as what never was."""
    wanted = list(dict.fromkeys(filter(None, (text.strip() for text in asked))))[:MOST_ASKED]
    uids = {text: uid for text in wanted if (uid := _uid(text))}
    found = {entry.uid: entry for entry in Entry.objects.of_kind("practices").filter(uid__in=uids.values())}
    comparison = Comparison()
    for text in wanted:
        entry = found.get(uids.get(text))
        if entry and entry.is_visible:
            comparison.entries += [entry] if entry not in comparison.entries else []
        else:
            comparison.problems.append(_missing(text, entry))
    comparison.problems += _wrong_number(len(comparison.entries))
    return comparison


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _missing(text: str, entry: Entry | None) -> str:
    if entry:
        told = {"practice": entry.uid, "day": long_date(entry.withdrawn)}
        return _("The practice %(practice)s is no longer public since %(day)s.") % told
    return _("There is no published practice “%(practice)s”.") % {"practice": text[:60]}


def _wrong_number(number: int) -> list[str]:
    if number < FEWEST:
        return [_("Tick at least two practices to compare them.")]
    if number > MOST:
        told = ngettext(
            "At most four stand side by side; %(number)s is ticked. Take some away.",
            "At most four stand side by side; %(number)s are ticked. Take some away.",
            number,
        )
        return [told % {"number": number}]
    return []


def _paragraph(reading: dict) -> dict:
    return {
        "type": "prose",
        "lang": reading["lang"],
        "behind": reading.get("behind", ""),
        "parts": [{"is_list": False, "lines": [reading["text"]]}],
    }


def _fact_rows(records: list[dict]) -> list[dict]:
    """The facts of all stand in the same order; one may be called by another form of its name (*From projects*)."""
    rows = []
    for facts in zip_longest(*(practice_facts(record) for record in records)):
        cells = [_fact_lines(fact) for fact in facts]
        if any(cells):
            _most, fullest = max((len(cell), -place) for place, cell in enumerate(cells))
            blocks = [[{"type": "links", "lines": cell}] if cell else [] for cell in cells]
            rows.append({"label": facts[-fullest]["label"], "cells": blocks})
    return rows


def _fact_lines(fact: dict | None) -> list[dict]:
    if not fact:
        return []
    if lines := fact.get("lines"):
        return [whole_line(line) for line in lines]
    return [{"text": fact["value"], "url": fact.get("url"), "lang": fact.get("lang")}] if fact.get("value") else []


def _section_rows(records: list[dict]) -> list[dict]:
    sections = [{section.name: section for section in sections_of(record)} for record in records]
    labels = {name: section.heading for each in sections for name, section in each.items()}
    return [
        {"label": labels[name], "cells": [each[name].blocks if name in each else [] for each in sections]}
        for name in in_order(labels)
    ]
