"""How the history compares two revisions: texts language by language, lists row by row, parts by their uid.

Wagtail's own comparisons take every value for a string or a number, and parts for the same when their keys are.
"""

import difflib
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.compare import (
    ChildObjectComparison,
    ChildRelationComparison,
    FieldComparison,
    TextDiff,
    diff_text,
    register_comparison_class,
)

from catalogue import places
from catalogue.codes import countries
from catalogue.fields import CodeListField, PlacesField, TextField, TextLineField
from catalogue.texts import Text, clean_text_map, in_language


class TextMapComparison(FieldComparison):
    """Each language that has a text on either side, with what was added and taken away in it."""

    def __init__(self, field, obj_a, obj_b):
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = (clean_text_map(Text.map_of(value)) for value in (self.val_a, self.val_b))

    def htmldiff(self) -> SafeString:
        rows = (
            (name, code, diff_text(self.val_a.get(code, ""), self.val_b.get(code, "")).to_html())
            for code, name in settings.LANGUAGES
            if code in self.val_a or code in self.val_b
        )
        return format_html("<dl>{}</dl>", format_html_join("", '<dt>{}</dt><dd lang="{}">{}</dd>', rows))


class ListComparison(FieldComparison):
    """The rows of a list, in words, with those that came and went."""

    def htmldiff(self) -> SafeString:
        before, after = self.lines(self.val_a), self.lines(self.val_b)
        changes = []
        for kind, start_a, end_a, start_b, end_b in difflib.SequenceMatcher(None, before, after).get_opcodes():
            if kind == "equal":
                changes += [("equal", line) for line in before[start_a:end_a]]
            else:
                changes += [("deletion", line) for line in before[start_a:end_a]]
                changes += [("addition", line) for line in after[start_b:end_b]]
        return TextDiff(changes, separator="<br>").to_html()

    def lines(self, value) -> list[str]:
        rows = value if isinstance(value, list) else [value] if value else []
        return [self.in_words(row) for row in rows]

    def in_words(self, row) -> str:
        if isinstance(row, dict):
            return " · ".join(_words(row[name] for name in sorted(row, key=_place_in_row)))
        return str(row)


class CodeListComparison(ListComparison):
    def in_words(self, row):
        return str(dict(self.field.codes).get(row, row))


class PlacesComparison(ListComparison):
    def in_words(self, row):
        if not isinstance(row, dict):
            return str(row)
        country = row.get("country") or ""
        return super().in_words(row | {"country": countries.country_name(country, get_language() or "en")})


def _place_in_row(name: str) -> tuple[int, str]:
    """PostgreSQL keeps the keys of a row in an order of its own."""
    return (_COLUMNS.index(name) if name in _COLUMNS else len(_COLUMNS), name)


_COLUMNS = (
    *places.KEYS,
    "field",
    "code",
    "name",
    "title",
    "document",
    "line",
    "publication",
    "url",
    "from",
    "to",
    "note",
)


def _words(values: Iterable) -> list[str]:
    """What a row says, in the reader's language where it stands in several."""
    words = []
    for value in values:
        if isinstance(value, dict) and value.keys() <= set(dict(settings.LANGUAGES)):
            value = in_language(value, get_language() or "en").text
        if value not in (None, "", [], {}):
            words.append(str(value))
    return words


class PartsComparison(ChildRelationComparison):
    """Parts are the same when their uid is: their primary key changes at each publication."""

    def get_mapping(self, objs_a, objs_b):
        there = {part.uid: number for number, part in enumerate(objs_b)}
        forwards = {number: there[part.uid] for number, part in enumerate(objs_a) if part.uid in there}
        backwards = {number_b: number_a for number_a, number_b in forwards.items()}
        added = [number for number in range(len(objs_b)) if number not in backwards]
        deleted = [number for number in range(len(objs_a)) if number not in forwards]
        return forwards, backwards, added, deleted

    def get_child_comparison(self, obj_a, obj_b):
        return PartComparison(self.field.related_model, self.field_comparisons, obj_a, obj_b)

    @property
    def says_something(self) -> bool:
        return any(parts.all() for parts in (self.val_a, self.val_b))

    def htmldiff(self) -> SafeString:
        """As a row of the part that these parts belong to: an indicator's values."""
        return format_html_join(
            "", '<dl class="comparison__child-object {}">{}</dl>', map(_part, self.get_child_comparisons())
        )


class PartComparison(ChildObjectComparison):
    """Without the fields that are empty on both sides."""

    def get_field_comparisons(self):
        return [field for field in super().get_field_comparisons() if _says_something(field)]


def _says_something(field) -> bool:
    if field.is_child_relation:
        return field.says_something
    return any(value not in (None, "", [], {}) for value in (field.val_a, field.val_b))


def _part(part) -> tuple[str, SafeString]:
    kind = "addition" if part.is_addition() else "deletion" if part.is_deletion() else ""
    rows = ((field.field_label(), field.htmldiff()) for field in part.get_field_comparisons())
    return kind, format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)


register_comparison_class(TextLineField, comparison_class=TextMapComparison)
register_comparison_class(TextField, comparison_class=TextMapComparison)
register_comparison_class(models.JSONField, comparison_class=ListComparison)
register_comparison_class(CodeListField, comparison_class=CodeListComparison)
register_comparison_class(PlacesField, comparison_class=PlacesComparison)
