"""What the catalogue knows of programmes and projects."""

from django.utils.translation import gettext_lazy as _

from catalogue.codes import Strand
from catalogue.kinds import Kind
from catalogue.models.entry import KindName
from projects import cards, people, wording
from projects.facets import programme_facets, project_facets
from projects.models import Programme, Project
from projects.serializers import ProgrammeSerializer, ProjectSerializer
from projects.trail import project_trail

PROGRAMMES = Kind(
    name=KindName.PROGRAMMES,
    model=Programme,
    serializer=ProgrammeSerializer,
    template="projects/programme.html",
    symbol="programme",
    lede=_("The funding programmes behind the projects, period by period."),
    codes={"type": Strand},
    card_fields=("acronym", "period", "strand"),
    lent_fields=("period",),
    facets=programme_facets,
    kicker=cards.programme_kicker,
    meta=cards.programme_meta,
    called=wording.PROGRAMME,
)

PROJECTS = Kind(
    name=KindName.PROJECTS,
    model=Project,
    serializer=ProjectSerializer,
    template="projects/project.html",
    symbol="project",
    lede=_("What European projects on industrial areas and town centres set out to do, and what came of it."),
    codes={"status": Project.Status, "type": Project.Type},
    relations={
        "participation": _("Projects"),
        "programme": _("Projects"),
        "capitalises": _("Projects that build on it"),
        "named": _("Projects that name it"),
    },
    card_fields=("acronym", "form", "status", "start", "end", "programme"),
    parts=(
        *("participations", "objectives", "results", "expected_results", "indicators", "stated_counts"),
        *("work_packages", "activities", "target_groups", "context", "named_organisations"),
    ),
    facets=project_facets,
    trail=project_trail,
    reads_whole=("programme",),
    lists={"capitalises": ("programme",)},
    kicker=cards.project_kicker,
    meta=cards.project_meta,
    people=(people.of_lead_partner, people.of_partners),
    called=wording.PROJECT,
)
