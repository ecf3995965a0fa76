"""The form in which a practice is written, and the one in which it is reviewed."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import (
    DraftCurrency,
    DraftDay,
    DraftLine,
    DraftNumber,
    DraftText,
    DraftYear,
    RecordChoice,
    RecordChoices,
)
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_form import WithItems
from catalogue.drafting.items import name_of
from catalogue.drafting.places import WithPlaces
from catalogue.models.entry import KindName
from partners.models import IndustrialArea, Organisation
from practices import actions, mapping
from practices.form_parts import PARTS
from practices.form_texts import TEXTS
from practices.mapping import NUMBERS
from practices.models import GoodPractice
from practices.models.resources import EARLIEST_YEAR, LATEST_YEAR, Resources
from practices.readiness import GUIDED_PARTS, IN_SHORT
from practices.roots import ResultChoices
from projects.models import Project

# Section → its fields, where all of them may stay empty.
OPTIONAL = {
    "what-it-took": (*Resources.fields_of("resources_setup"), *Resources.fields_of("resources_running")),
    "what-came-of-it": ("evidence_of_success", "evidence"),
    "what-helped": ("success_factors", "hampering_factors", "challenges"),
    "building-blocks": ("building_blocks",),
    "passing-it-on": ("preconditions", "potential_for_transfer"),
    "pictures": ("images",),
    "links": ("links",),
    "files": ("attachments",),
}
# What a snapshot is not asked.
ONLY_FULL = frozenset(
    {
        *(*GUIDED_PARTS, *chain.from_iterable(OPTIONAL.values()), "status", "start", "end"),
        *("geographical_scope", "sdgs", "nace", "author", "areas", "projects", "grew_from"),
    }
)
# Field → where the document has it, under another name.
IN_DOCUMENT = {
    "organisation": "organisation_in_charge",
    "contact_name": "contact.name",
    "images.file": "images.picture",
    "attachments.file": "attachments.url",
    "evidence.source_publication": "evidence.source",  # the two are one there
    "evidence.source_url": "evidence.source",
} | {
    field: field.replace(f"{name}_", f"{name}.")
    for name in ("resources_setup", "resources_running")
    for field in Resources.fields_of(name)
}


class PracticeForm(WithItems, WithPlaces, DraftForm):
    texts = TEXTS
    ledger = frozenset({"organisation"})
    unreadable = {
        "start": None,
        "end": None,
        "projects": [],
        "areas": [],
        "places": [],
        "grew_from": None,
    } | dict.fromkeys(NUMBERS)
    repeated = PARTS
    headings = {"resources_setup_": _("To set it up"), "resources_running_": _("To keep it running, a year")}
    in_document = IN_DOCUMENT

    def initial_of(self, draft: GoodPractice) -> dict[str, Any]:
        return mapping.initial_of(draft, self.languages) | self.initial_items(draft)

    def write(self, cleaned, draft: GoodPractice) -> None:
        mapping.write(cleaned, draft)
        self.write_items(cleaned, draft)

    def write_ledger(self, cleaned, draft: GoodPractice) -> None:
        draft.organisation_in_charge = cleaned.get("organisation")

    def is_left_out(self, anchor: str) -> bool:
        """Sections that may stay empty, while nothing stands in them."""
        return anchor in OPTIONAL and not self.holds_any(OPTIONAL[anchor])

    def shows(self, name: str) -> bool:
        is_asked = name not in ONLY_FULL or not self.draft.is_snapshot
        return is_asked or self._holds(re.sub("_currency$", "_amount", name))

    def holds_any(self, names: Iterable[str]) -> bool:
        return any(self._holds(name) for name in names)

    def _holds(self, name: str) -> bool:
        """Whether anything stands in the field; a currency by itself says nothing."""
        if name in self.texts:
            return any(self[f"{name}_{language}"].value() for language in self.languages)
        if name in self.keys:
            return self.holds_items(name)
        return not name.endswith("_currency") and bool(self[name].value())

    # Fields

    def add_fields(self) -> None:
        """In the order of the page: that is the order in which problems are told."""
        self._add_entry_type()
        self.add_original_language()
        for name in (*IN_SHORT, *GUIDED_PARTS):
            self.add_text(name)
        self._add_resources("resources_setup")
        self._add_resources("resources_running")
        self.add_items("evidence")
        for name in ("evidence_of_success", "success_factors", "hampering_factors", "challenges"):
            self.add_text(name)
        self.add_items("building_blocks")
        for name in ("preconditions", "potential_for_transfer"):
            self.add_text(name)
        self._add_state_and_time()
        self.add_topics(help_text=_("What the practice is about; at least one."))
        self._add_codes()
        self.add_places()
        self._add_people()
        self._add_areas_and_projects()
        self.add_items("images")
        self.add_items("links")
        self.add_items("attachments")
        self._tell_empty_from_filled()

    def _tell_empty_from_filled(self) -> None:
        """For the styles, which hide from a snapshot what it does not ask, but nothing that is written; a currency by itself
        says nothing.
        """
        for name, field in self.fields.items():
            typed = isinstance(field, DraftText) and not name.endswith("_currency")
            if typed and not name_of(name):
                field.widget.attrs.setdefault("placeholder", " ")

    def _add_entry_type(self) -> None:
        self.fields["entry_type"] = forms.ChoiceField(
            label=_("How much you want to write"),
            help_text=_("You can change this at any time: what you wrote is kept, and published, until you empty it."),
            choices=[
                (GoodPractice.EntryType.SNAPSHOT.value, _("A snapshot: five short answers")),
                (GoodPractice.EntryType.FULL.value, _("The full description")),
            ],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": _("This is not in the list.")},
        )

    def _add_resources(self, name: str) -> None:
        self.fields[f"{name}_amount"] = DraftNumber(label=_("Amount"), digits=14, decimals=2)
        self.fields[f"{name}_currency"] = DraftCurrency(label=_("Currency"))
        self.fields[f"{name}_year"] = DraftYear(label=_("Price year"), first=EARLIEST_YEAR, last=LATEST_YEAR)
        self.fields[f"{name}_fte"] = DraftNumber(label=_("Full-time posts"), digits=7, decimals=2)
        self.add_text(f"{name}_text")

    def _add_codes(self) -> None:
        wrong = dict.fromkeys(("invalid_choice", "invalid_list"), _("This is not in the list."))
        for name, label in (("sdgs", _("Sustainable Development Goals")), ("nace", _("Branches (NACE Rev. 2)"))):
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=GoodPractice._meta.get_field(name).codes,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                error_messages=wrong,
            )
        self.fields["geographical_scope"] = forms.ChoiceField(
            label=_("How far it reaches"),
            choices=[("", _("Not said")), *((code, capfirst(label)) for code, label in GoodPractice.Scope.choices)],
            required=False,
            error_messages=wrong,
        )

    def _add_state_and_time(self) -> None:
        self.fields["status"] = forms.ChoiceField(
            label=_("Status"),
            help_text=_("What stage the practice is at today."),
            choices=[(value, capfirst(label)) for value, label in GoodPractice.Status.choices],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": _("This status is not in the list.")},
        )
        self.fields["status"].needed = True
        self.fields["start"] = DraftDay(label=capfirst(_("start")))
        self.fields["end"] = DraftDay(label=capfirst(_("end")))

    def _add_people(self) -> None:
        self._add_organisation()
        self.fields["contact_name"] = DraftLine(
            label=_("Whom to turn to"),
            help_text=_("Name of a person who can tell more. No e-mail address: readers write through the portal."),
            most=200,
        )
        self.fields["contact_agreed"] = forms.BooleanField(
            label=_("She or he agreed to be named here in public."), required=False
        )
        self.fields["author"] = DraftLine(
            label=_("Who wrote this"), help_text=_("As it is to be cited; else it is the organisation."), most=200
        )

    def _add_organisation(self) -> None:
        self.fields["organisation"] = RecordChoice(
            label=_("Organisation"),
            help_text=_("It answers for the practice. You can choose among those that you belong to."),
            records=self._organisations(),
            error_messages={
                "invalid_choice": _("You are not a member of this organisation."),
                "required": _("A published practice needs an organisation that answers for it."),
            },
        )
        self.fields["organisation"].required = self.draft.live and self.draft.organisation_in_charge is not None
        self.fields["organisation"].needed = True

    def _add_areas_and_projects(self) -> None:
        wrong = dict.fromkeys(("invalid_choice", "invalid_list"), _("One of the areas is not published here."))
        self.fields["areas"] = RecordChoices(
            label=_("Industrial areas"),
            help_text=_("Where it is done."),
            **self._offered("areas", KindName.AREAS, IndustrialArea.objects.filter(live=True).order_by("name", "pk")),
            widget=forms.CheckboxSelectMultiple,
            error_messages=wrong,
        )
        wrong = dict.fromkeys(("invalid_choice", "invalid_list"), _("One of the projects is not published here."))
        self.fields["projects"] = RecordChoices(
            label=_("Projects"),
            help_text=_("Where the practice comes from, or who has spread it."),
            **self._offered("projects", KindName.PROJECTS, Project.objects.filter(live=True).order_by("acronym", "pk")),
            name=_project_name,
            widget=forms.CheckboxSelectMultiple,
            error_messages=wrong,
        )

        self.fields["grew_from"] = ResultChoices(
            label=_("Grew from"),
            help_text=_("What came out of these projects, and was taken up here."),
            projects=self.chosen_in("projects"),
            stored=self.draft.grew_from,
        )

    def _offered(self, name: str, kind: KindName, records: QuerySet) -> dict[str, Any]:
        return {"records": records, "kind": kind, "chosen": self.chosen_in(name), "typed": self.looked_for(name)}

    def clean_grew_from(self) -> list | None:
        """None where nothing was sent of it, not even that it is none."""
        return self.cleaned_data["grew_from"] if "grew_from" in self.data else None

    def _organisations(self) -> list[Organisation]:
        current = self.draft.organisation_in_charge
        if current and not actions.may_move(self.draft, self.user):
            return [current]
        mine = list(Organisation.objects.filter(memberships__user=self.user).order_by("name_original", "pk"))
        return mine if current is None or current in mine else [current, *mine]


def _project_name(project: Project) -> str:
    title = str(project)
    return title if project.acronym in ("", title) else f"{project.acronym}: {title}"
