"""Which texts of a draft are older than their original, or a machine's, by the names that its form has for them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue import origins

if TYPE_CHECKING:
    from catalogue.drafting.forms import DraftForm


def notes_of(form: "DraftForm") -> dict[str, str]:
    """Field of the form → what stands beside its language. One query, none where nothing is translated."""
    if form.draft.pk is None:
        return {}
    found = {}
    for each in origins.translations_of(form.draft):
        if each.is_stale or each.is_machine:
            note = _("older than the original") if each.is_stale else _("translated by a machine")
            found |= dict.fromkeys(_fields(form, each.path, each.language), note)
    return found


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
