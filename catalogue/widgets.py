"""Form fields and widgets of the records' forms in the Wagtail admin: nobody there has to type JSON.

A text in many languages has an input a language. Lists of rows are in `catalogue.rows`. None of it needs a script.
"""

from collections.abc import Iterable

from babel.numbers import list_currencies
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField, I18nWidget
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.widgets import AdminSnippetChooser

from catalogue.codes import countries, nuts
from catalogue.texts import Text, clean_text, clean_text_map, is_storable

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


# Countries, regions, years, currencies, other records


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


class CurrencyField(forms.CharField):
    """An ISO 4217 code, in capitals."""

    def __init__(self, **kwargs):
        super().__init__(**({"label": _("Currency"), "max_length": 3, "initial": "EUR"} | kwargs))

    def clean(self, value):
        code = super().clean(value).upper()
        if code and code not in list_currencies():
            raise ValidationError(_("%(code)s is not a currency (ISO 4217)."), params={"code": code})
        return code


def region_version(code: str | None, version: int | None) -> int | None:
    """The version of a NUTS code, the newest where none was typed. Raises ValidationError({"nuts": …}) for no region."""
    if not code:
        return version
    version = version or max(nuts.versions(code), default=None)
    if version is None or not nuts.is_nuts(code, version):
        told = _("%(code)s is not a region of NUTS %(version)s.") if version else _("%(code)s is not a region of NUTS.")
        raise ValidationError({"nuts": told % {"code": code, "version": version}})
    return version


class RecordChooser(AdminSnippetChooser):
    """Wagtail's, but what is no key at all is nobody's instead of an accident, and it speaks the reader's language."""

    def __init__(self, model, **kwargs):
        super().__init__(model, **kwargs)
        name = model._meta.verbose_name
        self.choose_one_text = format_lazy(_("Choose {object}"), object=name)
        self.choose_another_text = format_lazy(_("Choose another {object}"), object=name)
        self.link_to_chosen_text = format_lazy(_("Edit this {object}"), object=name)

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except (TypeError, ValueError):
            return None


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
