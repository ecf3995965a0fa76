"""The form in which a practice is written, and the one in which it is reviewed."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftDay, DraftLine, DraftText, RecordChoice, RecordChoices
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_form import WithItems
from catalogue.drafting.places import WithPlaces
from catalogue.drafting.texts import TextSpec
from partners.models import Organisation
from practices import actions, mapping
from practices.form_parts import PARTS
from practices.models import GoodPractice
from practices.readiness import TEXTS
from projects.models import Project


class PracticeForm(WithItems, WithPlaces, DraftForm):
    texts = {
        "title": TextSpec(
            _("Title"), _("What was done and where, like a headline."), DraftLine, limit=100, needed=True
        ),
        "summary": TextSpec(
            _("Summary"),
            _("One or two sentences. This is what people see in the list."),
            DraftText,
            limit=160,
            rows=3,
            needed=True,
        ),
        "problem_and_context": TextSpec(
            _("The problem"),
            _("What was wrong, for whom, and what kind of place it is."),
            DraftText,
            rows=6,
            needed=True,
        ),
        "how_it_works": TextSpec(
            _("How it works"), _("Who does what, in which order, with what money."), DraftText, rows=6, needed=True
        ),
        "stakeholders_and_beneficiaries": TextSpec(
            _("Who takes part, and who gains"),
            _("Who had to agree, who does the work, and who is better off."),
            DraftText,
            rows=6,
            needed=True,
        ),
    }
    unreadable = {"start": None, "end": None, "projects": [], "places": []}
    repeated = PARTS

    def initial_of(self, draft: GoodPractice) -> dict[str, Any]:
        return mapping.initial_of(draft, self.languages) | self.initial_items(draft)

    def write(self, cleaned, draft: GoodPractice) -> None:
        mapping.write(cleaned, draft)
        self.write_items(cleaned, draft)

    def write_ledger(self, cleaned, draft: GoodPractice) -> None:
        draft.organisation_in_charge = cleaned.get("organisation")

    def is_left_out(self, anchor: str) -> bool:
        return anchor == "pictures" and not self.keys["images"]

    # Fields

    def add_fields(self) -> None:
        self.add_original_language()
        for name in TEXTS:
            self.add_text(name)
        self._add_state_and_time()
        self.add_topics(help_text=_("What the practice is about; at least one."))
        self.add_places()
        self._add_organisation_and_projects()
        self.add_items("images")

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
        wrong = {"invalid": _("This is not a day of the calendar. Write it as year-month-day, such as 2024-05-31.")}
        self.fields["start"] = DraftDay(label=capfirst(_("start")), error_messages=wrong)
        self.fields["end"] = DraftDay(label=capfirst(_("end")), error_messages=wrong)

    def _add_organisation_and_projects(self) -> None:
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
        self.fields["projects"] = RecordChoices(
            label=_("Projects"),
            help_text=_("Where the practice comes from, or who has spread it."),
            records=Project.objects.filter(live=True).order_by("acronym", "pk"),
            name=_project_name,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": _("One of the projects is not published here."),
                "invalid_list": _("One of the projects is not published here."),
            },
        )

    def _organisations(self) -> list[Organisation]:
        current = self.draft.organisation_in_charge
        if current and not actions.may_move(self.draft, self.user):
            return [current]
        mine = list(Organisation.objects.filter(memberships__user=self.user).order_by("name_original", "pk"))
        return mine if current is None or current in mine else [current, *mine]


def _project_name(project: Project) -> str:
    title = str(project)
    return title if project.acronym in ("", title) else f"{project.acronym}: {title}"
