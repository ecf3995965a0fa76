"""The projects in which an organisation writes its part, on the organisation's page of its coordinator."""

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.describing import Group
from partners.models import Organisation
from projects.models import Project


def parts(organisation: Organisation) -> Group:
    taken = Project.objects.filter(live=True, participations__organisation=organisation).distinct()
    links = [
        (project.acronym or str(project), reverse("parts:edit", args=[organisation.uid, project.uid]), "")
        for project in taken.order_by("acronym", "pk")
    ]
    return Group(_("Part in projects"), links)
