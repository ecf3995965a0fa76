"""The fields that every record is made of: texts in many languages, code lists, places."""

import json
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString

from catalogue.texts import Text, clean_text_map, is_storable


def validate_text_map(value: LazyI18nString) -> None:
    """Only known languages, only text, nothing that a database or an XML reader refuses."""
    for language, text in Text.map_of(value).items():
        if language not in dict(settings.LANGUAGES):
            raise ValidationError(_("%(language)s is not a language of the portal."), params={"language": language})
        if not isinstance(text, str):
            raise ValidationError(_("A text is needed in %(language)s."), params={"language": language})
        if not is_storable(text):
            raise ValidationError(
                _("The text in %(language)s has characters that cannot be stored."), params={"language": language}
            )


def validate_words(value) -> None:
    """A list of words that can be stored."""
    if not isinstance(value, list) or any(not isinstance(word, str) or not is_storable(word) for word in value):
        raise ValidationError(_("A list of words is needed."))


class LengthPerLanguage:
    """Refuses a text that is longer than `limit` characters in any language."""

    def __init__(self, limit: int):
        self.limit = limit

    def __call__(self, value) -> None:
        for language, text in Text.map_of(value).items():
            if len(text) > self.limit:
                raise ValidationError(
                    _("At most %(limit)s characters; the text in %(language)s has %(length)s."),
                    code="max_length",
                    params={"limit": self.limit, "language": language, "length": len(text)},
                )

    def __eq__(self, other):
        return isinstance(other, LengthPerLanguage) and self.limit == other.limit

    def __hash__(self):
        return hash(self.limit)

    def deconstruct(self):
        return "catalogue.fields.LengthPerLanguage", (self.limit,), {}


class _TextMapField:
    """Stores a map language → text as JSON that a person can read and search in (`ž`, not `\\u017e`).

    `limit` is the length in characters that a *submitted* text must keep; a draft may be longer, so it is no validator
    but is read by the checks before submission, and by form counters.
    """

    default_validators = [validate_text_map]

    def __init__(self, *args, limit: int | None = None, **kwargs):
        self.limit = limit
        kwargs.setdefault("default", Text)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.limit is not None:
            kwargs["limit"] = self.limit
        return name, path, args, kwargs

    def to_python(self, value) -> Text:
        return value if isinstance(value, Text) else Text(value)

    def from_db_value(self, value, expression, connection) -> Text:
        return Text(value)

    def get_prep_value(self, value) -> str:
        return json.dumps(clean_text_map(Text.map_of(value)), ensure_ascii=False, sort_keys=True)

    def value_to_string(self, obj) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def pre_save(self, instance, add):
        """Leaves on the instance what the database will hold, so that both read alike after a save."""
        text = Text(clean_text_map(Text.map_of(getattr(instance, self.attname))))
        setattr(instance, self.attname, text)
        return text


class TextLineField(_TextMapField, I18nCharField):
    """One line of text in many languages."""


class TextField(_TextMapField, I18nTextField):
    """Paragraphs and `- ` lists in many languages; plain text, never HTML."""


class CodeListField(models.JSONField):
    """A list of codes (words or numbers) out of a closed list, in the closed list's order, each once.

    `choices` may be any enumeration of (code, label); it is kept out of migrations, where it would only grow them.
    """

    def __init__(self, *args, codes=(), **kwargs):
        self.codes = list(getattr(codes, "choices", codes))
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or any(not isinstance(code, str | int) for code in value):
            raise ValidationError(_("A list of codes is needed."))
        if self.codes:
            for code in value:
                if code not in dict(self.codes):
                    raise ValidationError(_("%(code)s is not in the list."), params={"code": code})

    def pre_save(self, instance, add):
        value = getattr(instance, self.attname) or []
        order = [code for code, _label in self.codes] or sorted(set(value))
        value = [code for code in order if code in value]
        setattr(instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        from django.forms import CheckboxSelectMultiple, TypedMultipleChoiceField

        if not self.codes:
            return super().formfield(**kwargs)
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        defaults = {
            "choices": self.codes,
            "coerce": type(self.codes[0][0]),
            "widget": CheckboxSelectMultiple,
            "required": not self.blank,
            "label": self.verbose_name,
            "help_text": self.help_text,
        }
        return TypedMultipleChoiceField(**(defaults | {k: v for k, v in kwargs.items() if k != "form_class"}))


class PlacesField(models.JSONField):
    """A list of places {country, nuts, nuts_version, town, lat, lng}; only the country is needed.

    Coordinates are WGS 84 degrees. Codes are checked by `catalogue.places`.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        from catalogue.places import validate_places

        super().validate(value, model_instance)
        validate_places(value)


def text_or_none(value: Mapping | LazyI18nString | None) -> dict[str, str] | None:
    """The plain map of a text, for JSON; `None` when it is empty in every language."""
    return clean_text_map(Text.map_of(value)) or None
