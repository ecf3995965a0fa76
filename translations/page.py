"""What the page shows beside each text: its original, where it stands, and what the original has said otherwise before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Revision

from catalogue import origins
from catalogue.marks import Mark, marks
from catalogue.origins import Translation
from pages.templatetags.face_fields import counter
from translations.forms import TranslationForm
from translations.proposals import proposed_in
from translations.texts import Sections, Spot


class State(TextChoices):
    MISSING = "missing", _("not translated yet")
    STALE = "stale", _("older than the original")
    MACHINE = "machine", _("translated by a machine")
    CURRENT = "current", _("up to date")


NEEDS_WORK = {State.MISSING, State.STALE, State.MACHINE}
_SHAPES = {State.MISSING: "draft", State.STALE: "attention", State.MACHINE: "waiting", State.CURRENT: "done"}


@dataclass(frozen=True)
class Row:
    """One text beside its original. `changes` are the pieces of the original then and now."""

    spot: Spot
    field: BoundField
    control: str
    original: str
    state: State
    ticked: bool
    changes: list[Mark]
    is_machine: bool = False
    is_proposed: bool = False  # by the machine, and not saved yet

    @property
    def needs_work(self) -> bool:
        return self.state in NEEDS_WORK

    @property
    def can_be_ticked(self) -> bool:
        return self.is_proposed or self.state in (State.STALE, State.MACHINE)

    @property
    def shape(self) -> str:
        return _SHAPES[self.state]

    @property
    def counter(self) -> Any:
        return counter(self.field)


def rows_of(form: TranslationForm) -> list[Row]:
    """One query for what is known of the translations, one for what their originals said before; one more for what a machine
    proposed into a form that was sent.
    """
    draft, texts = form.draft, origins.texts_of(form.draft)
    known = {each.path: each for each in origins.translations_of(draft) if each.language == form.language}
    proposed = proposed_in(form) if form.is_bound else ()
    former = _former_sources([each for each in known.values() if each.is_stale], type(draft))
    rows = []
    for spot in form.spots:
        translation = known.get(spot.path)
        original = texts.get(spot.path, {}).get(draft.original_language, "")
        before = former.get(spot.path, "")
        rows.append(
            Row(
                spot=spot,
                field=form[spot.name],
                control=_control(form, spot.name),
                original=original,
                state=_state(translation, original),
                ticked=spot.name in form.ticked,
                changes=marks(before, original) if before else [],
                is_machine=bool(translation and translation.is_machine),
                is_proposed=spot.name in proposed,
            )
        )
    return rows


def _control(form: TranslationForm, name: str) -> str:
    field = form[name]
    described = f"{field.auto_id}_state" + (f" {field.auto_id}_error" if field.errors else "")
    return field.as_widget(attrs={"lang": form.language, "aria-describedby": described})


def _state(translation: Translation | None, original: str) -> State:
    if translation is None:
        return State.MISSING if original else State.CURRENT
    if translation.is_stale:
        return State.STALE
    return State.MACHINE if translation.is_machine and original else State.CURRENT


def _former_sources(stale: Iterable[Translation], model: type) -> Mapping[str, str]:
    """Path → what the original said when the translation was made, where its revision still tells."""
    pairs = [each.origin for each in stale if each.origin]
    revisions = Revision.objects.in_bulk([pair.revision for pair in pairs if pair.revision]) if pairs else {}
    contents = {pk: origins.texts_in(model, revision.content) for pk, revision in revisions.items()}
    found = {}
    for pair in pairs:
        text = contents.get(pair.revision, {}).get(pair.path, {}).get(pair.source_language, "")
        if text and origins.text_hash(text) == pair.source_hash:
            found[pair.path] = text
    return found


def groups_of(rows: list[Row], sections: Sections) -> list[dict]:
    """By sections of the form; what stands in none of them comes last."""
    named = [*((section.anchor, section.title) for section in sections), ("", "")]
    groups = [{"anchor": anchor or "more", "title": title, "rows": _of(rows, anchor)} for anchor, title in named]
    for group in groups:
        group["open"] = sum(row.needs_work for row in group["rows"])
    return [group for group in groups if group["rows"]]


def _of(rows: list[Row], anchor: str) -> list[Row]:
    return [row for row in rows if row.spot.anchor == anchor]


def progress_of(groups: list[dict]) -> list[dict]:
    """As `components/progress.html` wants it."""
    return [
        {
            "title": group["title"] or _("More"),
            "url": f"#{group['anchor']}",
            "state": "open" if group["open"] else "done",
            "note": _to_do(group["open"]),
        }
        for group in groups
    ]


def _to_do(number: int) -> str:
    return ngettext("%(number)s text to do", "%(number)s texts to do", number) % {"number": number} if number else ""


def counts_of(rows: list[Row]) -> dict[str, int]:
    return {state.value: sum(row.state == state for row in rows) for state in State} | {
        "all": len(rows),
        "work": sum(row.needs_work for row in rows),
    }
