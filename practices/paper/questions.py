"""What the document asks: the form's own fields, section by section, each under a code by which its answer is found again.

Left out is what a document cannot answer for: whose the practice is, which records of the portal it names, who agreed to be
named, pictures and files.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftDay, DraftLine
from catalogue.drafting.items import Items
from catalogue.drafting.places import NAMED
from catalogue.drafting.texts import FORM_LANGUAGES
from practices.form_page import SECTIONS
from practices.forms import PracticeForm
from practices.models import GoodPractice

LEFT_OUT = frozenset(
    {"original_language", "entry_type", "organisation", "areas", "projects", "grew_from", "images", "attachments"}
)
GROUPS = {"building_blocks": 3, "evidence": 4, "links": 3}  # how many empty ones the document offers
A_DAY = _("Write it as year-month-day, such as 2024-05-31.")
COUNTRY = "place_1_country"
FIRST = "new1"


class Question(NamedTuple):
    """`code` is the field's name, of a text without its language; of a repeated part with that part's name: `links.url`."""

    code: str
    label: str
    hint: str = ""
    limit: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False  # several of the choices
    is_line: bool = False
    is_text: bool = False  # written in a language


class Group(NamedTuple):
    """A repeated part of the practice: the document offers it `times` times."""

    name: str
    title: str
    questions: tuple[Question, ...]
    times: int


class Part(NamedTuple):
    """A section of the form."""

    title: str
    questions: tuple[Question, ...]
    groups: tuple[Group, ...]


def writing_language() -> str:
    """The reader's, where the form is offered in it."""
    return get_language() if get_language() in FORM_LANGUAGES else FORM_LANGUAGES[0]


def parts(language: str) -> list[Part]:
    """In the words of the language at hand; the texts are to be written in `language`."""
    form = _form(language)
    found = []
    for section in SECTIONS:
        names = [name for name in section.fields if name not in LEFT_OUT and name != "places"]
        questions = [question for name in names for question in _questions(form, name, language)]
        groups = [_group(form, kind, language) for kind in form.repeated if kind.name in names and kind.name in GROUPS]
        if questions or groups:
            found.append(Part(str(section.title), tuple(questions), tuple(groups)))
    return found


def _form(language: str) -> PracticeForm:
    """With one group of each repeated part, so that its fields are there."""
    data = QueryDict(mutable=True)
    for name in GROUPS:
        data.setlist(name, [FIRST])
    return PracticeForm(data, {}, draft=GoodPractice(original_language=language), user=None)


def _questions(form: PracticeForm, name: str, language: str) -> Iterator[Question]:
    if name in form.texts:
        spec = form.texts[name]
        line = issubclass(spec.field, DraftLine)
        yield Question(name, _label(name, spec.label), str(spec.help_text), spec.limit, is_line=line, is_text=True)
    elif name == "place":
        yield from (_question(f"place_1_{key}", form.fields[f"place_1_{key}"]) for key in NAMED)
    elif name in form.fields and _is_asked(form.fields[name]):
        yield _question(name, form.fields[name])


def _is_asked(field: forms.Field) -> bool:
    return not isinstance(field, forms.BooleanField | forms.FileField) and not isinstance(
        field.widget, forms.HiddenInput | forms.MultipleHiddenInput
    )


def _question(code: str, field: forms.Field) -> Question:
    return Question(
        code,
        _label(code, field.label),
        str(field.help_text) or (str(A_DAY) if isinstance(field, DraftDay) else ""),
        choices=tuple((str(value), str(label)) for value, label in getattr(field, "choices", ()) if value),
        many=isinstance(field, forms.MultipleChoiceField),
        is_line=not isinstance(field.widget, forms.Textarea),
    )


def _label(code: str, label: Promise | str) -> str:
    """With the heading under which the form has it, where it has the same question under two."""
    heading = PracticeForm.heading_of(code)
    return f"{heading}: {label}" if heading else str(label)


def _group(form: PracticeForm, kind: Items, language: str) -> Group:
    questions = []
    for name in (name for row in kind.rows for name in row):
        if name in kind.texts:
            spec = kind.texts[name]
            line = issubclass(spec.field, DraftLine)
            questions.append(
                Question(name, str(spec.label), str(spec.help_text), spec.limit, is_line=line, is_text=True)
            )
        else:
            questions.append(_question(name, form.fields[kind.field(FIRST, name)]))
    inner = tuple(question._replace(code=f"{kind.name}.{question.code}") for question in questions)
    return Group(kind.name, str(kind.one), inner, GROUPS[kind.name])
