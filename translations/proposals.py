"""Translations that the machine proposes into the form: nothing of it is saved until the translator saves.

What it proposed is remembered by its hash, so that a text that is saved as it came is known for the machine's, through autosave
and conflicts, too. Who changes it, or says that she has read it, has made it hers.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.http import QueryDict

from catalogue import origins
from catalogue.drafting.fields import without_unstorable
from catalogue.origins import Place, text_hash
from translations import machine
from translations.forms import TranslationForm
from translations.models import MachineProposal
from translations.texts import Spot

ALL = "all"


class Proposed(NamedTuple):
    """What the form would have sent with the proposals in it; how many there are, and how many texts are still to be done."""

    data: QueryDict
    number: int
    left: int


def propose(form: TranslationForm, which: str) -> Proposed:
    """For one field by its name, whatever stands in it; or for all that are empty, or stale and as they were saved. Raises
    MachineError.
    """
    wanted = _wanted(form, which)
    sources = _sources(form)
    some = _as_many_as_may_be(wanted, sources) if which == ALL else wanted
    texts = [sources[spot.path] for spot in some]
    found = machine.propose(texts, source=form.draft.original_language, target=form.language)
    data, filled = form.data.copy(), {}
    for spot, text in zip(some, found, strict=True):
        if clean := form.fields[spot.name].to_python(without_unstorable(text)):
            data[spot.name], filled[spot.path] = clean, clean
    _remember(form, filled)
    return Proposed(data, len(filled), len(wanted) - len(some))


def _wanted(form: TranslationForm, which: str) -> list[Spot]:
    sources = _sources(form)
    spots = [spot for spot in form.spots if spot.path in sources]
    if which != ALL:
        return [spot for spot in spots if spot.name == which]
    known = origins.translations_of(form.draft)
    stale = {each.path for each in known if each.language == form.language and each.is_stale}
    return [
        spot for spot in spots if _is_empty(form, spot) or (spot.path in stale and not form[spot.name]._has_changed())
    ]


def _sources(form: TranslationForm) -> dict[str, str]:
    """Path → what the original says."""
    original = form.draft.original_language
    return {path: texts[original] for path, texts in origins.texts_of(form.draft).items() if original in texts}


def _is_empty(form: TranslationForm, spot: Spot) -> bool:
    return not (form[spot.name].value() or "").strip()


def _as_many_as_may_be(wanted: list[Spot], sources: dict[str, str]) -> list[Spot]:
    """In the order of the page, what the machine may be given at once."""
    some, length = [], 0
    for spot in wanted[: machine.MOST_TEXTS]:
        length += len(sources[spot.path])
        if length > machine.MOST_CHARACTERS:
            break
        some.append(spot)
    return some or wanted[:1]  # one that is too long alone says so


def _remember(form: TranslationForm, filled: dict[str, str]) -> None:
    made = [
        MachineProposal(uid=form.draft.uid, path=path, language=form.language, text_hash=text_hash(text))
        for path, text in filled.items()
    ]
    MachineProposal.objects.bulk_create(made, ignore_conflicts=True)


# What of the form is the machine's


def proposed_in(form: TranslationForm) -> set[str]:
    """The fields in which a proposal stands as it came and is not saved. No query where nothing was changed."""
    changed = [spot for spot in form.spots if form[spot.name]._has_changed() and not _is_empty(form, spot)]
    return {spot.name for spot in _of_machine(form, changed)}


def by_machine(form: TranslationForm) -> set[Place]:
    """Which of the texts of the valid form count as made by the machine, when they are saved."""
    return {(spot.path, form.language) for spot in _of_machine(form, form.spots) if spot.name not in form.ticked}


def _of_machine(form: TranslationForm, spots: Iterable[Spot]) -> list[Spot]:
    texts = {spot.path: text_hash(form[spot.name].value() or "") for spot in spots}
    if not texts:
        return []
    rows = MachineProposal.objects.filter(uid=form.draft.uid, language=form.language, text_hash__in=texts.values())
    known = set(rows.values_list("path", "text_hash"))
    return [spot for spot in spots if (spot.path, texts[spot.path]) in known]


def forget(before: datetime) -> None:
    MachineProposal.objects.filter(made_at__lt=before).delete()
