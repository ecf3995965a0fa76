"""Two people wrote at once: both texts field by field, and one draft out of them."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Revision

from accounts.models import User
from catalogue.drafting.difference import CHOICE, TAKE_THEIRS, Difference
from catalogue.drafting.fields import DraftDay, number
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_conflicts import is_of_items, item_differences, items_sent_again, with_their_items
from catalogue.drafting.places import PLACE_KEYS, SPOT, SPOT_LABEL, in_words
from catalogue.records import Record
from operations.dates import long_date

ReliedOn = Callable[[Record], Mapping[str, str]]


def told(form: DraftForm, theirs: Revision, relied_on: ReliedOn) -> dict[str, Any]:
    """The context of `catalogue/drafting/conflict.html`, for a valid form that came too late."""
    read = read_by(form, theirs)
    return {
        "theirs": theirs,
        "own": theirs.user_id == form.user.pk,
        "differences": differences(form, theirs, read),
        "changed_beside": _changed(form, read, theirs, relied_on) if read else [],
        "sent_again": sent_again(form),
        "action": form.data.get("action", "save"),
    }


def read_by(form: DraftForm, theirs: Revision) -> Revision | None:
    """What the sender had before her."""
    read = number(form.data.get("revision")) or 0
    return Revision.objects.filter(object_id=theirs.object_id, content_type=theirs.content_type, pk=read).first()


def goes_beside(form: DraftForm, theirs: Revision, relied_on: ReliedOn) -> bool:
    """Whether the valid form that came too late meets the other's text nowhere, and what was relied on is as it was."""
    read = read_by(form, theirs)
    if read is None or relied_on(read.as_object()) != relied_on(theirs.as_object()):
        return False
    return not differences(form, theirs, read)


def _changed(form: DraftForm, read: Revision, theirs: Revision, relied_on: ReliedOn) -> list[tuple[str, str]]:
    """The texts that were relied on and are others now, each with the name of its field."""
    before, now = relied_on(read.as_object()), relied_on(theirs.as_object())
    return [(form.name_at(path), text) for path, text in now.items() if text and text != before.get(path)]


def both_stand(theirs: Revision, user: User) -> str:
    if theirs.user_id == user.pk:
        return _("You saved something else in another window meanwhile; both stand.")
    name = capfirst(str(theirs.user or _("somebody")))
    return _("%(name)s saved something else meanwhile; what both of you wrote stands.") % {"name": name}


def differences(form: DraftForm, revision: Revision, read: Revision | None) -> list[Difference]:
    """Where the valid form that was just sent differs from the draft saved meanwhile; `read` is what both began with.

    What the other left as it was is the sender's, and nothing is asked.
    """
    mine, theirs, before = revision.as_object(), revision.as_object(), read.as_object() if read else None
    form.write_to(mine)
    form.write_ledger(form.cleaned_data, mine)
    values_mine, values_theirs = form.initial_of(mine), form.initial_of(theirs)
    values_read = form.initial_of(before) if before else {}
    found = []
    for name, fields in parts_of(form).items():
        shown = shown_of(form, fields, values_mine), shown_of(form, fields, values_theirs)
        first = shown_of(form, fields, values_read) if read and not form.ledger.intersection(fields) else None
        if shown[0] != shown[1] != first:
            untouched = shown[0] == first
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
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
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
