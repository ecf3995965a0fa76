"""Form fields and widgets of the records' forms in the Wagtail admin: nobody there has to type JSON.

A text in many languages has an input a language; a list of rows has a line of inputs a row and two empty lines. Neither
needs a script: they are drawn, and read back, by the server, and keep what was typed when something in it is wrong.
"""

import json
from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField, I18nWidget
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.widgets import AdminSnippetChooser

from catalogue.codes import countries, nuts
from catalogue.places import place
from catalogue.texts import Text, clean_text, clean_text_map, is_storable

SPARE_ROWS = 2
MOST_ROWS = 500
UNSTORABLE = _("There are characters in it that cannot be stored.")


# Texts in many languages


class TextMapWidget(I18nWidget):
    """An input a language; languages without a text, other than the interface's own, are folded away."""

    template_name = "catalogue/admin/text_map.html"

    def render(self, name, value, attrs=None, renderer=None):
        texts = value if isinstance(value, list) else self.decompress(value)
        inputs = [
            self._input(number, name, texts[number], attrs or {}, renderer) for number in range(len(self.locales))
        ]
        context = {
            "label": self.field.label,
            "id": (attrs or {}).get("id"),
            "open": [each for each in inputs if each["is_open"]],
            "folded": [each for each in inputs if not each["is_open"]],
        }
        return self._render(self.template_name, context, renderer)

    def _input(self, number: int, name: str, text: str | None, attrs: dict, renderer) -> dict:
        language = self.locales[number]
        attrs = attrs | {"id": f"{attrs['id']}_{number}"} if "id" in attrs else attrs
        return {
            "language": dict(settings.LANGUAGES)[language],
            "code": language,
            "id": attrs.get("id"),
            "html": self.widgets[number].render(f"{name}_{number}", text, attrs, renderer),
            "is_open": bool(text) or language in settings.INTERFACE_LANGUAGES,
        }


class TextLineWidget(TextMapWidget):
    widget = forms.TextInput


class ParagraphsWidget(TextMapWidget):
    widget = AdminAutoHeightTextInput


class TextMapFormField(I18nFormField):
    """Gives a `Text`. `limit` is only told here; whoever publishes or submits checks it."""

    def __init__(self, *args, limit: int | None = None, **kwargs):
        self.limit = limit
        super().__init__(*args, **kwargs)
        if limit and not self.help_text:
            self.help_text = format_lazy(_("Up to {limit} characters in each language."), limit=limit)

    def clean(self, value):
        return super().clean(_with_unix_newlines(value))

    def has_changed(self, initial, data):
        return super().has_changed(initial, _with_unix_newlines(data))

    def compress(self, data_list):
        return Text(clean_text_map({code: text for code, text in zip(self.locales, data_list, strict=True) if text}))

    def validate(self, value):
        super().validate(value)
        if not all(is_storable(text) for text in value.data.values()):
            raise ValidationError(UNSTORABLE)


def _with_unix_newlines(texts):
    return [text and clean_text(text) for text in texts] if isinstance(texts, list) else texts


# Rows


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


# The columns' own fields


def country_choices() -> Iterable[tuple[str, str]]:
    """Existing countries by name, then the states that are gone."""
    language = get_language() or settings.LANGUAGE_CODE
    gone = [(code, countries.country_name(code, language)) for code in countries.gone()]
    return [
        ("", "—"),
        *countries.choices(language),
        (_("States that are gone"), sorted(gone, key=lambda state: state[1])),
    ]


def _nuts_versions() -> list[tuple[str | int, str]]:
    return [("", "—"), *((version, str(version)) for version in nuts.VERSIONS)]


class CountrySelect(forms.Select):
    """Drawn at one go: Django draws a template an option, which with the countries of twenty partners takes a second."""

    template_name = "catalogue/admin/country_select.html"


class CountryField(forms.ChoiceField):
    widget = CountrySelect

    def __init__(self, **kwargs):
        super().__init__(**({"choices": country_choices, "required": False, "label": _("Country")} | kwargs))


class NutsVersionField(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        defaults = {"required": False, "label": _("NUTS version"), "coerce": int, "empty_value": None}
        super().__init__(**(defaults | {"choices": _nuts_versions} | kwargs))


def year_field(label) -> forms.IntegerField:
    return forms.IntegerField(required=False, label=label, min_value=1000, max_value=2200)


def degrees_field(label, limit: int) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any"})
    return forms.FloatField(required=False, label=label, min_value=-limit, max_value=limit, widget=widget)


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
        check_region(row["nuts"], row["nuts_version"])
        if (row["lat"] is None) != (row["lng"] is None):
            missing = "lat" if row["lat"] is None else "lng"
            raise ValidationError({missing: _("A latitude needs its longitude, and the other way round.")})
        return place(**row)


def check_region(code: str | None, version: int | None) -> None:
    """Raises ValidationError({"nuts": …}) unless the code is empty or one of that version."""
    if code and not nuts.is_nuts(code, version):
        of_version = _("%(code)s is not a region of NUTS %(version)s.") % {"code": code, "version": version or ""}
        raise ValidationError({"nuts": of_version})


class SourceNotesField(RowsField):
    """{field, note} with {document, line} or {publication, url}."""

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
    """A source is a document or a publication; the keys of the other, empty, are left out."""
    unused = ("document", "line") if row["publication"] and not row["document"] else ("publication", "url")
    return {key: part for key, part in row.items() if key not in unused or part is not None}


class OtherSourcesField(RowsField):
    """{document, line} or {publication, url}."""

    default_columns = {name: SourceNotesField.default_columns[name] for name in ("document", "line", "publication", "url")}
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


class RecordChooser(AdminSnippetChooser):
    """Wagtail's, but what is no key at all is nobody's instead of an accident."""

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except (TypeError, ValueError):
            return None


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


# Plain lists


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, *, longest: int = 100, **kwargs):
        self.longest = longest
        super().__init__(**({"required": False, "widget": AdminAutoHeightTextInput()} | kwargs))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines()]
        for line in lines:
            if len(line) > self.longest:
                raise ValidationError(_("At most %(limit)s characters a line."), params={"limit": self.longest})
            if not is_storable(line):
                raise ValidationError(UNSTORABLE)
        return [line for line in dict.fromkeys(lines) if line]

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), clean_text(data or ""))


class YearsField(forms.CharField):
    """A list of years, with commas between them."""

    def __init__(self, **kwargs):
        super().__init__(**({"required": False, "help_text": _("With commas between them: 2010, 2011.")} | kwargs))

    def prepare_value(self, value):
        return ", ".join(str(year) for year in value) if isinstance(value, list) else value

    def clean(self, value):
        years = super().clean(value).replace(",", " ").split()
        for year in years:
            if not (year.isascii() and year.isdecimal() and len(year) == 4):
                raise ValidationError(_("%(year)s is not a year."), params={"year": year})
        return sorted({int(year) for year in years})

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)
