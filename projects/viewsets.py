"""Programmes and projects in the Wagtail admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column

from catalogue.panels import PartsPanel, RecordForm, SourcedPartForm, origin_panel, source_panels, statement_panels
from catalogue.rows import CountriesField, RecordsField, RowsField
from catalogue.viewsets import RecordFilterSet, RecordViewSet, choice_column
from catalogue.widgets import CountryField, CurrencyField, TextLineWidget, TextMapFormField, YearsField
from projects.models import Programme, Project


class PrioritiesField(RowsField):
    """{code, title}, the title in each language."""

    default_columns = {
        "code": forms.CharField(required=False, label=_("Code"), max_length=40),
        "title": TextMapFormField(required=False, label=_("Title"), widget=TextLineWidget),
    }

    def to_row(self, cleaned):
        return super().to_row(cleaned | {"title": dict(cleaned["title"].data)})


class ProgrammeForm(RecordForm):
    priorities = PrioritiesField(label=_("Priorities"))


class ProgrammeFilterSet(RecordFilterSet):
    class Meta:
        model = Programme
        fields = ["state", "period", "strand", "example"]


class ProgrammeViewSet(RecordViewSet):
    model = Programme
    icon = "folder-open-1"
    menu_order = 24
    about = _("Programmes that finance projects, one entry for each period. Begin with “Add programme”.")
    add_label = _("Add programme")
    kind_columns = (
        Column("acronym", label=_("Short name"), sort_key="acronym"),
        choice_column(Programme, "period"),
        choice_column(Programme, "strand"),
    )
    filterset_class = ProgrammeFilterSet
    search_fields = ("name", "acronym", "name_as_printed", "cci")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(["name", FieldRowPanel(["acronym", "name_as_printed"])], heading=_("Name")),
                    MultiFieldPanel(
                        [FieldRowPanel(["period", "strand", "cci"]), "website", "places"],
                        heading=_("Period, strand and countries"),
                    ),
                    MultiFieldPanel(["description", "topics", "keywords"], heading=_("Description")),
                    PublishingPanel(),
                ],
                heading=_("Programme"),
            ),
            ObjectList(
                [
                    FieldPanel("priorities"),
                    FieldPanel(
                        "funding_statement",
                        help_text=_("The wording that the period's rules ask for; the emblem is shown beside it."),
                    ),
                ],
                heading=_("Priorities and funding statement"),
            ),
            ObjectList([origin_panel()], heading=_("Sources")),
        ],
        base_form_class=ProgrammeForm,
    )


class ParticipationForm(SourcedPartForm):
    country = CountryField()

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("organisation") or cleaned.get("name_as_printed") or "organisation" in self.errors):
            self.add_error("organisation", _("Choose an organisation, or give its name as printed."))
        if cleaned.get("joined") and cleaned.get("left") and cleaned["joined"] > cleaned["left"]:
            self.add_error("left", _("It ends before it begins."))
        return cleaned


class IndicatorForm(SourcedPartForm):
    target_years = YearsField(label=_("Years of the target"))


class StatedCountForm(SourcedPartForm):
    countries = CountriesField(label=_("Countries"))


class ProjectForm(RecordForm):
    capitalises = RecordsField(
        Project,
        icon="folder-inverse",
        label=_("Builds on"),
        help_text=_("Earlier projects whose results this one takes further."),
    )
    currency = CurrencyField()

    def clean_capitalises(self):
        projects = self.cleaned_data["capitalises"]
        if self.instance in projects:
            raise ValidationError(_("A project cannot build on itself."))
        return list(dict.fromkeys(projects))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("start") and cleaned.get("end") and cleaned["start"] > cleaned["end"]:
            self.add_error("end", _("It ends before it begins."))
        return cleaned


participation_panels = [
    FieldRowPanel(["organisation", "role"]),
    "name_as_printed",
    FieldRowPanel(["country_as_printed", "country"]),
    FieldRowPanel(["budget_basis", "total_eligible_budget"]),
    FieldRowPanel(["cofinancing_amount", "cofinancing_rate"]),
    FieldRowPanel(["joined", "left"]),
    "contribution",
    *source_panels(),
]
value_panels = [FieldRowPanel(["year", "date", "value"]), "note", "evidence", *source_panels()]
indicator_panels = [
    "name",
    FieldRowPanel(["code", "level"]),
    "unit",
    FieldRowPanel(["baseline", "reference_year"]),
    FieldRowPanel(["target", "target_years"]),
    FieldRowPanel(["target_is_minimum", "target_per_year"]),
    FieldRowPanel(["aggregation", "source_of_data"]),
    *source_panels(),
    PartsPanel("values", value_panels, heading=_("Values"), label=_("value")),
]
project_tab = [
    MultiFieldPanel(
        ["acronym", "title", "title_as_printed", "summary"],
        heading=_("Name and summary"),
        help_text=_("A project needs an acronym or a title to be published."),
    ),
    MultiFieldPanel(
        [FieldRowPanel(["form", "type", "status"]), FieldRowPanel(["start", "end", "duration_months"])],
        heading=_("Kind and time"),
    ),
    MultiFieldPanel(["website", "contacts"], heading=_("Where to learn more")),
    MultiFieldPanel(["topics", "keywords", "places"], heading=_("Topics and places")),
    FieldPanel("capitalises"),
    PublishingPanel(),
]
money_tab = [
    MultiFieldPanel(["programme", "priority", "funding_statement"], heading=_("Programme")),
    MultiFieldPanel(
        [FieldRowPanel(["total_budget", "currency"]), FieldRowPanel(["eu_funding_amount", "cofinancing_rate"])],
        heading=_("Budget of the whole project"),
        help_text=_("What single partners had stands in their participation."),
    ),
]
partners_tab = [
    PartsPanel(
        "participations",
        participation_panels,
        heading=_("Participations"),
        label=_("participation"),
        form_class=ParticipationForm,
        help_text=_(
            "In the order of the project's own papers. Names and countries as they print them, misprints included."
        ),
    )
]
work_tab = [
    PartsPanel("objectives", statement_panels(), heading=_("Objectives"), label=_("objective")),
    PartsPanel("activities", statement_panels(), heading=_("Activities"), label=_("activity")),
    PartsPanel(
        "work_packages",
        ["number", "title", "description", *source_panels()],
        heading=_("Work packages"),
        label=_("work package"),
    ),
    PartsPanel(
        "target_groups", ["codes", "text", *source_panels()], heading=_("Target groups"), label=_("target group")
    ),
]
results_tab = [
    PartsPanel("expected_results", statement_panels(), heading=_("Expected results"), label=_("expected result")),
    PartsPanel(
        "results",
        statement_panels(),
        heading=_("Results"),
        label=_("result"),
        help_text=_("Good practices say which result they grew from."),
    ),
    PartsPanel(
        "stated_counts",
        ["value", "text", "countries", *source_panels()],
        heading=_("Stated counts"),
        label=_("stated count"),
        form_class=StatedCountForm,
        help_text=_("Numbers that a document states without naming what it counts: ten local areas."),
    ),
    PartsPanel("indicators", indicator_panels, heading=_("Indicators"), label=_("indicator"), form_class=IndicatorForm),
]


class ProjectFilterSet(RecordFilterSet):
    class Meta:
        model = Project
        fields = ["state", "status", "form", "type", "programme", "example"]


class ProjectViewSet(RecordViewSet):
    model = Project
    icon = "folder-inverse"
    menu_order = 22
    about = _("Projects: partners, money, work, results, indicators. Begin with “Add project”.")
    add_label = _("Add project")
    kind_columns = (
        Column("acronym", label=_("Acronym"), sort_key="acronym"),
        choice_column(Project, "status"),
        choice_column(Project, "form"),
    )
    filterset_class = ProjectFilterSet
    search_fields = ("acronym", "title", "title_as_printed")
    edit_handler = TabbedInterface(
        [
            ObjectList(project_tab, heading=_("Project")),
            ObjectList(money_tab, heading=_("Programme and money")),
            ObjectList(partners_tab, heading=_("Partners")),
            ObjectList(work_tab, heading=_("Work")),
            ObjectList(results_tab, heading=_("Results")),
            ObjectList([origin_panel()], heading=_("Sources")),
        ],
        base_form_class=ProjectForm,
    )
