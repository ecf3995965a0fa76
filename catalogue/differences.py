"""What differs between two documents of one record, field by field, in the order and the words of its page, or of its form.

Both may be published versions, or drafts as `catalogue.publication.render_draft` gives them. Texts are compared language by
language and word by word, lists and parts by who they are, everything else by what a reader would see of it.
"""

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from django.conf import settings
from django.utils.text import Truncator

from catalogue import kinds
from catalogue.marks import Mark, after_of, before_of, marks, whole
from catalogue.texts import is_text_map
from catalogue.wording import NAMED_RECORD, Wording, reading
from pages.languages import language_label

WORDS_OF_A_NAME = 10
ADDED, REMOVED, MOVED, CHANGED = "added", "removed", "moved", "changed"
# What a publication writes, not an author; and what follows from other fields.
_NOT_TOLD = {"uid", "kind", "url", "pages", "version", "published", "modified", "translations", "origin"}
_NOT_TOLD_OF_PARTS = {"uid", "order", "width", "height", "format", "size"}
_LAST = ("topics", "places", "keywords", "original_language", "licence", "example", "source_notes")


@dataclass(frozen=True)
class Change:
    """A field that differs, or something in a list that came, went, moved or changed (`state`).

    `pieces` are its words, in the language `lang` where they are a text; `note` says that language to the reader. `inner` is
    what differs within. Of a picture, `pictures` are {url, width, height, alt} before and after, None where there is none.
    """

    label: str = ""
    label_lang: str = ""
    note: str = ""
    state: str = ""
    pieces: tuple[Mark, ...] = ()
    lang: str = ""
    inner: tuple["Change", ...] = ()
    pictures: tuple[Mapping | None, Mapping | None] | None = None

    @property
    def before(self) -> str:
        return before_of(self.pieces)

    @property
    def after(self) -> str:
        return after_of(self.pieces)


class Side(NamedTuple):
    """One of the two: a document or a part of it, and what that stands in."""

    own: Mapping
    around: Mapping

    def get(self, name: str) -> object:
        """None for every kind of nothing."""
        value = self.own.get(name)
        return None if value in ("", [], {}) else value

    def items(self, name: str) -> list:
        value = self.get(name)
        return value if isinstance(value, list) else []

    @property
    def beside(self) -> Mapping:
        return ChainMap(dict(self.own), dict(self.around))

    def within(self, part: object) -> "Side":
        return Side(part if isinstance(part, dict) else {}, self.beside)


def differences(before: Mapping | None, after: Mapping, asked: Mapping[str, str] | None = None) -> list[Change]:
    """Without anything before, all that there is was added. `asked`: how the form calls the fields of the document, in
    its order (`catalogue.drafting.called`).
    """
    kind = kinds.get(after["kind"])
    old, new = Side(before or {}, {}), Side(after, {})
    words = Wording.of(kind, asked)
    names = [name for name in _in_order(words, {**old.own, **new.own}) if name not in _untold(kind)]
    return list(_of_fields(words, names, old, new))


def _in_order(words: Wording, names: Iterable[str]) -> list[str]:
    """As the form has it, then as the kind has it; what neither says, as documents have it."""
    called = words.kind.called
    asked = [name.partition(".")[0] for name in words.asked]
    said = list(dict.fromkeys([*asked, *([] if "title" in called else ["title", "summary"]), *called]))
    last = [name for name in _LAST if name not in said]
    ranks = {name: rank for rank, name in enumerate([*said, None, *last])}
    return sorted(names, key=lambda name: ranks.get(name, len(said)))


def _untold(kind: kinds.Kind) -> set[str]:
    """A title that is made of other fields changes with them."""
    own = {field.name for field in kind.model._meta.get_fields()}
    return _NOT_TOLD | ({"title", "summary"} - own)


def _of_fields(words: Wording, names: Iterable[str], old: Side, new: Side) -> Iterator[Change]:
    for name in names:
        if old.get(name) != new.get(name) and not _came_with_the_field(words, name, old, new):
            yield from _of_field(words, name, old, new)


def _came_with_the_field(words: Wording, name: str, old: Side, new: Side) -> bool:
    """Whether documents did not have it then, and nobody has said anything else in it since."""
    field = words.field(name)
    return (
        bool(old.own) and name not in old.own and hasattr(field, "get_default") and new.get(name) == field.get_default()
    )


