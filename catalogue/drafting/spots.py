"""Degrees as people write them: 46.42, 46,42, 15.87° E, −3,7."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftLine

DECIMALS = 5  # about a metre
_WRITTEN = re.compile(r"(?P<sign>[-+]?)(?P<degrees>\d{1,3}(?:[.,]\d{0,30})?)°?(?P<side>[NSEW]?)", re.ASCII)
_NEGATIVE = ("S", "W")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class DraftDegrees(DraftLine):
    """A latitude (`limit` 90) or longitude (180) in degrees; gives a number, or None."""

    def __init__(self, *, limit: int, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "size": 12})
        super().__init__(most=60, widget=widget, **kwargs)
        self.bound = limit
        self.sides = "NS" if limit == 90 else "EW"
        self.limit = None  # counts no characters

    def clean(self, value: Any) -> float | None:
        text = _SPACES.sub("", super().clean(value)).replace("\u2212", "-").upper()
        if not text:
            return None
        written = _WRITTEN.fullmatch(text)
        side = written["side"] if written else ""
        if not written or (side and (side not in self.sides or written["sign"])):
            raise ValidationError(_("These are not degrees. Write them like 46.42 or 46,42."))
        degrees = float(written["degrees"].replace(",", "."))
        if degrees > self.bound:
            raise ValidationError(_("Degrees here lie between −%(limit)s and %(limit)s."), params={"limit": self.bound})
        is_negative = written["sign"] == "-" or side in _NEGATIVE
        return round(-degrees if is_negative else degrees, DECIMALS) + 0.0  # never −0


def degrees_in_words(degrees: float | None) -> str:
    """As the form shows them, and takes them again: 46.42."""
    if degrees is None:
        return ""
    return f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".") if round(degrees, DECIMALS) else "0"
