"""What a form with repeated parts does (`catalogue.drafting.items`)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogue.drafting.item_changes import change_of, rearranged, told
from catalogue.drafting.items import MOST_SENT, Item, Items, keys_in, name_of
from catalogue.drafting.texts import in_order, texts_of
from catalogue.records import Record


class KeysField(forms.Field):
    """The keys of the groups. Drawn with each group, by `catalogue/drafting/items.html`."""

    widget = forms.MultipleHiddenInput

    def __init__(self):
        super().__init__(required=False)


class WithItems:
    """A form with repeated parts. Clean, `<name>` is a list of `Item`, without those in which nothing stands."""

    repeated: tuple[Items, ...]

    def __init__(self, data=None, files=None, *, draft, **kwargs):
        self.keys: dict[str, list[str]] = {}
        self.held: dict[
            str, dict[str, Any]
        ] = {}  # name → key → the file of the group (`catalogue.drafting.item_files`)
        self.change = change_of(data or {}, self.repeated)
        if data is not None:
            data = rearranged(self._completed(data, draft), self.change)
        super().__init__(data, files, draft=draft, **kwargs)

    def _completed(self, data: QueryDict, draft) -> QueryDict:
        """Parts of which nothing was sent, not even that there are none, stay as they are."""
        left_out = [kind for kind in self.repeated if kind.name not in data]
        if not left_out:
            return data
        data, languages = data.copy(), self.languages_in(draft)
        for name, value in (pair for kind in left_out for pair in _initial(kind, draft, languages)):
            data.setlist(name, value if isinstance(value, list) else [value])
        return data

    @property
    def said(self) -> str:
        """What a screen reader says after a change."""
        return told(self.change, self.keys[self.change.kind.name]) if self.change else super().said

    def is_valid(self) -> bool:
        return super().is_valid() and self.change is None

    def full_clean(self) -> None:
        """After a change only that is told which would be lost: files that cannot be taken."""
        super().full_clean()
        if self.change:
            told_now = {name: errors for name, errors in self.errors.items() if self._is_file(name)}
            self._errors = ErrorDict(told_now, renderer=self.renderer)

    def _is_file(self, name: str) -> bool:
        return name in self.fields and isinstance(self.fields[name], forms.FileField)

    def languages_in(self, draft) -> list[str]:
        """With those in which only a part of the draft has a text."""
        parts = [(kind, part) for kind in self.repeated for part in kind.parts_of(draft)]
        used = {code for kind, part in parts for text in texts_of(part, kind.texts).values() for code in text}
        return in_order({*super().languages_in(draft), *used})

    def items_named(self, name: str) -> Items:
        return next(kind for kind in self.repeated if kind.name == name)

    def initial_items(self, draft) -> dict[str, Any]:
        """For `initial_of`."""
        return dict(pair for kind in self.repeated for pair in _initial(kind, draft, self.languages))

    def holds_items(self, name: str) -> bool:
        """Whether anything stands in one of the groups, but for what an untouched one holds."""
        kind = self.items_named(name)
        untouched = {kind.field(key, field) for key in self.keys[name] for field in kind.defaults}
        own = (field for field in self.fields if name_of(field) == name and field not in untouched)
        return any(self[field].value() for field in own)

    def add_items(self, name: str) -> None:
        kind = self.items_named(name)
        known = [str(part.uid) for part in kind.parts_of(self.draft)]
        self.keys[name] = keys_in(self.data, name, max(MOST_SENT, len(known))) if self.is_bound else known
        self.fields[name] = KeysField()
        for number, key in enumerate(self.keys[name], start=1):
            for field, made in self._group(kind):
                made.full_label = f"{kind.one} {number}: {made.label}"
                self.fields[f"{name}-{key}-{field}"] = made

    def _group(self, kind: Items) -> Iterator[tuple[str, forms.Field]]:
        made = kind.fields()
        for name in (name for row in kind.rows for name in row):
            if name in kind.texts:
                spec = kind.texts[name]
                yield from ((f"{name}_{language}", self.text_field(spec, language)) for language in self.languages)
            else:
                yield name, made.pop(name)
        yield from made.items()

    def focus_on_first(self, kind: Items, key: str) -> None:
        """The first field of the group has the focus; of a text, in the language that is shown."""
        name = kind.rows[0][0]
        shown = self.data.get("shown_language")
        language = shown if shown in self.languages else self.languages[0]
        field = kind.field(key, name, language if name in kind.texts else "")
        self.fields[field].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for kind in self.repeated:
            items = [self._item(kind, key, cleaned) for key in self.keys[kind.name]]
            kind.clean(self, items)
            written = [item for item in items if not kind.is_empty(item)]
            self._count(kind, len(written))
            cleaned[kind.name] = written  # also what is too much counts as typed
        return cleaned

    def _count(self, kind: Items, number: int) -> None:
        if number > max(kind.most, len(kind.parts_of(self.draft))):
            told = _("There is room for %(most)s, and %(number)s stand here. Take some out, or write two as one.")
            self.add_error(kind.name, ValidationError(told, params={"most": kind.most, "number": number}))

    def _item(self, kind: Items, key: str, cleaned: Mapping[str, Any]) -> Item:
        texts = {
            name: {language: self._typed(kind.field(key, name, language), cleaned) for language in self.languages}
            for name in kind.texts
        }
        return Item(key, texts | {name: cleaned.get(kind.field(key, name)) for name in kind.fields()})

    def _typed(self, field: str, cleaned: Mapping[str, Any]) -> str:
        """A text that was refused counts as typed."""
        return cleaned[field] if field in cleaned else self[field].value() or ""

    def write_items(self, cleaned: Mapping[str, Any], draft) -> None:
        """For `write`."""
        for kind in self.repeated:
            kind.write_all(cleaned[kind.name], draft, begun=self.data.get("revision", ""))


def _initial(kind: Items, draft: Record, languages: Sequence[str]) -> Iterator[tuple[str, Any]]:
    parts = kind.parts_of(draft)
    yield kind.name, [str(part.uid) for part in parts]
    for part in parts:
        for name, value in kind.values_of(part).items():
            if name in kind.texts:
                yield from ((kind.field(str(part.uid), name, code), value.get(code, "")) for code in languages)
            else:
                yield kind.field(str(part.uid), name), value
