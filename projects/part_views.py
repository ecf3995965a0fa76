"""Where coordinators write their organisation's part in a project. What is not theirs is not there."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import allowed, asked_by_script
from catalogue.drafting.autosave import at_one_go, hers_or_404
from catalogue.drafting.given_back import gives_back
from operations.reading import read_and_write, read_only
from operations.unexpected import sends_only
from partners.models import Organisation
from projects.desks import PartDesk
from projects.models import Project


@read_and_write
@allowed("organisations.describe")
@gives_back()
def edit(request: HttpRequest, organisation: UUID, project: UUID) -> HttpResponse:
    return _desk(request, organisation, project).edit()


@read_and_write
@allowed("organisations.describe", door_for=asked_by_script)
@at_one_go
def autosave(request: HttpRequest, organisation: UUID, project: UUID) -> HttpResponse:
    """Of the organisation nothing is needed but which it is."""
    hers = Organisation.objects.editable_by(request.user).filter(uid=organisation)
    taken = Project.objects.filter(live=True, participations__organisation__in=hers).distinct()
    record = hers_or_404(request, taken, project, kind=PartDesk.kind, place=str(organisation))
    return PartDesk(request, record, Organisation(uid=organisation)).autosave()


@read_only
@allowed("organisations.describe")
def preview(request: HttpRequest, organisation: UUID, project: UUID) -> HttpResponse:
    return _desk(request, organisation, project).preview()


@require_POST
@allowed("organisations.describe")
@sends_only()
def submit(request: HttpRequest, organisation: UUID, project: UUID) -> HttpResponse:
    return _desk(request, organisation, project).submit()


@require_POST
@allowed("organisations.describe")
@sends_only()
def take_back(request: HttpRequest, organisation: UUID, project: UUID) -> HttpResponse:
    return _desk(request, organisation, project).take_back()


@read_only
@allowed("organisations.describe")
def mine(request: HttpRequest, project: UUID) -> HttpResponse:
    """Letters know the project alone: to the part of the organisation that she coordinates."""
    hers = Organisation.objects.editable_by(request.user).filter(participations__project__uid=project)
    organisation = hers.order_by("participations__sort_order").first()
    if organisation is None:
        raise Http404
    return redirect("parts:edit", organisation.uid, project)


def _desk(request: HttpRequest, organisation: UUID, project: UUID) -> PartDesk:
    hers = get_object_or_404(Organisation.objects.editable_by(request.user), uid=organisation)
    taken = Project.objects.filter(live=True, participations__organisation=hers).distinct()
    return PartDesk(request, get_object_or_404(taken, uid=project), hers)
