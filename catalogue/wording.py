"""What a record's page calls the fields of its document, and how it says their values.

A field is called as its model calls it, unless its kind knows better (`Kind.called`); one that nobody knows is called by its
name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_decimal
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogue.cards import country, place_in_words
from catalogue.kinds import Kind
from catalogue.sources import field_name
from catalogue.templatetags.catalogue_text import money
from catalogue.texts import Reading, in_language, is_text_map
from operations.dates import long_date, moment
from operations.languages import interface_language, locale_of
from pages.languages import language_label

# Of parts and of what documents are made of, where no model has a field of that name.
_CALLED = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "places": gettext_lazy("Places"),
    "source": gettext_lazy("Source"),
    "other_sources": gettext_lazy("Other sources"),
    "address": gettext_lazy("Address"),
    "url": gettext_lazy("Address"),
    "picture": gettext_lazy("Picture"),
    "alt": gettext_lazy("What the picture shows"),
    "amount": gettext_lazy("Amount"),
    "currency": gettext_lazy("Currency"),
    "year": gettext_lazy("Year"),
    "text": gettext_lazy("Text"),
    "name": gettext_lazy("Name"),
    "date": gettext_lazy("Day"),
    "code": gettext_lazy("Code"),
    "value": gettext_lazy("Value"),
    "venue": gettext_lazy("Venue"),
    "measure": gettext_lazy("Measure"),
    "fte": gettext_lazy("Full-time posts"),
    "network": gettext_lazy("Network"),
}
_MONEY = {
    *("amount", "total_budget", "eu_funding_amount", "total_eligible_budget", "cofinancing_amount"),
    *("cost_low", "cost_high"),
}
_LANGUAGES = {"original_language", "languages", "language"}
_COUNTRIES = {"country", "countries"}
_NAMES, _SENTENCES = ("title", "name", "indicator", "name_as_printed"), ("text", "what", "how", "alt")
_DAY, _MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")
NAMED_RECORD = {"uid", "kind", "title", "url"}
ONE = "[]"  # behind the name of a list: what one of its parts is called


@dataclass(frozen=True)
class Wording:
    """Of one kind's document, or of a list of parts in it: `model` is theirs, `path` leads to them. `asked` are the words of
    the form in which it is written, by the fields of the document, where these are to be read.
    """

    kind: Kind
    model: type[models.Model] | None
    path: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, asked: Mapping[str, str] | None = None) -> "Wording":
        return cls(kind, kind.model, asked=asked or {})

    def within(self, name: str) -> "Wording":
        """Of the parts that stand in this field."""
        return replace(self, model=getattr(self.field(name), "related_model", None), path=self.full(name) + ".")

    def full(self, name: str) -> str:
        return f"{self.path}{name}"

    def field(self, name: str) -> Any:
        try:
            return self.model._meta.get_field(name) if self.model else None
        except FieldDoesNotExist:
            return None

    def label(self, name: str) -> str:
        if called := self.asked.get(self.full(name)) or self.kind.called.get(self.full(name)):
            return str(called)
        field = self.field(name)
        if field is not None and getattr(field, "verbose_name", None):
            return capfirst(str(field.verbose_name))
        if getattr(field, "related_model", None):  # the other end of a relation has no name of its own
            return capfirst(str(field.related_model._meta.verbose_name_plural))
        return str(_CALLED.get(name) or capfirst(name.replace("_", " ")))

    def is_asked_by_parts(self, name: str) -> bool:
        """Whether the form has no word for the whole, but for what stands in it."""
        own = self.full(name)
        return own not in self.asked and any(each.startswith(f"{own}.") for each in self.asked)

    @property
    def part_label(self) -> str:
        if asked := self.asked.get(self.path.removesuffix(".") + ONE):
            return asked
        return capfirst(str(self.model._meta.verbose_name)) if self.model else _("Part")

    def choices(self, name: str) -> Mapping:
        field = self.field(name)
        return dict(getattr(field, "codes", None) or getattr(field, "choices", None) or ())

    def is_prose(self, name: str, value: object) -> bool:
        """Whether it is written in words, which change one by one; a code, a day, a number changes as a whole."""
        return (
            isinstance(value, str)
            and not self.choices(name)
            and self.full(name) not in self.kind.said
            and name not in _MONEY | _LANGUAGES | _COUNTRIES
            and not (_DAY.fullmatch(value) or _MOMENT.fullmatch(value))
            and not _is_number(value)
        )

    def said(self, name: str, value: object, beside: Mapping) -> str:
        """The value in words; `beside` is what it stands among. Empty for nothing."""
        if value in (None, "", [], {}):
            return ""
        if saying := self.kind.said.get(self.full(name)):
            return str(saying(value, beside))
        if isinstance(value, list):
            return ", ".join(self.said(name, each, beside) for each in value)
        if isinstance(value, dict):
            return self._dict_said(value)
        return _scalar_said(name, value, self.choices(name), beside)

    def _dict_said(self, value: dict) -> str:
        if is_text_map(value):
            return reading(value).text
        if value.keys() >= NAMED_RECORD:
            return reading(value["title"]).text
        if "country" in value:
            return _place_said(value)
        if value.get("document") and "line" in value and "field" not in value:
            return _("%(document)s, line %(line)s") % value
        if "field" in value:
            value = value | {"field": field_name(self.kind.model, str(value["field"]))}
        words = (self.said(name, each, value) for name, each in value.items() if name != "uid")
        return " · ".join(word for word in words if word)

    def part_name(self, part: Mapping) -> Reading:
        """By what one knows a part: the organisation in it, a title, a name; empty where it has none."""
        return _first_of(part, ("organisation", *_NAMES))

    def part_words(self, part: Mapping) -> Reading:
        """What a part without a name says."""
        return _first_of(part, _SENTENCES)


def _first_of(part: Mapping, names: tuple[str, ...]) -> Reading:
    for name in names:
        if value := part.get(name):
            texts = value["title"] if name == "organisation" and isinstance(value, dict) else value
            return reading(texts) if isinstance(texts, dict) else Reading(str(texts), "")
    return Reading("", "")


def reading(texts: Mapping[str, str]) -> Reading:
    """In the reader's language; `language` is empty where it is that."""
    found = in_language(texts, get_language())
    return Reading(found.text, "" if found.language == get_language() else found.language)


