"""From which source each translation was made, and so which of them are older than their original.

Pairs of a translated text and the text it was made from are kept (`catalogue.models.TextOrigin`); a translation whose pair
with the original as it stands is not known is *stale*. That answers alike for a draft, for the live text and for any old
revision, each from its own content. Pairs are written in one place: where a draft is saved (`Record.save_revision`); only
*still fits* is said by a person (`catalogue.confirming`).
"""

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import models
from django.utils import timezone
from modelcluster.models import get_all_child_relations

from catalogue.fields import TextField, TextLineField
from catalogue.models import Entry, TextOrigin
from catalogue.texts import Text, clean_text, clean_text_map

if TYPE_CHECKING:  # Wagtail's models import their way to this module
    from wagtail.models import Revision

    from accounts.models import User

Texts = Mapping[str, Mapping[str, str]]  # path → language → text
Place = tuple[str, str]  # path, language
_GAP = re.compile(r"\n{3,}")


def text_hash(text: str) -> str:
    return hashlib.sha256(as_read(text).encode()).hexdigest()


def as_read(text: str) -> str:
    """What a reader cannot tell apart is one text: however letters are composed, however wide its spaces are, and whatever
    stands between its letters that has no ink.
    """
    text = unicodedata.normalize("NFC", clean_text(text))
    text = "".join(each for each in text if unicodedata.category(each) != "Cf")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _GAP.sub("\n\n", "\n".join(lines)).strip()


# Which texts a record has


@cache
def _text_fields(model: type[models.Model]) -> tuple[str, ...]:
    """What is in the ledger is another's, and has no translations that are followed."""
    ledger = getattr(model, "ledger_fields", ())
    fields = model._meta.concrete_fields
    return tuple(
        each.name for each in fields if isinstance(each, TextField | TextLineField) and each.name not in ledger
    )


@cache
def _part_relations(model: type[models.Model]) -> tuple[tuple[str, type[models.Model]], ...]:
    """The lists of its parts in which a text stands, be it in a part of a part."""
    relations = ((relation.get_accessor_name(), relation.related_model) for relation in get_all_child_relations(model))
    return tuple((name, part) for name, part in relations if _is_followed(part))


def _is_followed(part: type[models.Model]) -> bool:
    """A part of its own identity, with texts."""
    return hasattr(part, "uid") and bool(_text_fields(part) or _part_relations(part))


def texts_of(record: models.Model, prefix: str = "") -> dict[str, dict[str, str]]:
    """As the record stands in memory; a text that is empty in every language is left out."""
    found = {
        f"{prefix}{name}": clean_text_map(Text.map_of(getattr(record, name))) for name in _text_fields(type(record))
    }
    for name, _model in _part_relations(type(record)):
        for part in getattr(record, name).all():
            found |= texts_of(part, f"{prefix}{name}.{part.uid}.")
    return {path: texts for path, texts in found.items() if texts}


def texts_in(model: type[models.Model], content: Mapping[str, Any], prefix: str = "") -> dict[str, dict[str, str]]:
    """The same of what a revision holds."""
    found = {f"{prefix}{name}": _stored(content.get(name)) for name in _text_fields(model)}
    for name, part_model in _part_relations(model):
        for part in content.get(name) or ():
            found |= texts_in(part_model, part, f"{prefix}{name}.{part.get('uid')}.")
    return {path: texts for path, texts in found.items() if texts}


def _stored(value: Any) -> dict[str, str]:
    try:
        known = json.loads(value) if isinstance(value, str) and value else value or {}
    except ValueError:  # of a time when it was written otherwise
        return {}
    return clean_text_map(known) if isinstance(known, dict) else {}


def has_translations(texts: Texts, original: str) -> bool:
    return any(language != original for each in texts.values() for language in each)


# What is known


class Translation(NamedTuple):
    """One text in a language that is not the original's. `origin` is what is known of it: of the pair, else of the text. Or one
    of the original itself, without a source, that a machine has made when another language was the original.
    """

    path: str
    language: str
    text: str
    source: str
    is_stale: bool
    is_machine: bool
    origin: TextOrigin | None


