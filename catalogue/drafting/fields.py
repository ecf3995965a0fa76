"""Form fields of drafts: what a draft may hold, which is nearly everything."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from catalogue.models import Entry
from catalogue.models.entry import KindName
from catalogue.search import alternatives_of
from catalogue.texts import clean_text, is_storable, storable

FIRST_YEAR, LAST_YEAR = 1800, 2100
FEW_RECORDS = 30  # can be read through
MOST_FOUND = 20
MOST_CHOSEN = 300
LONGEST_QUERY = 80
MOST_REPEATED = 100  # characters of what was typed, in a message
MOST_STORED = 20_000  # characters in one field; the limits of the review are far below


class DraftText(forms.CharField):
    """Plain text of a draft. `limit` is what the review will ask for: counted beside the field, not enforced here.

    Characters that neither PostgreSQL nor XML takes are refused; shown again, the text comes without them.
    """

    def __init__(self, *, limit: int | None = None, needed: bool = False, most: int = MOST_STORED, **kwargs):
        super().__init__(required=False, **kwargs)
        self.limit, self.needed, self.most = limit, needed, most

    def to_python(self, value) -> str:
        return clean_text(value or "")

    def clean(self, value) -> str:
        text = self.to_python(value)
        if not is_storable(text):
            raise ValidationError(_("The text has characters that cannot be stored. They have been taken out here."))
        if len(text) > self.most:
            raise ValidationError(
                _("The text has %(length)s characters; a draft can keep %(most)s in one field."),
                params={"length": len(text), "most": self.most},
            )
        return text

    def bound_data(self, data, initial):
        return without_unstorable(super().bound_data(data, initial))

    def has_changed(self, initial, data) -> bool:
        return self.to_python(initial) != self.to_python(data)


class DraftLine(DraftText):
    """The same on one line."""

    def to_python(self, value) -> str:
        return " ".join(super().to_python(value).split())


class DraftAddress(DraftLine):
    """A page of the web; what has no scheme is taken for https."""

    def __init__(self, *, most: int = 200, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "url"}))
        super().__init__(most=most, **kwargs)

    def clean(self, value) -> str:
        text = super().clean(value)
        if not text:
            return ""
        address = text if "://" in text else f"https://{text}"
        URLValidator(schemes=["http", "https"], message=_("This is not the address of a page."))(address)
        return address


GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*((?!\1)[.,]\d*)?")


class DraftNumber(DraftLine):
    """A number as people write it, with a point or a comma, thousands parted or not; gives a Decimal, or None.

    Where `1.200` may be meant as 1200 and as 1.2, nothing is guessed: the writer is asked.
    """

    def __init__(
        self, *, digits: int, decimals: int = 0, smallest: int | None = 0, largest: int | None = None, **kwargs
    ):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal" if decimals else "numeric"}))
        super().__init__(most=40, **kwargs)
        self.unit, self.decimals = Decimal(10) ** -decimals, decimals
        self.number = forms.DecimalField(
            required=False,
            min_value=smallest,
            max_value=largest,
            max_digits=digits,
            decimal_places=decimals,
            error_messages={"invalid": _("This is not a number."), "min_value": _("This cannot be less than nought.")},
        )

    def clean(self, value) -> Decimal | None:
        text = re.sub(r"[\s'’]", "", super().clean(value)).replace("−", "-")
        number = self.number.clean(self._without_groups(text).replace(",", "."))
        return None if number is None else number.quantize(self.unit)  # as the database gives it back

    def _without_groups(self, text: str) -> str:
        grouped = GROUPED.fullmatch(text)
        if not grouped:
            return text
        mark, thousands = grouped[1], text.replace(grouped[1], "")
        if self.decimals > 2 and text.count(mark) == 1 and not grouped[2]:
            told = {"thousands": thousands, "fraction": text.replace(",", ".") + "0"}
            raise ValidationError(_("Is it %(thousands)s or %(fraction)s? Write it in one of these ways."), params=told)
        return thousands


class DraftYear(DraftLine):
    """A year; gives a number, or None."""

    def __init__(self, *, first: int = FIRST_YEAR, last: int = LAST_YEAR, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(most=40, **kwargs)
        self.first, self.last = first, last

    def clean(self, value) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and self.first <= int(text) <= self.last):
            told = {"first": self.first, "last": self.last}
            raise ValidationError(_("The year must lie between %(first)s and %(last)s."), params=told)
        return int(text)


class DraftCurrency(DraftLine):
    """The code of a currency (ISO 4217), in capitals."""

    def __init__(self, **kwargs):
        super().__init__(most=40, **kwargs)

    def clean(self, value) -> str:
        code = super().clean(value).upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise ValidationError(_("A currency is its code of three letters, such as EUR."))
        return code


class DraftDay(forms.DateField):
    """A day, as browsers send it; where they have no calendar of their own, also as people here write it."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d.%m.%Y", "%d. %m. %Y"]
        super().__init__(required=False, widget=widget, input_formats=formats, **kwargs)

    def to_python(self, value) -> date | None:
        try:
            return super().to_python(value)
        except ValidationError as error:  # the control shows no such day: the message has to
            told = _("“%(typed)s” is not a day of the calendar. Write it as year-month-day, such as 2024-05-31.")
            typed = without_unstorable(str(value))[:MOST_REPEATED]
            raise ValidationError(told, code="invalid", params={"typed": typed}) from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            told = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(_("The year must lie between %(first)s and %(last)s."), params=told)

    def bound_data(self, data, initial):
        """A day however it was written, for the control shows it in one way only."""
        try:
            return self.to_python(data)
        except ValidationError:
            return without_unstorable(super().bound_data(data, initial))


