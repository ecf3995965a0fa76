"""Which texts of a draft are older than their original, or a machine's, by the names that its form has for them."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue import origins

if TYPE_CHECKING:
    from catalogue.drafting.forms import DraftForm

FITS = "fits"  # its values: the fields of which somebody says that she has read them, and that they are right


def notes_of(form: "DraftForm") -> dict[str, str]:
    """Field of the form → what stands beside its language. One query."""
    found = {}
    for each in _labelled(form):
        if each.is_stale:
            note = _("older than the original")
        else:
            note = _("translated by a machine") if each.source else _("made by a machine")
        found |= dict.fromkeys(_fields(form, each.path, each.language), note)
    return found


def unread_in(form: "DraftForm") -> list[tuple[str, str]]:
    """What of the original a machine has made and nobody has said to be right: field of the form, and how it is called."""
    original = form.draft.original_language
    made = (each for each in _labelled(form) if each.language == original)
    names = (name for each in made for name in _fields(form, each.path, each.language))
    return [(name, str(form.fields[name].label)) for name in names if name in form.fields]


def read_in(form: "DraftForm", names: Collection[str]) -> list[origins.Place]:
    """Which texts the fields are that she has ticked, and left as they are."""
    original = form.draft.original_language
    return [
        (each.path, each.language)
        for each in _labelled(form)
        if each.language == original
        for name in _fields(form, each.path, each.language)
        if name in names and name in form.fields and not form[name]._has_changed()
    ]


def _labelled(form: "DraftForm") -> list[origins.Translation]:
    return origins.labelled_in(form.draft) if form.draft.pk else []


def _fields(form: "DraftForm", path: str, language: str) -> Iterator[str]:
    relation, _dot, rest = path.partition(".")
    if not rest:
        yield f"{path}_{language}"
        return
    uid, _dot, name = rest.partition(".")
    yield from (kind.field(uid, name, language) for kind in form.repeated if kind.relation == relation)


def count_in(form: "DraftForm", language: str) -> int:
    """Of the texts that the form shows."""
    return sum(name.endswith(f"_{language}") and name in form.fields for name in form.behind)
