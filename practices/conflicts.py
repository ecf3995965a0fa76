"""Two people wrote at once: both texts field by field, and one draft out of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.http import QueryDict
from wagtail.models import Revision

from catalogue.dates import long_date
from catalogue.drafting.fields import DraftDay
from practices import mapping
from practices.forms import TEXT_SPECS, PracticeForm

TAKE_THEIRS = "theirs"
_FILES = ("photo", "photo_remove")  # of the picture, what counts afterwards is which one was kept


@dataclass(frozen=True)
class Difference:
    """A part of the form in which the two differ. Of the picture, `mine` and `theirs` are digests.

    `only_theirs`: the sender left it as she had read it, so that the other's is what she would want to keep.
    """

    name: str
    label: str
    mine: str
    theirs: str
    language: str = ""
    only_theirs: bool = False

    @property
    def choice(self) -> str:
        """The name of the radio buttons that choose between the two."""
        return f"choice_{self.name}"


def differences(form: PracticeForm, revision: Revision, read: Revision | None) -> list[Difference]:
    """Where the valid form that was just sent differs from the draft saved meanwhile; `read` is what both began with."""
    mine = revision.as_object()
    form.write_to(mine)
    mine.organisation_in_charge = form.cleaned_data["organisation"]
    values_mine, values_theirs = mapping.initial_of(mine), mapping.initial_of(revision.as_object())
    values_read = mapping.initial_of(read.as_object()) if read else {}
    found = []
    for name, fields in _parts(form).items():
        shown = _shown(form, fields, values_mine), _shown(form, fields, values_theirs)
        if shown[0] != shown[1]:
            untouched = read is not None and shown[0] == _shown(form, fields, values_read)
            label, language = _label(form, name, fields), _language(form, name)
            found.append(Difference(name, label, *shown, language, only_theirs=untouched))
    return found


def sent_again(form: PracticeForm) -> list[tuple[str, str]]:
    """Everything that was sent, as names and values for hidden inputs; a picture by its digest."""
    names = [name for name in form.fields if name not in _FILES]
    photo = form.cleaned_data["photo"]
    typed = [(name, value) for name in names for value in form.data.getlist(name)]
    return [*typed, ("photo_kept", photo.digest if photo else "")]


def merged(posted: QueryDict, unsent: PracticeForm) -> QueryDict:
    """What was sent, with the other's value for each part of which the sender chose to take the other's."""
    theirs = mapping.initial_of(unsent.draft)
    data = posted.copy()
    taken = (fields for name, fields in _parts(unsent).items() if posted.get(f"choice_{name}") == TAKE_THEIRS)
    for field in chain.from_iterable(taken):
        value = theirs.get(field, "")
        data.setlist(field, value if isinstance(value, list) else [value])
    return data


def _parts(form: PracticeForm) -> dict[str, list[str]]:
    """Name → fields of the form: all places are one part, everything else is by itself."""
    parts: dict[str, list[str]] = {}
    for field in form.fields:
        if field == "photo":
            parts[field] = ["photo_kept"]
        elif field.startswith("place_"):
            parts.setdefault("places", []).append(field)
        elif field not in _FILES:
            parts[field] = [field]
    return parts


def _shown(form: PracticeForm, fields: list[str], values: dict[str, Any]) -> str:
    """The value in words, in which the two are compared and shown; a place on each line."""
    if len(fields) == 1:
        return _in_words(form, fields[0], values.get(fields[0], ""))
    rows = [fields[start : start + len(mapping.PLACE_KEYS)] for start in range(0, len(fields), len(mapping.PLACE_KEYS))]
    lines = (", ".join(_filled(form, row, values)) for row in rows)
    return "\n".join(line for line in lines if line)


def _filled(form: PracticeForm, fields: list[str], values: dict[str, Any]) -> Iterator[str]:
    words = (_in_words(form, field, values.get(field, "")) for field in fields)
    return (word for word in words if word)


def _in_words(form: PracticeForm, field: str, value) -> str:
    if isinstance(form.fields.get(field), DraftDay):
        return long_date(value or None)
    names = dict(getattr(form.fields.get(field), "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(names.get(each, each)) for each in value)
    return str(names.get(value, value)) if value else ""


def _label(form: PracticeForm, name: str, fields: list[str]) -> str:
    return str(form.fields[name if name in form.fields else fields[0]].label)


def _language(form: PracticeForm, name: str) -> str:
    base, _separator, language = name.rpartition("_")
    return language if base in (*TEXT_SPECS, "photo_alt") and language in form.languages else ""
