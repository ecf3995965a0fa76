"""Dates as people write them."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.timezone import localdate, localtime

from pages.languages import interface_language


def locale_of(language: str | None) -> str:
    """The locale whose habits a language follows here: English is written as in Europe."""
    return "en_GB" if language in (None, "en") else language


def long_date(value: str | date | datetime | None) -> str:
    """`2006-10-01` → 1 October 2006, in the reader's language; empty for nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return format_date(
        localdate(value) if isinstance(value, datetime) else value,
        format="long",
        locale=locale_of(interface_language()),
    )


def moment(when: datetime) -> str:
    """A date and a time of day, in the reader's language and the portal's time zone."""
    return f"{long_date(when)}, {localtime(when):%H:%M}"
