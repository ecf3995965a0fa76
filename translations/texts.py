"""The texts of a draft, as they stand beside their originals: one by one, by the names that the form has for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue import origins
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.items import Items
from catalogue.drafting.page import Section
from catalogue.drafting.texts import TextSpec
from catalogue.records import Record
from catalogue.texts import Text

Sections = Sequence[Section]


@dataclass(frozen=True)
class Spot:
    """One text: `name` in the form, `path` in the record, `anchor` of its section; of a repeated part, `items` and `uid`."""

    name: str
    path: str
    anchor: str
    label: str
    spec: TextSpec
    field: str
    items: Items | None = None
    uid: str = ""

    def write(self, draft: Record, language: str, text: str) -> None:
        """What is not in this draft any more is left alone."""
        for owner in self._owners(draft):
            setattr(owner, self.field, Text({**Text.map_of(getattr(owner, self.field)), language: text}))

    def _owners(self, draft: Record) -> list:
        if self.items is None:
            return [draft]
        return [part for part in self.items.parts_of(draft) if str(part.uid) == self.uid]


def spots_of(written: DraftForm, sections: Sections, language: str) -> list[Spot]:
    """All texts of the draft that stands in the form, in the order of its sections, each once."""
    found: dict[str, Spot] = {}
    for section in (*sections, Section("", "", (*written.texts, *(kind.name for kind in written.repeated)))):
        for name in section.fields:
            for spot in _spots_in(written, name, section.anchor, language):
                found.setdefault(spot.name, spot)
    return list(found.values())


def _spots_in(written: DraftForm, name: str, anchor: str, language: str) -> Iterator[Spot]:
    if name in written.texts:
        spec = written.texts[name]
        yield Spot(f"{name}_{language}", name, anchor, str(spec.label), spec, name)
    for kind in written.repeated:
        if kind.name == name:
            yield from _spots_of_parts(written.draft, kind, anchor, language)


def _spots_of_parts(draft: Record, kind: Items, anchor: str, language: str) -> Iterator[Spot]:
    order = [name for row in kind.rows for name in row if name in kind.texts]
    for number, part in enumerate(kind.parts_of(draft), start=1):
        for name in order:
            key, spec = str(part.uid), kind.texts[name]
            label = f"{kind.one} {number}: {spec.label}"
            path = f"{kind.relation}.{key}.{name}"
            yield Spot(kind.field(key, name, language), path, anchor, label, spec, name, kind, key)


def worth_showing(spots: list[Spot], draft: Record, language: str, sent: Sequence[str] = ()) -> list[Spot]:
    """Where the original or the translation says something; and what was sent, whatever has become of it."""
    texts = origins.texts_of(draft)
    shown = {path for path, each in texts.items() if each.get(draft.original_language) or each.get(language)}
    return [spot for spot in spots if spot.path in shown or spot.name in sent]
