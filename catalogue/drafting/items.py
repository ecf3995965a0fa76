"""Repeated parts of a draft in its form: a group of fields for each, which can be added, moved and taken out.

A form sends the name of such parts once for each group, with the group's key, in the order of the page: the uid of a part
that the draft has, or `new1`, `new2` … for one that nobody has saved yet. The fields of a group are called
`<name>-<key>-<field>`, texts `<name>-<key>-<text>_<language>`. Where the name is not sent at all, the parts stay as they are.
Another record's uid is only a key like `new1`: what comes with it becomes a new part of this draft.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple
from uuid import uuid5

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from catalogue.children import Part
from catalogue.drafting.fields import as_uid
from catalogue.drafting.texts import TextSpec, texts_of
from catalogue.records import Record
from catalogue.texts import Text

MOST_ITEMS = 30
MOST_SENT = 2 * MOST_ITEMS  # all that two people wrote stands in the form when theirs are put together
_NEW = re.compile("new([1-9][0-9]{0,5})")


class Item(NamedTuple):
    """One group as it was sent: clean value by field; of a text, language → text."""

    key: str
    values: dict[str, Any]


class Items:
    """One kind of repeated part. A room says its `name` in the form, the `relation` of the draft, and what a part consists of.

    `rows` are its fields and texts as they stand on the page; `defaults` what an untouched group holds; `one` and `many` are
    what the parts are called, `another` what the button says that adds one.
    """

    name: str
    relation: str
    one: str | Promise
    many: str | Promise
    another: str | Promise
    rows: Sequence[tuple[str, ...]]
    texts: ClassVar[Mapping[str, TextSpec]] = {}
    defaults: ClassVar[Mapping[str, str]] = {}
    most = MOST_ITEMS
    shows = ""  # what stands beside the fields of a group: a picture, a file
    not_kept: tuple[str, ...] = ()  # which of its fields are no part's: a file, and the name of the one that is kept

    def fields(self) -> dict[str, forms.Field]:
        """Those that are no texts, new ones at each call."""
        return {}

    def parts_of(self, draft: Record) -> list[Part]:
        """The draft's own: what is written into them is saved with it."""
        return list(getattr(draft, self.relation).get_object_list())

    # Between part and group

    def values_of(self, part: Part) -> dict[str, Any]:
        """As `Item.values`, but for the fields as the form shows them."""
        plain = [name for name in self.fields() if name not in self.not_kept]
        return texts_of(part, self.texts) | {name: shown(getattr(part, name)) for name in plain}

    def write(self, item: Item, part: Part) -> None:
        for name, value in item.values.items():
            known = Text.map_of(getattr(part, name)) if name in self.texts else {}
            setattr(part, name, Text({**known, **value}) if name in self.texts else value)

    def write_all(self, items: Iterable[Item], draft: Record, *, begun: str = "") -> None:
        """The draft's parts are these now, in this order; who was there before keeps its identity.

        `begun`: with which revision the form was opened. Sent twice, it makes a new part once.
        """
        items, parts = list(items), []
        known, sent = {str(part.uid): part for part in self.parts_of(draft)}, {item.key for item in items}
        for place, item in enumerate(items):
            part = known.get(item.key) or self._new(draft, f"{begun}:{item.key}", known, sent)
            self.write(item, part)
            part.sort_order = place
            parts.append(part)
        getattr(draft, self.relation).set(parts)

    def _new(self, draft: Record, seed: str, known: Mapping[str, Part], sent: set[str]) -> Part:
        """The same one again where the same form has made it a moment ago."""
        model, uid = getattr(draft, self.relation).model, uuid5(draft.uid, f"{self.name}:{seed}")
        return model() if str(uid) in sent else known.get(str(uid)) or model(uid=uid)

    def is_empty(self, item: Item) -> bool:
        filled = (value for name, value in item.values.items() if name not in self.defaults)
        return not any(any(value.values()) if isinstance(value, dict) else value for value in filled)

    def clean(self, form: forms.Form, items: list[Item]) -> None:
        """For what fields cannot say by themselves: errors beside the form's fields, values put right."""

    def sent_again(self, item: Item) -> dict[str, str]:
        """By field of the form: what stands for its fields that are `not_kept`."""
        return {}

    # Where two texts of a draft are compared

    def items_of(self, draft: Record) -> list[Item]:
        """What a form would send that shows the draft, clean."""
        return [Item(str(part.uid), self.values_of(part)) for part in self.parts_of(draft)]

    def called(self, item: Item) -> str:
        """By its first text, in whatever language there is one."""
        texts = item.values.get(next(iter(self.texts), ""), {})
        return next((text for text in texts.values() if text), str(self.one))

    def in_words(self, name: str, value: Any) -> str:
        """What stands in a field that is no text."""
        return str(dict(getattr(self.fields()[name], "choices", ())).get(value, shown(value)))

    def picture_address(self, item: Item) -> str:
        return ""

    def file_address(self, item: Item) -> str:
        return ""

    # Names

    def field(self, key: str, name: str, language: str = "") -> str:
        return f"{self.name}-{key}-{name}_{language}" if language else f"{self.name}-{key}-{name}"


def shown(value: Any) -> str:
    """As a control shows it; a number without the noughts that the database adds, but for one that keeps 1.2340 from
    being read as a thousand.
    """
    if isinstance(value, Decimal):
        number = f"{value.normalize():f}"
        return f"{number}0" if re.search(r"\.\d{3}$", number) else number
    return "" if value is None else str(value)


def keys_in(data: QueryDict, name: str, most: int = MOST_SENT) -> list[str]:
    """The keys that were sent, each once; what cannot be one does not count."""
    keys = map(_canonical, data.getlist(name))
    return list(dict.fromkeys(key for key in keys if key))[:most]


def _canonical(key: str) -> str:
    if _NEW.fullmatch(key):
        return key
    uid = as_uid(key)
    return key if uid and str(uid) == key else ""


def next_key(keys: Iterable[str]) -> str:
    taken = [int(known[1]) for known in map(_NEW.fullmatch, keys) if known]
    return f"new{max(taken, default=0) + 1}"


def name_of(field: str) -> str:
    """To which repeated parts a field of the form belongs: `blocks-new1-title_en` → blocks; else nothing."""
    return field.split("-", 1)[0] if "-" in field else ""
