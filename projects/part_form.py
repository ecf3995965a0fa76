"""The form in which a coordinator writes what her organisation did in a project."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.drafting.fields import DraftDay, DraftNumber, DraftText
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.page import Section
from catalogue.drafting.texts import FORM_LANGUAGES, TextSpec, in_order, typed_in
from catalogue.texts import Text
from partners.models import Organisation
from projects.models import Participation, Project
from projects.parts import part_of

BUDGET = ("total_eligible_budget", "cofinancing_amount", "cofinancing_rate")
DAYS = ("joined", "left")
SECTIONS = (
    Section("part", _("What it did"), ("role", "contribution", *DAYS)),
    Section("budget", _("Its budget"), BUDGET),
)
Basis = Participation.BudgetBasis


class PartForm(DraftForm):
    """`draft` is the project's; of it the form shows and writes the organisation's part alone.

    Where the project's papers are the source of role and budget, only an editor changes these.
    """

    texts = {
        "contribution": TextSpec(
            _("What it contributed"),
            _("In your own words: who did what, where, and what stayed afterwards."),
            DraftText,
            rows=6,
        )
    }
    unreadable = dict.fromkeys((*DAYS, *BUDGET))
    within = "participations."

    def __init__(self, data=None, files=None, *, draft: Project, user, organisation: Organisation):
        part = part_of(draft, organisation)
        self.organisation, self.of_part = organisation, part.uid
        self.is_printed = part.source is not None
        self.shown_at = {"participations": f"contribution_{draft.original_language}"}
        super().__init__(data, files, draft=draft, user=user)

    def languages_in(self, draft: Project) -> list[str]:
        used = Text.map_of(part_of(draft, self.organisation).contribution)
        return in_order({*FORM_LANGUAGES, draft.original_language, *used})

    def is_left_out(self, anchor: str) -> bool:
        return anchor == "budget"

    # Both ways

    def initial_of(self, draft: Project) -> dict[str, Any]:
        part = part_of(draft, self.organisation)
        if part is None:
            return {}
        told = Text.map_of(part.contribution)
        return {
            "role": part.role,
            **{name: day.isoformat() if (day := getattr(part, name)) else "" for name in DAYS},
            **{name: "" if (sum := getattr(part, name)) is None else str(sum) for name in BUDGET},
            **{f"contribution_{language}": told.get(language, "") for language in self.languages},
        }

    def write(self, cleaned, draft: Project) -> None:
        part = part_of(draft, self.organisation)
        part.contribution = typed_in(cleaned, "contribution", part.contribution, self.languages)
        part.joined, part.left = cleaned["joined"], cleaned["left"]
        if self.is_printed:
            return
        part.role = cleaned["role"] or part.role
        if part.total_eligible_budget != cleaned["total_eligible_budget"]:
            part.budget_basis = _basis(cleaned["total_eligible_budget"])
        for name in BUDGET:
            setattr(part, name, cleaned[name])

    # Fields

    def add_fields(self) -> None:
        if not self.is_printed:
            self._add_role()
        self.add_text("contribution")
        self.fields["joined"] = DraftDay(label=capfirst(_("from")))
        self.fields["left"] = DraftDay(label=capfirst(_("to")))
        if not self.is_printed:
            self._add_budget()

    def _add_role(self) -> None:
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=[(value, capfirst(label)) for value, label in Participation.Role.choices],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": _("This is not in the list.")},
        )

    def _add_budget(self) -> None:
        self.fields["total_eligible_budget"] = DraftNumber(label=_("Budget"), digits=14, decimals=2)
        self.fields["cofinancing_amount"] = DraftNumber(label=_("Of it from the programme"), digits=14, decimals=2)
        self.fields["cofinancing_rate"] = DraftNumber(
            label=_("The same in per cent"), digits=5, decimals=2, largest=100
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        joined, left = cleaned.get("joined"), cleaned.get("left")
        if joined and left and joined > left:
            self.add_error("left", _("The end lies before the start."))
        budget, amount = cleaned.get("total_eligible_budget"), cleaned.get("cofinancing_amount")
        if budget is not None and amount is not None and amount > budget:
            self.add_error("cofinancing_amount", _("This is more than the whole budget."))
        return cleaned


def _basis(budget: Decimal | None) -> str:
    """A budget that stands here is published by that."""
    if budget is None:
        return Basis.UNPUBLISHED
    return Basis.PUBLISHED if budget else Basis.PUBLISHED_ZERO


def form_of(project: Project, draft: Project, user: User) -> PartForm | None:
    """Of the part that was changed in the draft; what an editor changed of the whole has no form here."""
    organisation = project.reviewed_part()
    if organisation is None or part_of(draft, organisation) is None:
        return None
    return PartForm(draft=draft, user=user, organisation=organisation)
