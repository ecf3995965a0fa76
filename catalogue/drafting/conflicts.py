"""Two people wrote at once: both texts field by field, and one draft out of them."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import QueryDict
from wagtail.models import Revision

from catalogue.drafting.difference import CHOICE, TAKE_THEIRS, Difference
from catalogue.drafting.fields import DraftDay, number
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_conflicts import is_of_items, item_differences, items_sent_again, with_their_items
from catalogue.drafting.places import PLACE_KEYS, SPOT, SPOT_LABEL, in_words
from operations.dates import long_date


def told(form: DraftForm, theirs: Revision) -> dict[str, Any]:
    """The context of `catalogue/drafting/conflict.html`, for a valid form that came too late."""
    read = Revision.objects.filter(
        object_id=theirs.object_id, content_type=theirs.content_type, pk=number(form.data.get("revision")) or 0
    ).first()
    return {
        "theirs": theirs,
        "own": theirs.user_id == form.user.pk,
        "differences": differences(form, theirs, read),
        "sent_again": sent_again(form),
        "action": form.data.get("action", "save"),
    }


def differences(form: DraftForm, revision: Revision, read: Revision | None) -> list[Difference]:
    """Where the valid form that was just sent differs from the draft saved meanwhile; `read` is what both began with."""
    mine, theirs, before = revision.as_object(), revision.as_object(), read.as_object() if read else None
    form.write_to(mine)
    form.write_ledger(form.cleaned_data, mine)
    values_mine, values_theirs = form.initial_of(mine), form.initial_of(theirs)
    values_read = form.initial_of(before) if before else {}
    found = []
    for name, fields in parts_of(form).items():
        shown = shown_of(form, fields, values_mine), shown_of(form, fields, values_theirs)
        if shown[0] != shown[1]:
            untouched = read is not None and shown[0] == shown_of(form, fields, values_read)
            label, language = label_of(form, name, fields), _language(form, name)
            address_of = form.pictures.address_of if name == form.picture else None
            found.append(Difference(name, label, *shown, language, untouched, address_of))
    return [*found, *item_differences(form, theirs, before)]


def sent_again(form: DraftForm) -> list[tuple[str, str]]:
    """Everything that was sent, as names and values for hidden inputs; a picture by its digest."""
    stand_in = items_sent_again(form)
    names = [name for name in form.fields if name not in (*_files(form), *stand_in)]
    typed = [(name, value) for name in names for value in form.data.getlist(name)] + [*stand_in.items()]
    if not form.picture:
        return typed
    chosen = form.cleaned_data[form.picture]
    return [*typed, (f"{form.picture}_kept", chosen.digest if chosen else "")]


def are_chosen(posted: QueryDict) -> bool:
    """Whether it was the page with both texts that was sent."""
    return any(name.startswith(CHOICE) for name in posted)


def merged(posted: QueryDict, unsent: DraftForm) -> QueryDict:
    """What was sent, with the other's value for each part of which the sender chose to take the other's."""
    theirs = unsent.initial_of(unsent.draft)
    data = posted.copy()
    taken = (fields for name, fields in parts_of(unsent).items() if posted.get(f"{CHOICE}{name}") == TAKE_THEIRS)
    for field in chain.from_iterable(taken):
        value = theirs.get(field, "")
        data.setlist(field, value if isinstance(value, list) else [value])
    return with_their_items(data, unsent)


def _files(form: DraftForm) -> tuple[str, ...]:
    """Of a picture, what counts afterwards is which one was kept."""
    return (form.picture, f"{form.picture}_remove") if form.picture else ()


def parts_of(form: DraftForm) -> dict[str, list[str]]:
    """Name → fields of the form: all places are one part, a spot is, all else is by itself (repeated parts: see there)."""
    parts: dict[str, list[str]] = {}
    for field in form.fields:
        if form.picture and field == form.picture:
            parts[field] = [f"{field}_kept"]
        elif field.startswith("place_"):
            parts.setdefault("places", []).append(field)
        elif field in SPOT:
            parts.setdefault("spot", []).append(field)
        elif field not in _files(form) and not is_of_items(form, field):
            parts[field] = [field]
    return parts


def shown_of(form: DraftForm, fields: list[str], values: dict[str, Any]) -> str:
    """The value in words, in which the two are compared and shown; a place on each line."""
    if len(fields) == 1:
        return _in_words(form, fields[0], values.get(fields[0], ""))
    rows = [fields[start : start + len(PLACE_KEYS)] for start in range(0, len(fields), len(PLACE_KEYS))]
    lines = (", ".join(_filled(form, row, values)) for row in rows)
    return "\n".join(line for line in lines if line)


def _filled(form: DraftForm, fields: list[str], values: dict[str, Any]) -> Iterator[str]:
    words = (_in_words(form, field, values.get(field, "")) for field in fields)
    return (word for word in words if word)


def _in_words(form: DraftForm, field: str, value) -> str:
    if isinstance(form.fields.get(field), DraftDay):
        return long_date(value or None)
    if (region := in_words(form.fields.get(field), value)) is not None:
        return region
    names = dict(getattr(form.fields.get(field), "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(names.get(each, each)) for each in value)
    return str(names.get(value, value)) if value else ""


def label_of(form: DraftForm, name: str, fields: list[str]) -> str:
    if name == "spot":
        return str(SPOT_LABEL)
    return str(form.fields[name if name in form.fields else fields[0]].label)


def _language(form: DraftForm, name: str) -> str:
    base, _separator, language = name.rpartition("_")
    return language if base in form.texts and language in form.languages else ""