class Origins:
    """The pairs that are known of one record."""

    def __init__(self, pairs: Iterable[TextOrigin]):
        self._pairs: dict[tuple[str, str, str], dict[str, TextOrigin]] = defaultdict(dict)
        for pair in pairs:
            self._pairs[pair.path, pair.language, pair.text_hash][pair.source_hash] = pair

    def __bool__(self) -> bool:
        return bool(self._pairs)

    def of_text(self, path: str, language: str, text: str) -> Mapping[str, TextOrigin]:
        return self._pairs.get((path, language, text_hash(text)), {})

    def fits(self, path: str, language: str, text: str, source: str) -> bool:
        """Without a source nothing can be older than it; a record of which nothing is known was never followed."""
        return not self or not source or text_hash(source) in self.of_text(path, language, text)

    def translations(self, texts: Texts, original: str) -> Iterator[Translation]:
        for path, each in texts.items():
            source = each.get(original, "")
            for language in sorted(each.keys() - {original}):
                yield self._translation(path, language, each[language], source)

    def is_machines(self, path: str, language: str, text: str) -> bool:
        """A machine made it, and nobody has written the same, nor said that it is right, whatever it was made from."""
        known = self.of_text(path, language, text).values()
        return bool(known) and all(pair.state == TextOrigin.State.MACHINE for pair in known)

    def originals_by_machine(self, texts: Texts, original: str) -> Iterator[Translation]:
        for path, each in texts.items():
            text = each.get(original, "")
            if text and self.is_machines(path, original, text):
                known = self.of_text(path, original, text).values()
                latest = max(known, key=lambda pair: pair.pk)
                yield Translation(path, original, text, "", is_stale=False, is_machine=True, origin=latest)

    def _translation(self, path: str, language: str, text: str, source: str) -> Translation:
        known = self.of_text(path, language, text)
        origin = known.get(text_hash(source)) or max(known.values(), key=lambda pair: pair.pk, default=None)
        is_machine = bool(origin) and origin.state == TextOrigin.State.MACHINE
        is_stale = not self.fits(path, language, text, source)
        return Translation(path, language, text, source, is_stale, is_machine, origin)


def known_of(record) -> Origins:
    """One query, and none where `read_with` was there before."""
    known = record.__dict__.get("_origins")
    if known is None:
        known = record.__dict__["_origins"] = Origins(TextOrigin.objects.of([record.uid]).order_by("pk"))
    return known


def read_with(records: Iterable[models.Model]) -> list:
    """The records, with what is known of all of them in one query."""
    records, pairs = list(records), defaultdict(list)
    for pair in TextOrigin.objects.of(record.uid for record in records).order_by("pk") if records else ():
        pairs[pair.uid].append(pair)
    for record in records:
        record.__dict__["_origins"] = Origins(pairs[record.uid])
    return records


def forget(record) -> None:
    """What an instance has read of it holds no longer."""
    record.__dict__.pop("_origins", None)


def translations_of(record) -> list[Translation]:
    """Every translated text of the record or draft as it stands in memory. No query where nothing is translated."""
    texts, original = texts_of(record), record.original_language
    known = known_of(record) if has_translations(texts, original) else Origins(())
    return list(known.translations(texts, original))


def labelled_in(record) -> list[Translation]:
    """Of those the ones that are older than their original or a machine's; and what of the original a machine has made."""
    texts, original = texts_of(record), record.original_language
    known = known_of(record) if texts and record.pk else Origins(())
    behind = (each for each in known.translations(texts, original) if each.is_stale or each.is_machine)
    return [*behind, *known.originals_by_machine(texts, original)]


# What a saved draft tells


class Standing(NamedTuple):
    """The texts at one time as they are read, and which language was the original."""

    texts: Texts
    original: str


