"""The form in which a record is written: what those of all kinds have in common."""

import copy
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalogue.codes import Topic
from catalogue.drafting.behind import FITS, notes_of, unread_in
from catalogue.drafting.fields import DraftText
from catalogue.drafting.item_changes import Change
from catalogue.drafting.items import Items
from catalogue.drafting.lookups import TAKE, TYPED, Lookup, lookup_of
from catalogue.drafting.texts import TextSpec, languages_of
from catalogue.problems import Problem
from pages.languages import language_in_words


class DraftForm(forms.Form):
    """All that people write of a record. Only what cannot be kept is refused: a draft may lack anything.

    A kind says its `texts`, adds its fields in `add_fields`, and knows both ways between draft and form: `initial_of` and
    `write`. `unreadable` holds what stands for a value that was refused, where its text would not do; `shown_at` says at
    which field a problem stands that names none of the form's; `ledger` names the fields that travel in no revision.
    """

    texts: ClassVar[Mapping[str, TextSpec]] = {}
    unreadable: ClassVar[Mapping[str, Any]] = {}
    shown_at: ClassVar[Mapping[str, str]] = {"places": "place_1_country"}
    ledger: ClassVar[frozenset[str]] = frozenset()
    headings: ClassVar[Mapping[str, str]] = {}  # what stands above fields whose names begin so
    in_document: ClassVar[Mapping[str, str]] = {}  # where the document has a field under another name
    within = ""  # what of the document the form shows, as `participations.`
    picture = ""  # the name of its picture (`catalogue.drafting.pictures`)
    repeated: ClassVar[tuple[Items, ...]] = ()  # its repeated parts (`catalogue.drafting.item_form`)
    change: Change | None = None  # what it was sent for, if not to be saved
    lookup: Lookup | None = None  # what it was sent to find, if not to be saved
    of_part: UUID | None = None  # where the form is of one part of the record alone
    ticks: Mapping[str, Collection[str]] = MappingProxyType(
        {}
    )  # what it sends beside its fields: name → what it offers
    beside: Mapping[str, list] = MappingProxyType({})  # what stands beside its fields (`catalogue.drafting.beside`)

    def __init__(self, data=None, files=None, *, draft, user):
        self.draft, self.user = draft, user
        self.languages = self.languages_in(draft)
        self.lookup = lookup_of(data)
        if self.lookup and self.lookup.step == TAKE:
            data = self.taken(data, self.lookup)
        super().__init__(data, files, initial=self.initial_of(draft))
        self.add_fields()

    def taken(self, data, lookup: Lookup):
        """What was sent, with what was found put into it."""
        return data

    def shows(self, name: str) -> bool:
        """Whether a reader of the draft has the field before her: it is asked of such a draft, or holds something."""
        return True

    @classmethod
    def heading_of(cls, name: str) -> str:
        """What stands above the field with some others, which are called alike elsewhere on the page."""
        return next((str(told) for prefix, told in cls.headings.items() if name.startswith(prefix)), "")

    @property
    def comes_back(self) -> bool:
        """Whether it was sent for something else than to be saved."""
        return bool(self.change or self.lookup)

    @property
    def said(self) -> str:
        """To a screen reader, after a change or a lookup."""
        found = getattr(self.fields.get(self.lookup.field), "found", None) if self.lookup else None
        if found is None:
            return ""
        return ngettext("%(number)s found.", "%(number)s found.", len(found)) % {"number": len(found)}

    def looked_for(self, name: str) -> str | None:
        """What was typed to look for among the records of a field; None where nothing was looked for."""
        is_asked = self.lookup and self.lookup.field == name
        return self.data.get(f"{name}{TYPED}", "") if is_asked else None

    def chosen_in(self, name: str) -> list[str]:
        """The uids in a field of records: as sent, else as saved."""
        return (
            self.data.getlist(name) if self.is_bound and hasattr(self.data, "getlist") else self.initial.get(name, [])
        )

    def is_valid(self) -> bool:
        return super().is_valid() and not self.lookup

    def full_clean(self) -> None:
        """After a lookup only that is told which would be lost: files that cannot be taken."""
        super().full_clean()
        if self.lookup:
            files = {name: errors for name, errors in self.errors.items() if _is_file(self.fields.get(name))}
            self._errors = ErrorDict(files, renderer=self.renderer)

    def texts_in(self, draft) -> tuple[str, ...]:
        """The texts of the record itself, whose languages the form shows."""
        return tuple(self.texts)

    def languages_in(self, draft) -> list[str]:
        return languages_of(draft, self.texts_in(draft))

    def add_fields(self) -> None:
        """In the order of the page."""

    def initial_of(self, draft) -> dict[str, Any]:
        """What the form shows before anybody has typed: field of the form → value."""

    def write(self, cleaned: Mapping[str, Any], draft) -> None:
        """Put clean values into the draft, in memory. What the form does not show stays as it is."""

    def name_at(self, path: str) -> str:
        """Of a text that is no field of this form but stands beside one, as an original does."""
        return ""

    def write_ledger(self, cleaned: Mapping[str, Any], draft) -> None:
        """What does not travel in revisions, for showing alone: another function saves it."""

    # Fields

    def add_original_language(self) -> None:
        self.fields["original_language"] = forms.ChoiceField(
            label=_("Original language"),
            help_text=_("In which language you write first. The other texts are its translations."),
            choices=[(code, language_in_words(code)) for code in self.languages],
            required=False,
            error_messages={"invalid_choice": _("This language is not offered here.")},
        )

    def add_text(self, name: str) -> None:
        for language in self.languages:
            self.fields[f"{name}_{language}"] = self.text_field(self.texts[name], language)

    def text_field(self, spec: TextSpec, language: str) -> DraftText:
        return spec.field(
            label=f"{spec.label} ({language_in_words(language)})",
            limit=spec.limit,
            needed=spec.needed and language == self.draft.original_language,
            widget=forms.Textarea(attrs={"rows": spec.rows}) if spec.rows else forms.TextInput(),
        )

    def add_topics(self, *, help_text: str, needed: bool = True) -> None:
        wrong = _("One of the topics is not in the list.")
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("Topics"),
            help_text=help_text,
            choices=Topic.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": wrong, "invalid_list": wrong},
        )
        self.fields["topics"].needed = needed

    # What the page asks

    @cached_property
    def behind(self) -> dict[str, str]:
        """Which of its texts are older than their original, in words."""
        return notes_of(self)

    @property
    def unread(self) -> list[tuple[str, str, bool]]:
        """What of the original a machine has made: field, how it is called, and whether she has just ticked it."""
        ticked = self.data.getlist(FITS) if hasattr(self.data, "getlist") else ()
        return [(name, label, name in ticked) for name, label in unread_in(self)]

    def is_left_out(self, anchor: str) -> bool:
        """Whether the section may stay as empty as it is."""
        return False

    def holds_any(self, names: Iterable[str]) -> bool:
        """Whether anything stands in one of the fields (as problems name them) that not every such record has."""
        return False

    def draft_as_typed(self):
        """The draft with all that was sent, refused or not: what stands in the form counts as written."""
        if not self.is_bound:
            return self.draft
        self.is_valid()  # reads what was sent
        draft, typed = copy.deepcopy(self.draft), {name: self[name].value() or "" for name in self.fields}
        typed |= {**self.unreadable, **self.cleaned_data}
        if self.picture:
            typed[self.picture] = self.picture_shown
        self.write(typed, draft)
        self.write_ledger(self.cleaned_data, draft)
        return draft

    def show_problems(self, problems: list[Problem]) -> None:
        """Put what the review asks for beside the fields of a form that nobody has sent."""
        if not self.is_bound and not self.errors:
            self.cleaned_data = {}
        for problem in problems:
            self.add_error(self.field_of(problem), problem.message)

    def field_of(self, problem: Problem) -> str | None:
        if problem.field in self.shown_at and self.shown_at[problem.field] in self.fields:
            return self.shown_at[problem.field]
        name = f"{problem.field}_{problem.language}" if problem.language else problem.field
        return name if name in self.fields else None

    def write_to(self, draft) -> None:
        self.write(self.cleaned_data, draft)


def _is_file(field: forms.Field | None) -> bool:
    return isinstance(field, forms.FileField)
