"""Action plans in the Wagtail admin."""

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

from actionplans.forms import (
    ActionPlanForm,
    FundingForm,
    IndicatorForm,
    MeasureForm,
    NamedPartForm,
    StakeholderForm,
)
from actionplans.models import LocalActionPlan
from catalogue.panels import PartsPanel, origin_panel, source_panels, statement_panels
from catalogue.viewsets import RecordFilterSet, RecordViewSet, choice_column

plan_tab = [
    MultiFieldPanel(["title", "summary"], heading=_("Title and summary")),
    MultiFieldPanel(
        [FieldRowPanel(["status", "start", "end"]), FieldRowPanel(["adopted_on"]), "adopted_by"],
        heading=_("Status and time"),
        help_text=_("What the plan itself has come to: a plan that is still discussed may be public, too."),
    ),
    MultiFieldPanel(
        ["area", "organisation", "project"],
        heading=_("Whose plan it is"),
        help_text=_("Their pages will lead to the plan."),
    ),
    MultiFieldPanel(["topics", "keywords", "places"], heading=_("Topics and places")),
    PublishingPanel(),
]
aims_tab = [
    MultiFieldPanel(
        [
            FieldPanel("vision", help_text=_("What will be different when the plan is carried out.")),
            FieldPanel("context", help_text=_("Where the area stands today, and how the plan came about.")),
        ],
        heading=_("Vision and background"),
    ),
    PartsPanel("objectives", statement_panels(), heading=_("Objectives"), label=_("objective")),
]
measure_panels = [
    FieldRowPanel(["number", "status", "progress", "weight"]),
    "title",
    "background",
    FieldPanel("action", help_text=_("What is done, step by step.")),
    FieldRowPanel(["start", "end"]),
    FieldRowPanel(["cost_low", "cost_high", "currency"]),
    FieldPanel("outputs", help_text=_("What the measure makes: a study, a post, a road.")),
    FieldPanel("results", help_text=_("What changes because of it.")),
    PartsPanel(
        "players",
        [FieldRowPanel(["organisation", "role"]), "name"],
        heading=_("Players"),
        label=_("player"),
        form_class=NamedPartForm,
        help_text=_("Who answers for the measure, who helps, who is asked. A name where it is no organisation here."),
    ),
    PartsPanel("milestones", [FieldRowPanel(["date", "done"]), "title"], heading=_("Milestones"), label=_("milestone")),
    PartsPanel(
        "funding",
        [FieldRowPanel(["amount", "state"]), "source"],
        heading=_("Funding"),
        label=_("funding"),
        form_class=FundingForm,
        help_text=_("In the measure's currency."),
    ),
    "derived_from",
    PartsPanel("timeline", ["date", "text"], heading=_("What has happened"), label=_("entry of the timeline")),
    *source_panels(),
]
indicator_panels = [
    "name",
    FieldRowPanel(["measure_uid", "code", "level"]),
    "unit",
    FieldRowPanel(["baseline", "reference_year"]),
    FieldRowPanel(["target", "target_years"]),
    FieldRowPanel(["target_is_minimum", "target_per_year"]),
    FieldRowPanel(["aggregation", "source_of_data"]),
    PartsPanel(
        "targets",
        [FieldRowPanel(["year", "value"])],
        heading=_("Targets by year"),
        label=_("target of a year"),
        help_text=_("Only where each year has a target of its own, instead of the one target above."),
    ),
    PartsPanel(
        "values",
        [FieldRowPanel(["year", "date", "value"]), "note", "evidence", *source_panels()],
        heading=_("Values"),
        label=_("value"),
        help_text=_("One value a year, or values of single days."),
    ),
    *source_panels(),
]
measures_tab = [
    PartsPanel(
        "measures",
        measure_panels,
        heading=_("Measures"),
        label=_("measure"),
        form_class=MeasureForm,
    )
]
indicators_tab = [
    PartsPanel("indicators", indicator_panels, heading=_("Indicators"), label=_("indicator"), form_class=IndicatorForm)
]
people_tab = [
    PartsPanel(
        "stakeholders",
        ["organisation", "name", "role", *source_panels()],
        heading=_("Stakeholders"),
        label=_("stakeholder"),
        form_class=StakeholderForm,
        help_text=_("Organisations and groups, not single people."),
    ),
    PartsPanel("risks", ["text", "response", *source_panels()], heading=_("Risks"), label=_("risk")),
]


class ActionPlanFilterSet(RecordFilterSet):
    class Meta:
        model = LocalActionPlan
        fields = ["state", "status", "area", "organisation", "project", "example"]


class ActionPlanViewSet(RecordViewSet):
    model = LocalActionPlan
    icon = "clipboard-list"
    menu_order = 32
    about = _("Local action plans, with their measures and indicators. Begin with “Add action plan”.")
    add_label = _("Add action plan")
    kind_columns = (
        choice_column(LocalActionPlan, "status"),
        Column("area", label=_("Industrial area"), sort_key="area"),
    )
    filterset_class = ActionPlanFilterSet
    search_fields = ("title", "summary")
    edit_handler = TabbedInterface(
        [
            ObjectList(plan_tab, heading=_("Plan")),
            ObjectList(aims_tab, heading=_("Aims")),
            ObjectList(measures_tab, heading=_("Measures")),
            ObjectList(indicators_tab, heading=_("Indicators")),
            ObjectList(people_tab, heading=_("Stakeholders and risks")),
            ObjectList([origin_panel()], heading=_("Sources")),
        ],
        base_form_class=ActionPlanForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("area")