def note_saved(
    record,
    former: "Revision | None",
    revision: "Revision",
    *,
    by: "User | None",
    by_machine: Collection[Place] = (),
    read: Collection[Place] = (),
) -> None:
    """A translation that differs from the former revision's is taken as made from the original as it stands now; what stays
    as it is beside another original gets no pair. A machine's text stays a machine's wherever it comes back, but for those
    that a person has `read`. One query to read, one to write; none where no text that is translated, and no translation, has
    changed.
    """
    forget(record)
    now = Standing(_as_read(texts_of(record)), record.original_language)
    before = _standing_in(record, former) if former else None
    if not (has_translations(*now) if before is None else _have_changed(now, before)):
        return
    known = known_of(record)
    pairs = [] if known or not before else _followed_from_now_on(record, former, before)
    known = known or Origins(pairs)
    for path, language in pairs_told(now, before, known):
        pair = _pair(record, now, path, language, revision, by)
        came_back = (path, language) not in read and known.is_machines(path, language, now.texts[path][language])
        is_machine = (path, language) in by_machine or came_back
        pair.state = TextOrigin.State.MACHINE if is_machine else TextOrigin.State.HUMAN
        pairs.append(pair)
    if pairs:
        TextOrigin.objects.bulk_create(pairs, ignore_conflicts=True)
        for pair in pairs:
            if (pair.path, pair.language) in read:
                found_right(pair.uid, pair.path, pair.language, now.texts[pair.path][pair.language], by=by)
        forget(record)
    if record.live and any(
        known.of_text(pair.path, pair.language, now.texts[pair.path][pair.language]) for pair in pairs
    ):
        render_soon(record)


def found_right(uid: UUID, path: str, language: str, text: str, *, by: "User | None") -> None:
    """A person has read a text that a machine made: from now on it counts as hers, whatever it was made from."""
    same = TextOrigin.objects.of([uid]).filter(path=path, language=language, text_hash=text_hash(text))
    same.filter(state=TextOrigin.State.MACHINE).update(state=TextOrigin.State.HUMAN, by=by)


def _have_changed(now: Standing, before: Standing) -> bool:
    if now.original != before.original:
        return has_translations(*now)
    changed = {path: each for path, each in now.texts.items() if each != before.texts.get(path)}
    return has_translations(changed, now.original)


def render_soon(record) -> None:
    """What the public reads may say of itself that it is older than it is: work for later, as other refreshes."""
    Entry.objects.visible().filter(uid=record.uid, stale_since=None).update(stale_since=timezone.now())


def _standing_in(record, revision: "Revision") -> Standing:
    content = revision.content
    texts = _as_read(texts_in(type(record), content))
    return Standing(texts, content.get("original_language") or record.original_language)


def _as_read(texts: Texts) -> Texts:
    return {path: {language: as_read(text) for language, text in each.items()} for path, each in texts.items()}


def _pair(record, standing: Standing, path: str, language: str, revision: "Revision", by: "User | None") -> TextOrigin:
    texts = standing.texts[path]
    return TextOrigin(
        uid=record.uid,
        path=path,
        language=language,
        text_hash=text_hash(texts[language]),
        source_language=standing.original,
        source_hash=text_hash(texts[standing.original]),
        by=by,
        revision=revision.pk,
    )


def _followed_from_now_on(record, former: "Revision", before: Standing) -> list[TextOrigin]:
    """Of a record that is older than this knowledge: everything that stood in it fitted."""
    pairs = [_pair(record, before, path, language, former, None) for path, language in _with_source(before)]
    if record.live_revision_id and record.live_revision_id != former.pk:
        public = _standing_in(record, record.live_revision)
        pairs += [_pair(record, public, *each, record.live_revision, None) for each in _with_source(public)]
    return pairs


def _with_source(standing: Standing) -> list[Place]:
    return [
        (path, language)
        for path, texts in standing.texts.items()
        if standing.original in texts
        for language in sorted(texts.keys() - {standing.original})
    ]


def pairs_told(now: Standing, before: Standing | None, known: Origins) -> list[Place]:
    """Which of the translations are known to fit their originals by what was saved."""
    return [place for place in _with_source(now) if before is None or _fits_now(*place, now, before, known)]


def _fits_now(path: str, language: str, now: Standing, before: Standing, known: Origins) -> bool:
    texts, were = now.texts[path], before.texts.get(path, {})
    text, source = texts[language], texts[now.original]
    if were.get(language) != text:
        return True
    if (
        now.original not in were
    ):  # an original that came after the text: unless it takes the place of one that it was made from
        return (
            not known.of_text(path, language, text)
            if now.original == before.original
            else _was_in_step(path, language, before, known)
        )
    if were[now.original] != source or now.original == before.original:
        return False
    return all(_was_in_step(path, each, before, known) for each in (language, now.original))


def _was_in_step(path: str, language: str, before: Standing, known: Origins) -> bool:
    """Another language is the original from now on: what said the same before still does."""
    texts = before.texts[path]
    return language == before.original or known.fits(path, language, texts[language], texts.get(before.original, ""))
