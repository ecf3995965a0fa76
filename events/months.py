"""A month of the calendar, with whole weeks from Monday to Sunday."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from babel.dates import format_date, get_day_names
from django.utils.text import capfirst

from events.times import days
from operations.languages import interface_language, locale_of

FIRST_YEAR, LAST_YEAR = 1900, 2099  # as the filter has them


class Month(NamedTuple):
    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Month":
        """`2027-04`"""
        year, number = text.split("-")
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    def __str__(self):
        return f"{self.year}-{self.number:02}"

    @property
    def in_words(self) -> str:
        """`April 2027`"""
        return capfirst(format_date(self.first, "LLLL y", locale=locale_of(interface_language())))

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def has(self, day: date) -> bool:
        return self.of(day) == self

    def shifted(self, by: int) -> "Month | None":
        """None beyond what can be asked for."""
        months = self.year * 12 + self.number - 1 + by
        there = Month(months // 12, months % 12 + 1)
        return there if FIRST_YEAR <= there.year <= LAST_YEAR else None

    def days_from(self, first: date, last: date) -> Iterable[date]:
        """Those days of the month that lie between two."""
        return days(max(first, self.first), min(last, self.last))

    def weeks(self) -> list[list[date]]:
        return calendar.Calendar().monthdatescalendar(self.year, self.number)


def weekdays() -> list[dict]:
    """Their names, short and whole, Monday first."""
    locale = locale_of(interface_language())
    short = get_day_names("abbreviated", context="stand-alone", locale=locale)
    whole = get_day_names("wide", context="stand-alone", locale=locale)
    return [{"short": short[number], "whole": capfirst(whole[number])} for number in range(7)]
