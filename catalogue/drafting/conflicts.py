"""Two people wrote at once: both texts field by field, and one draft out of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.http import QueryDict
from wagtail.models import Revision

from catalogue.drafting.fields import DraftDay, number
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.places import PLACE_KEYS
from operations.dates import long_date

TAKE_THEIRS = "theirs"


@dataclass(frozen=True)
class Difference:
    """A part of the form in which the two differ. Of a picture, `mine` and `theirs` are digests.

    `only_theirs`: the sender left it as she had read it, so that the other's is what she would want to keep.
    """

    name: str
    label: str
    mine: str
    theirs: str
    language: str = ""
    only_theirs: bool = False
    address_of: Callable[[str], str] | None = None  # of a picture, from its digest

    @property
    def choice(self) -> str:
        """The name of the radio buttons that choose between the two."""
        return f"choice_{self.name}"

    @property
    def my_picture(self) -> str:
        return self._picture(self.mine)

    @property
    def their_picture(self) -> str:
        return self._picture(self.theirs)

    def _picture(self, digest: str) -> str:
        return self.address_of(digest) if self.address_of and digest else ""


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
    mine = revision.as_object()
    form.write_to(mine)
    form.write_ledger(form.cleaned_data, mine)
    values_mine, values_theirs = form.initial_of(mine), form.initial_of(revision.as_object())
    values_read = form.initial_of(read.as_object()) if read else {}
    found = []
    for name, fields in parts_of(form).items():
        shown = shown_of(form, fields, values_mine), shown_of(form, fields, values_theirs)
        if shown[0] != shown[1]:
            untouched = read is not None and shown[0] == shown_of(form, fields, values_read)
            label, language = label_of(form, name, fields), _language(form, name)
            address_of = form.pictures.address_of if name == form.picture else None
            found.append(Difference(name, label, *shown, language, untouched, address_of))
    return found


def sent_again(form: DraftForm) -> list[tuple[str, str]]:
    """Everything that was sent, as names and values for hidden inputs; a picture by its digest."""
    names = [name for name in form.fields if name not in _files(form)]
    typed = [(name, value) for name in names for value in form.data.getlist(name)]
    if not form.picture:
        return typed
    chosen = form.cleaned_data[form.picture]
    return [*typed, (f"{form.picture}_kept", chosen.digest if chosen else "")]


def merged(posted: QueryDict, unsent: DraftForm) -> QueryDict:
    """What was sent, with the other's value for each part of which the sender chose to take the other's."""
    theirs = unsent.initial_of(unsent.draft)
    data = posted.copy()
    taken = (fields for name, fields in parts_of(unsent).items() if posted.get(f"choice_{name}") == TAKE_THEIRS)
    for field in chain.from_iterable(taken):
        value = theirs.get(field, "")
        data.setlist(field, value if isinstance(value, list) else [value])
    return data


def _files(form: DraftForm) -> tuple[str, ...]:
    """Of a picture, what counts afterwards is which one was kept."""
    return (form.picture, f"{form.picture}_remove") if form.picture else ()


def parts_of(form: DraftForm) -> dict[str, list[str]]:
    """Name → fields of the form: all places are one part, everything else is by itself."""
    parts: dict[str, list[str]] = {}
    for field in form.fields:
        if form.picture and field == form.picture:
            parts[field] = [f"{field}_kept"]
        elif field.startswith("place_"):
            parts.setdefault("places", []).append(field)
        elif field not in _files(form):
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
    names = dict(getattr(form.fields.get(field), "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(names.get(each, each)) for each in value)
    return str(names.get(value, value)) if value else ""


def label_of(form: DraftForm, name: str, fields: list[str]) -> str:
    return str(form.fields[name if name in form.fields else fields[0]].label)


def _language(form: DraftForm, name: str) -> str:
    base, _separator, language = name.rpartition("_")
    return language if base in form.texts and language in form.languages else ""
