"""Lists of rows in the records' forms: a line of inputs a row, and empty rows at the end.

They are drawn, and read back, by the server, and keep what was typed when something in it is wrong.
"""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.places import place
from catalogue.texts import is_storable
from catalogue.widgets import (
    UNSTORABLE,
    CountryField,
    NutsVersionField,
    RecordChooser,
    TextLineWidget,
    TextMapFormField,
    TextMapWidget,
    degrees_field,
    region_version,
)

SPARE_ROWS = 2
MOST_ROWS = 500


class RawRow(dict):
    """A row as it was typed: column → what its widget read."""


class RowsWidget(forms.Widget):
    template_name = "catalogue/admin/rows.html"

    def __init__(self, columns: dict[str, forms.Field], spare_rows: int):
        super().__init__()
        self.columns, self.spare_rows = columns, spare_rows
        self.faults: set[tuple[int, str]] = set()

    @property
    def media(self):
        return sum((column.widget.media for column in self.columns.values()), forms.Media())

    def value_from_datadict(self, data, files, name) -> list[RawRow]:
        rows = [self._row(data, files, f"{name}-{number}") for number in range(self._count(data, name))]
        return [row for row in rows if not row.pop("DELETE") and not is_blank(row)]

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-rows" not in data

    def _count(self, data, name: str) -> int:
        typed = data.get(f"{name}-rows", "")
        return min(int(typed[:4]), MOST_ROWS) if typed.isdecimal() else 0

    def _row(self, data, files, prefix: str) -> RawRow:
        row = RawRow(
            (name, column.widget.value_from_datadict(data, files, f"{prefix}-{name}"))
            for name, column in self.columns.items()
        )
        row["rest"] = data.get(f"{prefix}-rest", "")
        row["DELETE"] = f"{prefix}-DELETE" in data
        return row

    def get_context(self, name, value, attrs):
        typed, attrs = value or [], attrs or {}
        context = super().get_context(name, None, attrs)
        rows = [self._drawn(row, number, name, attrs) for number, row in enumerate(typed)]
        spare = [self._drawn(RawRow(), number, name, attrs) for number in range(len(rows), len(rows) + self.spare_rows)]
        context["widget"] |= {
            "rows": rows,
            "spare_rows": spare,
            "count": len(rows) + self.spare_rows,
            "is_short": len(self.columns) == 1,
        }
        return context

    def _drawn(self, row: RawRow, number: int, name: str, attrs: dict) -> dict:
        prefix, id_prefix = f"{name}-{number}", f"{attrs.get('id', name)}-{number}"
        cells = []
        for key, column in self.columns.items():
            cell_attrs = {"id": f"{id_prefix}-{key}"}
            if (number, key) in self.faults:
                cell_attrs["aria-invalid"] = "true"
            html = column.widget.render(f"{prefix}-{key}", column.prepare_value(row.get(key)), attrs=cell_attrs)
            is_wide = isinstance(column.widget, TextMapWidget)
            cells.append({"id": cell_attrs["id"], "label": column.label, "html": html, "is_wide": is_wide})
        return {"cells": cells, "number": number + 1, "prefix": prefix, "rest": row.get("rest", "")}


def is_blank(typed) -> bool:
    """Whether nothing was typed at all."""
    if isinstance(typed, dict):
        return all(is_blank(part) for key, part in typed.items() if key != "rest")
    if isinstance(typed, list):
        return all(is_blank(part) for part in typed)
    return typed is None or str(typed).strip() == ""


class RowsField(forms.Field):
    """A list of rows, each a dict of the columns. What else a stored row holds is kept (`rest`)."""

    default_columns: dict[str, forms.Field] = {}
    spare_rows = SPARE_ROWS

    def __init__(self, *, columns: dict[str, forms.Field] | None = None, encoder=None, decoder=None, **kwargs):
        self.columns = columns or self.default_columns
        super().__init__(**({"required": False} | kwargs | {"widget": RowsWidget(self.columns, self.spare_rows)}))

    def prepare_value(self, value):
        return [row if isinstance(row, RawRow) else self.to_raw(row) for row in value or []]

    def to_raw(self, row) -> RawRow:
        rest = {key: part for key, part in row.items() if key not in self.columns}
        return RawRow({key: row.get(key) for key in self.columns}, rest=json.dumps(rest) if rest else "")

    def clean(self, value):
        self.widget.faults, faults, rows = set(), [], []
        for number, raw in enumerate(value or []):
            try:
                rows.append(self._clean_row(raw))
            except ValidationError as error:
                for key, messages in error.message_dict.items():
                    self.widget.faults.add((number, key))
                    label = self.columns[key].label if key in self.columns else ""
                    faults += [_told(number + 1, label, message) for message in messages]
        if faults:
            raise ValidationError(faults)
        return super().clean(rows)

    def _clean_row(self, raw: RawRow):
        cleaned, faults = {}, {}
        for key, column in self.columns.items():
            try:
                cleaned[key] = column.clean(raw.get(key))
                if isinstance(cleaned[key], str) and not is_storable(cleaned[key]):
                    raise ValidationError(UNSTORABLE)
            except ValidationError as error:
                faults[key] = error.messages
        if faults:
            raise ValidationError(faults)
        return self.to_row({**_rest(raw), **cleaned})

    def to_row(self, cleaned: dict):
        """What is stored of a row. Raises ValidationError({column: message})."""
        return {key: None if part == "" else part for key, part in cleaned.items()}

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        try:
            return self.clean(data) != (initial or [])
        except ValidationError:
            return True


