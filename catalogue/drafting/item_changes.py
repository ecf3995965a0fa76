"""A group of fields is added, moved or taken out: the form comes back with all that was typed, and nothing is saved."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogue.drafting.items import Items, keys_in, next_key

BUTTON = "change"  # its value: blocks:add, blocks:up:<key> …


class Change(NamedTuple):
    """What a button asked for; of `add`, the key is that of the new group."""

    kind: Items
    step: str
    key: str


def change_of(data: QueryDict, repeated: Iterable[Items]) -> Change | None:
    """What cannot be done is no change, though the form comes back: nobody meant to save it."""
    name, _colon, rest = (data.get(BUTTON) or "").partition(":")
    step, _colon, key = rest.partition(":")
    kind = next((each for each in repeated if each.name == name), None)
    if kind is None or step not in STEPS:
        return None
    return Change(kind, step, next_key(keys_in(data, name)) if step == "add" else key)


def rearranged(data: QueryDict, change: Change | None) -> QueryDict:
    """What was sent, as it is after the change."""
    if change is None:
        return data
    kind, data = change.kind, data.copy()
    keys = keys_in(data, kind.name)
    if change.step == "add":
        if len(keys) >= kind.most:
            return data
        for field, value in kind.defaults.items():
            data.setlist(kind.field(change.key, field), [value])
    data.setlist(kind.name, STEPS[change.step](keys, change.key))
    return data


def _added(keys: list[str], key: str) -> list[str]:
    return [*keys, key]


def _removed(keys: list[str], key: str) -> list[str]:
    return [each for each in keys if each != key]


def _up(keys: list[str], key: str) -> list[str]:
    return _moved(keys, key, -1)


def _down(keys: list[str], key: str) -> list[str]:
    return _moved(keys, key, 1)


def _moved(keys: list[str], key: str, by: int) -> list[str]:
    if key not in keys:
        return keys
    place = keys.index(key)
    others = _removed(keys, key)
    place = max(0, min(place + by, len(others)))
    return [*others[:place], key, *others[place:]]


STEPS: dict[str, Callable[[list[str], str], list[str]]] = {
    "add": _added,
    "up": _up,
    "down": _down,
    "remove": _removed,
}


class Focus(NamedTuple):
    """Where the form is left off: at a group's fields (`add`) or one of its buttons, or without a key at the button below."""

    step: str = ""
    key: str = ""


def focused(change: Change | None, name: str, keys: list[str]) -> Focus:
    if change is None or change.kind.name != name:
        return Focus()
    if change.key not in keys:
        return Focus(change.step)
    if change.step == "up" and change.key == keys[0] or change.step == "down" and change.key != keys[-1]:
        return Focus("down", change.key)
    return Focus("add" if change.step == "add" else "up", change.key)


def told(change: Change, keys: list[str]) -> str:
    """What a screen reader says afterwards."""
    known = {"one": change.kind.one, "count": len(keys)}
    if change.step == "remove":
        return _("%(one)s taken out, %(count)s left.") % known
    if change.key not in keys:
        return ""
    known["number"] = keys.index(change.key) + 1
    if change.step == "add":
        return _("%(one)s %(number)s added.") % known
    return _("%(one)s moved: it is number %(number)s of %(count)s now.") % known