def _scalar_said(name: str, value: object, choices: Mapping, beside: Mapping) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = str(value)
    if name in _LANGUAGES:
        return language_label(text)
    if value in choices:
        return capfirst(str(choices[value]))
    if name in _COUNTRIES:
        return country(text)
    if _DAY.fullmatch(text) and _is_day(text):
        return long_date(text)
    if _MOMENT.fullmatch(text) and (when := parse_datetime(text)):
        return moment(when)
    return _number_said(name, text, beside) if isinstance(value, float) or _is_decimal(value) else text


def _number_said(name: str, text: str, beside: Mapping) -> str:
    if name in _MONEY:
        return money(text, beside.get("currency"))
    number = format_decimal(Decimal(text), format="#,##0.######", locale=locale_of(interface_language()))
    return f"{number} %" if name.endswith("_rate") else number


def _is_decimal(value: object) -> bool:
    """As documents write them: `12.50`. What is a whole number may be a code or a year, and stays as it is."""
    return isinstance(value, str) and re.fullmatch(r"-?\d{1,20}\.\d{1,20}", value) is not None


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        return bool(long_date(text))
    except ValueError:
        return False


def _place_said(place: Mapping) -> str:
    """A place, or an address, on one line."""
    street = [place.get("name"), place.get("street"), place.get("postal_code")]
    known = place_in_words({**place, "country": place.get("country") or ""})
    if place.get("lat") is not None and place.get("lng") is not None:
        known += f" ({place['lat']}, {place['lng']})"
    return ", ".join(part for part in (*street, known) if part)
