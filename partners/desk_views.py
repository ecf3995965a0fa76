"""Where coordinators write the page of their organisation. What is not theirs is not there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.access import allowed
from operations.reading import read_and_write, read_only
from partners.desks import OrganisationDesk
from partners.models import Organisation


@read_and_write
@allowed("organisations.describe")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).edit()


@read_only
@allowed("organisations.describe")
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).preview()


@require_POST
@allowed("organisations.describe")
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).submit()


@require_POST
@allowed("organisations.describe")
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).take_back()


def _desk(request: HttpRequest, uid: UUID) -> OrganisationDesk:
    return OrganisationDesk(request, get_object_or_404(Organisation.objects.editable_by(request.user), uid=uid))