class RecordChoice(forms.ChoiceField):
    """One of the offered records, known by its uid; gives the record itself."""

    def __init__(self, *, records, **kwargs):
        self.records = {str(record.uid): record for record in records}
        named = [(uid, str(record)) for uid, record in self.records.items()]
        super().__init__(required=False, choices=[("", _("Not chosen yet")), *named], **kwargs)

    def clean(self, value):
        return self.records.get(super().clean(_canonical(value)))


class RecordChoices(forms.MultipleChoiceField):
    """Some of the offered records, known by their uids; gives the records.

    All of them are ticks while they are few. Of many, those are shown that are `chosen` (uids), or found by what was
    `typed` (None where nothing was looked for): three queries, however many `records` (of the `kind`) there are.
    """

    def __init__(self, *, records, kind: KindName, name=str, chosen=(), typed: str | None = None, **kwargs):
        few = list(records[: FEW_RECORDS + 1])
        self.is_long = len(few) > FEW_RECORDS
        self.found = _found(kind, typed) if self.is_long and typed is not None else None
        if self.is_long:
            chosen = [uid for uid in map(as_uid, chosen) if uid][:MOST_CHOSEN]
            few = list(records.filter(uid__in={*chosen, *(self.found or ())})) if chosen or self.found else []
        self.records = {str(record.uid): record for record in few}
        super().__init__(
            required=False, choices=[(uid, name(record)) for uid, record in self.records.items()], **kwargs
        )

    def clean(self, value):
        return [self.records[uid] for uid in super().clean([_canonical(each) for each in value or ()])]


def _found(kind: KindName, typed: str) -> list[UUID]:
    """Published records of the kind that hold all the words, the best first."""
    typed = typed[:LONGEST_QUERY]
    if not alternatives_of(typed):
        return []
    fitting = Entry.objects.ours().of_kind(kind).matching(typed)
    return list(fitting.order_by("-relevance", "pk").values_list("uid", flat=True)[:MOST_FOUND])


def _canonical(value) -> str:
    """A uid as we write it; anything else as it came, to be refused."""
    try:
        return str(UUID(str(value)))
    except ValueError:
        return str(value or "")


def without_unstorable(text):
    if not isinstance(text, str) or is_storable(text):
        return text
    return storable(text)


def number(text: str | None) -> int | None:
    """A revision's key as a form sends it; what cannot be one is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def as_uid(text: str | None) -> UUID | None:
    """What cannot be one is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