def _told(number: int, label: str, message: str) -> ValidationError:
    if label:
        return ValidationError(
            _("Row %(number)s, %(label)s: %(message)s"), params={"number": number, "label": label, "message": message}
        )
    return ValidationError(_("Row %(number)s: %(message)s"), params={"number": number, "message": message})


def _rest(raw: RawRow) -> dict:
    try:
        rest = json.loads(raw.get("rest") or "{}")
    except ValueError:
        return {}
    return rest if isinstance(rest, dict) else {}


# The lists that records have


class PlacesFormField(RowsField):
    default_columns = {
        "country": CountryField(required=True),
        "nuts": forms.CharField(required=False, label=_("NUTS code"), max_length=5),
        "nuts_version": NutsVersionField(),
        "town": forms.CharField(required=False, label=_("Town"), max_length=120),
        "lat": degrees_field(_("Latitude"), 90),
        "lng": degrees_field(_("Longitude"), 180),
    }

    def to_row(self, cleaned):
        row = super().to_row(cleaned)
        row["nuts_version"] = region_version(row["nuts"], row["nuts_version"])
        if (row["lat"] is None) != (row["lng"] is None):
            missing = "lat" if row["lat"] is None else "lng"
            raise ValidationError({missing: _("A latitude needs its longitude, and the other way round.")})
        return place(**row)


class SourceNotesField(RowsField):
    """{field, document, line, note}, and {publication, url} where there is no document."""

    default_columns = {
        "field": forms.CharField(label=_("Fact"), max_length=100),
        "document": forms.CharField(required=False, label=_("Document"), max_length=200),
        "line": forms.IntegerField(required=False, label=_("Line"), min_value=1),
        "publication": forms.CharField(required=False, label=_("Publication"), max_length=500),
        "url": forms.URLField(required=False, label=_("Its address"), max_length=1000, assume_scheme="https"),
        "note": TextMapFormField(required=False, label=_("Note"), widget=TextLineWidget),
    }

    def to_row(self, cleaned):
        return _without_the_unused(super().to_row(cleaned | {"note": dict(cleaned["note"].data) or None}))


def _without_the_unused(row: dict) -> dict:
    """A source has a document with its line; or it has none, and a publication with its address."""
    if row["url"] and not row["publication"]:
        raise ValidationError({"publication": _("An address needs the name of the publication.")})
    return {key: part for key, part in row.items() if key not in ("publication", "url") or row["publication"]}


class OtherSourcesField(RowsField):
    """{document, line}, and {publication, url} where there is no document."""

    default_columns = {
        name: SourceNotesField.default_columns[name] for name in ("document", "line", "publication", "url")
    }
    spare_rows = 1

    def to_row(self, cleaned):
        row = super().to_row(cleaned)
        if not row["document"] and not row["publication"]:
            raise ValidationError({"document": _("A document or a publication is needed.")})
        return _without_the_unused(row)


class CountriesField(RowsField):
    """A list of country codes."""

    default_columns = {"country": CountryField(required=True)}

    def to_raw(self, row) -> RawRow:
        return RawRow(country=row)

    def to_row(self, cleaned):
        return cleaned["country"]


class RecordsField(RowsField):
    """Several other records, each chosen with Wagtail's chooser; gives a list of them."""

    def __init__(self, model, *, icon: str = "snippet", **kwargs):
        choice = forms.ModelChoiceField(
            model.objects.all(), label=capfirst(model._meta.verbose_name), widget=RecordChooser(model, icon=icon)
        )
        super().__init__(columns={"record": choice}, **kwargs)

    def to_raw(self, row) -> RawRow:
        return RawRow(record=row.pk)

    def to_row(self, cleaned):
        return cleaned["record"]

    def has_changed(self, initial, data):
        try:
            return {record.pk for record in self.clean(data)} != {record.pk for record in initial or []}
        except ValidationError:
            return True
