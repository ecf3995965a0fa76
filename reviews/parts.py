"""A draft field by field, as its form has it: what can be commented on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from catalogue.drafting.called import label_in
from catalogue.drafting.conflicts import parts_of, shown_of
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_conflicts import in_words
from catalogue.drafting.items import Items
from catalogue.drafting.page import Section
from catalogue.problems import Problem
from pages.languages import language_label


class Value(NamedTuple):
    """What stands in a field, in words; of a text in one `language`; of a picture and a file their addresses."""

    text: str
    language: str = ""
    picture: str = ""
    file: str = ""

    @property
    def language_name(self) -> str:
        return language_label(self.language) if self.language else ""


@dataclass
class FieldOfForm:
    """One field, with a text in all its languages, or one of several parts with all its fields: then `child` is its uid.

    `key` tells it from all others in the form; `threads` are what was said of it.
    """

    key: str
    label: str
    name: str = ""
    child: UUID | None = None
    values: list[Value] = field(default_factory=list)
    threads: list = field(default_factory=list)
    written_in: list = field(default_factory=list)  # the bound fields for a new comment
    behind: list = field(
        default_factory=list
    )  # which of its translations are older than their original: (language, words)

    @property
    def sent_with(self) -> str:
        """The names of all that a button of the field sends where the page stays open."""
        controls = [each.html_name for each in self.written_in]
        controls += [each.html_name for thread in self.threads for each in thread.controls]
        return ",".join(["csrfmiddlewaretoken", "revision", "step", "action", *controls])

    @property
    def is_begun(self) -> bool:
        """Whether somebody has written a comment that is not kept yet."""
        return any(each.errors or each.value() for each in self.written_in[:1])

    @property
    def languages(self) -> list[str]:
        return [value.language for value in self.values if value.language]

    @property
    def filled(self) -> list[Value]:
        return [value for value in self.values if value.text or value.picture]


class Group(NamedTuple):
    """A section of the form."""

    title: str
    anchor: str
    fields: list[FieldOfForm]


def fields_of(form: DraftForm) -> dict[str, FieldOfForm]:
    """By name, in the order of the form."""
    found: dict[str, FieldOfForm] = {}
    for name, fields in parts_of(form).items():
        base, language = text_of(form, name)
        each = found.setdefault(base, FieldOfForm(base, _label(form, base, fields), base))
        each.values.append(_value(form, name, fields, language))
    return found | {each.key: each for kind in form.repeated for each in _of_items(form, kind)}


def _of_items(form: DraftForm, kind: Items) -> Iterator[FieldOfForm]:
    """Those parts that the draft has, and all of them together."""
    items = kind.items_of(form.draft)
    for number, item in enumerate(items, start=1):
        told = in_words(form, kind, item)
        values = [Value("", picture=told.picture), Value(told.text, file=told.file)]
        yield FieldOfForm(key_of(kind.name, item.key), f"{kind.one} {number}", kind.name, UUID(item.key), values)
    number = str(len(items)) if items else ""
    yield FieldOfForm(kind.name, _("%(part)s: all of them") % {"part": kind.one}, kind.name, None, [Value(number)])


def mark_behind(fields: Mapping[str, FieldOfForm], form: DraftForm) -> None:
    """For reviewers, beside each field."""
    for name, words in form.behind.items():
        base, _separator, language = name.rpartition("_")
        found = fields.get(base) or fields.get(base.rpartition("-")[0])
        if found:
            found.behind.append((language_label(language), words))


def key_of(name: str, child: UUID | str | None) -> str:
    return f"{name}-{child}" if child else name


def place_of(problem: Problem, fields: Mapping[str, FieldOfForm]) -> str:
    """Where on the page a problem's field stands; nothing, where it stands nowhere."""
    name, _hyphen, within = problem.field.partition("-")
    child = within.rpartition("-")[0]
    key = next((key for key in (key_of(name, child), name) if key in fields), "")
    return f"#field-{key}" if key else ""


def text_of(form: DraftForm, name: str) -> tuple[str, str]:
    """`title_sl` → title, sl; what is no text → its name, and no language."""
    base, _separator, language = name.rpartition("_")
    return (base, language) if base in form.texts and language in form.languages else (name, "")


def shown_in(form: DraftForm, fields: Mapping[str, FieldOfForm]) -> dict[str, FieldOfForm]:
    """Those that the form shows of such a draft, and of which something is said."""
    return {key: each for key, each in fields.items() if each.threads or each.is_begun or form.shows(each.name)}


def grouped(fields: Mapping[str, FieldOfForm], sections: Sequence[Section]) -> list[Group]:
    """As the form's sections have them; what stands above these comes first."""
    left = dict(fields)
    groups = [Group(str(each.title), each.anchor, list(_in_section(left, each.fields))) for each in sections]
    first = Group("", "first", list(left.values()))
    return [group for group in (first, *groups) if group.fields]


def _in_section(fields: dict[str, FieldOfForm], names: Sequence[str]) -> Iterator[FieldOfForm]:
    return (fields.pop(key) for key, each in list(fields.items()) if each.name in names)


def _label(form: DraftForm, name: str, fields: list[str]) -> str:
    heading, label = form.heading_of(name), label_in(form, name, fields)
    return f"{heading}: {label}" if heading else label


def _value(form: DraftForm, name: str, fields: list[str], language: str) -> Value:
    text = shown_of(form, fields, form.initial)
    if form.picture and name == form.picture:
        return Value("", picture=form.pictures.address_of(text) if text else "")
    return Value(text, language)
