"""Good practices in the Wagtail admin, for the network's staff alone. Authors and reviewers work in the portal."""

import functools

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import ForeignObjectComparison
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column

from catalogue.panels import PartsPanel, RecordForm, origin_panel, source_panels, too_long
from catalogue.rows import RecordsField
from catalogue.viewsets import RecordFilterSet, RecordViewSet
from partners.models import IndustrialArea
from practices.models import GoodPractice
from practices.models.resources import Resources
from practices.readiness import GUIDED_PARTS, GUIDED_PARTS_LIMIT
from projects.models import Project, Result


class ResultsField(forms.MultipleChoiceField):
    """The uids of project results."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        super().__init__(**({"required": False} | kwargs))


class GoodPracticeForm(RecordForm):
    projects = RecordsField(
        Project, icon="folder-inverse", label=_("Projects"), help_text=_("Projects that it comes from.")
    )
    areas = RecordsField(IndustrialArea, icon="site", label=_("Industrial areas"), help_text=_("Where it can be seen."))
    grew_from = ResultsField(
        label=_("Grew from"),
        help_text=_(
            "Results of the projects above. Those of a project that was just added can be chosen after saving."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grew_from"].choices = list(self._results())

    def _results(self):
        """Results of the practice's projects, and those it grew from already, by project."""
        projects = self.instance.projects.all() if self.instance.pk else []
        chosen = self.instance.grew_from or []
        found = Result.objects.filter(project__in=[project.pk for project in projects])
        found |= Result.objects.filter(uid__in=chosen)
        for result in found.select_related("project").order_by("project", "sort_order"):
            yield str(result.uid), format_lazy("{project}: {result}", project=result.project, result=result)
        gone = set(chosen) - {str(uid) for uid in found.values_list("uid", flat=True)}
        yield from ((uid, _("a result that is not there any more")) for uid in sorted(gone))

    def check_publishable(self):
        super().check_publishable()
        parts = [self.cleaned_data.get(name) for name in GUIDED_PARTS]
        lengths = [sum(len(part.data.get(code, "")) for part in parts if part) for code in self.fields["title"].locales]
        if max(lengths) > GUIDED_PARTS_LIMIT:
            self.add_error(GUIDED_PARTS[-1], too_long(GUIDED_PARTS_LIMIT, max(lengths)))
        return not self.errors


class PhotoPanel(Panel):
    """The picture itself; photos are taken in by the portal's form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/admin/photo.html"

        def get_comparison(self):
            return [functools.partial(ForeignObjectComparison, self.panel.model._meta.get_field("photo"))]


class FilesPanel(PartsPanel):
    """What stands beside pictures and files; none is added here."""

    class BoundPanel(PartsPanel.BoundPanel):
        template_name = "catalogue/admin/images.html"


text_panels = [
    MultiFieldPanel(["entry_type", "title", "summary"], heading=_("Title and summary")),
    MultiFieldPanel(
        list(GUIDED_PARTS),
        heading=_("Description"),
        help_text=format_lazy(
            _("Up to {limit} characters in each language, the three parts together."),
            limit=GUIDED_PARTS_LIMIT,
        ),
    ),
    PartsPanel(
        "building_blocks",
        ["title", "description", "enabling_factors", "lessons"],
        heading=_("Building blocks"),
        label=_("building block"),
        help_text=_("Parts that others can take over without the rest."),
    ),
    PartsPanel("links", ["title", "url"], heading=_("Links"), label=_("link")),
]


def _resources_panel(name: str, heading: str) -> MultiFieldPanel:
    amount, currency, year, fte, text = Resources.fields_of(name)
    return MultiFieldPanel([FieldRowPanel([amount, currency, year, fte]), text], heading=heading)


experience_panels = [
    _resources_panel("resources_setup", _("To set it up")),
    _resources_panel("resources_running", _("To keep it running, a year")),
    MultiFieldPanel(["evidence_of_success"], heading=_("What came of it")),
    PartsPanel(
        "evidence",
        ["indicator", FieldRowPanel(["value", "year", "confidence"]), "unit", *source_panels()],
        heading=_("Evidence"),
        label=_("figure"),
        help_text=_("Figures, each with the year and with where it comes from."),
    ),
    MultiFieldPanel(
        ["success_factors", "hampering_factors", "challenges"], heading=_("What helped, and what hindered")
    ),
    MultiFieldPanel(["preconditions", "potential_for_transfer"], heading=_("Passing it on")),
]
facts_panels = [
    MultiFieldPanel(
        [FieldRowPanel(["status", "geographical_scope"]), FieldRowPanel(["start", "end"])],
        heading=_("State and time"),
    ),
    MultiFieldPanel(["topics", "keywords", "places", "nace", "sdgs"], heading=_("Topics and places")),
    MultiFieldPanel(
        [
            FieldPanel(
                "organisation_in_charge",
                help_text=_("Its members may edit the practice. A change holds at once, without publishing."),
            ),
            "areas",
            "projects",
            "grew_from",
        ],
        heading=_("Where it belongs"),
    ),
    MultiFieldPanel(["author", FieldRowPanel(["contact_name", "contact_agreed"])], heading=_("People")),
]
file_panels = [
    FilesPanel(
        "images",
        [PhotoPanel(), "alt", FieldRowPanel(["credit", "licence"])],
        heading=_("Pictures"),
        label=_("picture"),
    ),
    FilesPanel("attachments", ["title"], heading=_("Files"), label=_("file")),
]


class GoodPracticeFilterSet(RecordFilterSet):
    class Meta:
        model = GoodPractice
        fields = ["state", "entry_type", "status", "organisation_in_charge", "example"]


class GoodPracticeViewSet(RecordViewSet):
    model = GoodPractice
    icon = "pick"
    menu_order = 20
    about = _(
        "Good practices, drafts among them. Partners submit theirs in the portal, where they are reviewed; begin one of your"
        " own with “Add good practice”."
    )
    add_label = _("Add good practice")
    kind_columns = (
        Column("organisation_in_charge", label=_("Organisation in charge"), sort_key="organisation_in_charge"),
    )
    filterset_class = GoodPracticeFilterSet
    search_fields = ("title", "summary")
    edit_handler = TabbedInterface(
        [
            ObjectList([*text_panels, PublishingPanel()], heading=_("Practice")),
            ObjectList(experience_panels, heading=_("Experience")),
            ObjectList(facts_panels, heading=_("Facts")),
            ObjectList(file_panels, heading=_("Pictures and files")),
            ObjectList([origin_panel()], heading=_("Sources")),
        ],
        base_form_class=GoodPracticeForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation_in_charge")