def _of_field(words: Wording, name: str, old: Side, new: Side) -> Iterator[Change]:
    before, after = old.get(name), new.get(name)
    either = after if after is not None else before
    if isinstance(either, list):
        compared = _of_parts if any(map(_is_part, either)) else _of_items
        inner = tuple(compared(words, name, old, new))
    elif isinstance(either, dict) and is_text_map(either):
        yield from _of_texts(words.label(name), before or {}, after or {}, str(new.beside.get("original_language")))
        return
    elif isinstance(either, dict) and not {"country", "kind", "document"} & either.keys():
        inner = tuple(_of_part(words.within(name), old.within(before), new.within(after)))
    else:
        yield _of_value(words, name, old, new)
        return
    if inner and words.is_asked_by_parts(name):
        yield from inner
    elif inner:
        yield Change(words.label(name), inner=inner)


def _of_value(words: Wording, name: str, old: Side, new: Side) -> Change:
    before, after = (words.said(name, side.get(name), side.beside) for side in (old, new))
    is_prose = any(words.is_prose(name, side.get(name)) for side in (old, new))
    return Change(words.label(name), pieces=tuple((marks if is_prose else whole)(before, after)))


def _of_texts(label: str, before: Mapping, after: Mapping, original: str) -> Iterator[Change]:
    """The original first."""
    known = [original, *(code for code, _name in settings.LANGUAGES)]
    for code in dict.fromkeys([*known, *sorted(before), *sorted(after)]):
        old, new = (texts.get(code) or "" for texts in (before, after))
        if old != new:
            yield Change(label, note=language_label(code), lang=code, pieces=tuple(marks(old, new)))


def _of_items(words: Wording, name: str, old: Side, new: Side) -> Iterator[Change]:
    """Of a list of codes, words, records, or rows."""

    def told(item: object, side: Side) -> str:
        return words.said(name, item, side.beside)

    def key(item: object, side: Side) -> str:
        return item["uid"] if _is_record(item) else told(item, side) if isinstance(item, dict) else str(item)

    for state, before, after in _paired(old.items(name), new.items(name), lambda item: key(item, old)):
        said = (told(before, old) if before is not None else "", told(after, new) if after is not None else "")
        lang = reading((before or after)["title"]).language if _is_record(before or after) else ""
        if state != CHANGED or said[0] != said[1]:
            yield Change(state=state, lang=lang, pieces=tuple(whole(*said)))


def _of_parts(words: Wording, name: str, old: Side, new: Side) -> Iterator[Change]:
    """Of a list of parts that have a uid."""
    of_part = words.within(name)
    for state, before, after in _paired(old.items(name), new.items(name), lambda part: part.get("uid")):
        inner = tuple(_of_part(of_part, old.within(before), new.within(after)))
        if inner or state != CHANGED:
            label, lang = _part_label(of_part, after or before, inner)
            yield Change(label, label_lang=lang, state=state, inner=inner)


def _of_part(words: Wording, old: Side, new: Side) -> Iterator[Change]:
    names = [name for name in {**new.own, **old.own} if name not in _NOT_TOLD_OF_PARTS]
    pictures = tuple(side.own if _is_picture(side.own) else None for side in (old, new))
    if any(pictures):
        names.remove("url")
        if old.get("url") != new.get("url"):
            yield Change(words.label("picture"), pictures=pictures)
    yield from _of_fields(words, names, old, new)


def _part_label(words: Wording, part: Mapping, inner: Iterable[Change]) -> tuple[str, str]:
    """What it is called; a sentence that is told below anyway is not said twice."""
    name, shown = words.part_name(part), {change.after or change.before for change in inner}
    if not name.text:
        name = words.part_words(part)
        if not name.text or name.text in shown:
            return words.part_label, ""
    return Truncator(name.text).words(WORDS_OF_A_NAME), name.language


def _paired(before: list, after: list, key: Callable) -> Iterator[tuple[str, object, object]]:
    """Each of either list in the order of both: (state, the former, the later); CHANGED may have stayed as it was."""
    old, new = [key(each) for each in before], [key(each) for each in after]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = {old[i]: before[i] for kind, start, end, _s, _e in steps if kind != "equal" for i in range(start, end)}
    came = {new[j] for kind, _s, _e, start, end in steps if kind != "equal" for j in range(start, end)}
    for kind, start_a, end_a, start_b, end_b in steps:
        if kind == "equal":
            yield from ((CHANGED, *pair) for pair in zip(before[start_a:end_a], after[start_b:end_b], strict=True))
            continue
        yield from ((REMOVED, before[i], None) for i in range(start_a, end_a) if old[i] not in came)
        for j in range(start_b, end_b):
            yield (MOVED, left[new[j]], after[j]) if new[j] in left else (ADDED, None, after[j])


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and value.keys() >= NAMED_RECORD


def _is_part(value: object) -> bool:
    return isinstance(value, dict) and "uid" in value and not _is_record(value)


def _is_picture(value: object) -> bool:
    return isinstance(value, Mapping) and {"url", "width", "height"} <= value.keys()
