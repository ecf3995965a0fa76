"""Dates as people write them."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.timezone import localdate, localtime

from operations.languages import interface_language, locale_of

# A Slovenian date says when something was, which is in the genitive; CLDR knows the names of the months alone.
_GENITIVES = {
    "januar": "januarja",
    "februar": "februarja",
    "marec": "marca",
    "april": "aprila",
    "maj": "maja",
    "junij": "junija",
    "julij": "julija",
    "avgust": "avgusta",
    "september": "septembra",
    "oktober": "oktobra",
    "november": "novembra",
    "december": "decembra",
}


def long_date(value: str | date | datetime | None) -> str:
    """`2006-10-01` → 1 October 2006, in the reader's language; empty for nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return written(localdate(value) if isinstance(value, datetime) else value, "long")


def moment(when: datetime) -> str:
    """A date and a time of day, in the reader's language and the portal's time zone."""
    return f"{long_date(when)}, {localtime(when):%H:%M}"


def written(day: date, pattern: str) -> str:
    """By one of CLDR's patterns, in the reader's language."""
    language = interface_language()
    text = format_date(day, pattern, locale=locale_of(language))
    return " ".join(_GENITIVES.get(word, word) for word in text.split(" ")) if language == "sl" else text
