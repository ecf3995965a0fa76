"""Two people wrote at once, and a form has repeated parts: these are compared one by one, by their keys, and in their order."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogue.drafting.difference import CHOICE, TAKE_THEIRS, Difference
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.items import Item, Items, keys_in, name_of
from catalogue.records import Record
from pages.languages import language_label

ORDER = "order"


def is_of_items(form: DraftForm, field: str) -> bool:
    return any(kind.name in (field, name_of(field)) for kind in form.repeated)


def items_sent_again(form: DraftForm) -> dict[str, str]:
    """Field → value, of what cannot be sent again as it was sent."""
    files = {
        kind.field(key, name): "" for kind in form.repeated for key in form.keys[kind.name] for name in kind.not_kept
    }
    again = (kind.sent_again(item) for kind in form.repeated for item in form.cleaned_data[kind.name])
    return files | {name: value for each in again for name, value in each.items()}


def item_differences(form: DraftForm, theirs: Record, read: Record | None) -> Iterator[Difference]:
    for kind in form.repeated:
        mine, others = form.cleaned_data[kind.name], kind.items_of(theirs)
        before = kind.items_of(read) if read else None
        yield from _one_by_one(form, kind, *map(_by_key, (mine, others, before)))
        yield from _in_order(form, kind, mine, others, before)


def _by_key(items: list[Item] | None) -> dict[str, Item] | None:
    return None if items is None else {item.key: item for item in items}


def _one_by_one(form, kind: Items, mine: dict, theirs: dict, read: dict | None) -> Iterator[Difference]:
    for number, key in enumerate(dict.fromkeys([*mine, *theirs]), start=1):
        both = [in_words(form, kind, items.get(key)) for items in (mine, theirs)]
        first = None if read is None else in_words(form, kind, read.get(key))
        if both[0] != both[1] != first:
            untouched = both[0] == first
            words, pictures, files = zip(*both, strict=True)
            label = f"{kind.one} {number}"
            yield Difference(f"{kind.name}-{key}", label, *words, only_theirs=untouched, pictures=pictures, files=files)


def _in_order(form, kind: Items, mine: list, theirs: list, read: list | None) -> Iterator[Difference]:
    """Those that both have, in the order of each."""
    common = {item.key for item in mine} & {item.key for item in theirs}
    orders = [[item.key for item in items if item.key in common] for items in (mine, theirs)]
    first = None if read is None else [item.key for item in read if item.key in common]
    if orders[0] != orders[1] != first:
        untouched = orders[0] == first
        words = (_names(kind, items, common) for items in (mine, theirs))
        label = _("The order: %(first)s 1, 2, 3 …") % {"first": kind.one}
        yield Difference(f"{kind.name}-{ORDER}", label, *words, only_theirs=untouched)


def _names(kind: Items, items: list[Item], common: set[str]) -> str:
    return "\n".join(f"{number}. {kind.called(item)}" for number, item in enumerate(items, 1) if item.key in common)


class InWords(NamedTuple):
    """What stands in a group, a line for each field; and the addresses of its picture and its file."""

    text: str = ""
    picture: str = ""
    file: str = ""


def in_words(form: DraftForm, kind: Items, item: Item | None) -> InWords:
    if item is None:
        return InWords()
    return InWords("\n".join(_lines(form, kind, item)), kind.picture_address(item), kind.file_address(item))


def _lines(form: DraftForm, kind: Items, item: Item) -> Iterator[str]:
    made = kind.fields()
    for name, value in item.values.items():
        if name in kind.texts:
            for language in (code for code in form.languages if value.get(code)):
                yield f"{kind.texts[name].label} ({language_label(language)}): {value[language]}"
        elif name in made and made[name].label and value not in ("", None):  # without a label it names a file
            yield f"{made[name].label}: {kind.in_words(name, value)}"


def with_their_items(data: QueryDict, unsent: DraftForm) -> QueryDict:
    """As `conflicts.merged`: the other's for each part, and for the order, of which the sender chose to take the other's."""
    for kind in unsent.repeated:
        theirs = unsent.keys[kind.name]
        for key in _chosen(data, kind, theirs):
            _take(data, kind, key, unsent)
        if data.get(f"{CHOICE}{kind.name}-{ORDER}") == TAKE_THEIRS:
            keys = keys_in(data, kind.name)
            data.setlist(kind.name, ["", *_ordered_like(theirs, keys)])
    return data


def _chosen(data: QueryDict, kind: Items, theirs: list[str]) -> list[str]:
    known = dict.fromkeys([*theirs, *keys_in(data, kind.name)])
    return [key for key in known if data.get(f"{CHOICE}{kind.name}-{key}") == TAKE_THEIRS]


def _take(data: QueryDict, kind: Items, key: str, unsent: DraftForm) -> None:
    """What the other does not have any more goes; what she has new comes after what stands before it with her."""
    keys, theirs = keys_in(data, kind.name), unsent.keys[kind.name]
    if key not in theirs:
        data.setlist(kind.name, ["", *(each for each in keys if each != key)])
        return
    for field in unsent.fields:
        if field.startswith(f"{kind.name}-{key}-"):
            data.setlist(field, [unsent.initial.get(field, "")])
    if key not in keys:
        before = [each for each in theirs[: theirs.index(key)] if each in keys]
        place = keys.index(before[-1]) + 1 if before else 0
        data.setlist(kind.name, ["", *keys[:place], key, *keys[place:]])


def _ordered_like(theirs: list[str], keys: list[str]) -> list[str]:
    """Keys that the other has take her order among the places that they hold."""
    hers = iter([key for key in theirs if key in keys])
    return [next(hers) if key in theirs else key for key in keys]
