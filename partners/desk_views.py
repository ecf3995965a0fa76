"""Where coordinators write the page of their organisation, and its areas. What is not theirs is not there."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from accounts.access import allowed, asked_by_script
from catalogue.drafting.autosave import at_one_go, hers_or_404
from catalogue.drafting.fields import as_uid
from catalogue.drafting.given_back import gives_back
from catalogue.drafting.texts import FORM_LANGUAGES
from operations.reading import read_and_write, read_only
from operations.unexpected import sends_only
from partners.desks import AreaDesk, OrganisationDesk
from partners.models import IndustrialArea, Organisation


@read_and_write
@allowed("organisations.describe")
@gives_back()
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).edit()


@read_only
@allowed("organisations.describe")
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).preview()


@require_POST
@allowed("organisations.describe")
@sends_only()
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).submit()


@require_POST
@allowed("organisations.describe")
@sends_only()
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).take_back()


def _desk(request: HttpRequest, uid: UUID) -> OrganisationDesk:
    return OrganisationDesk(request, get_object_or_404(Organisation.objects.editable_by(request.user), uid=uid))


@read_and_write
@allowed("organisations.describe", door_for=asked_by_script)
@at_one_go
def autosave(request: HttpRequest, uid: UUID) -> HttpResponse:
    mine = Organisation.objects.editable_by(request.user)
    return OrganisationDesk(request, hers_or_404(request, mine, uid, kind=OrganisationDesk.kind)).autosave()


# Areas


@read_and_write
@allowed("organisations.describe")
def new_area(request: HttpRequest) -> HttpResponse:
    """`organisation` in the address says who manages it."""
    desk = _new_area_desk(request)
    language = get_language() if get_language() in FORM_LANGUAGES else FORM_LANGUAGES[0]
    blank = IndustrialArea(original_language=language)
    if request.method != "POST":
        return desk.open(blank)
    return desk.begin(desk.first_sent(blank))


@read_and_write
@allowed("organisations.describe", door_for=asked_by_script)
def autosave_new_area(request: HttpRequest) -> HttpResponse:
    return _new_area_desk(request).autosave()


@read_and_write
@allowed("organisations.describe", door_for=asked_by_script)
@at_one_go
def autosave_area(request: HttpRequest, uid: UUID) -> HttpResponse:
    manager = Subquery(Organisation.objects.filter(pk=OuterRef("manager")).values("uid"))
    area = hers_or_404(request, _areas(request), uid, kind=AreaDesk.kind, place=manager)
    return AreaDesk(request, area, area.manager).autosave()


@read_and_write
@allowed("organisations.describe")
@gives_back()
def edit_area(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _area_desk(request, uid).edit()


@read_only
@allowed("organisations.describe")
def preview_area(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _area_desk(request, uid).preview()


@require_POST
@allowed("organisations.describe")
@sends_only()
def submit_area(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _area_desk(request, uid).submit()


@require_POST
@allowed("organisations.describe")
@sends_only()
def take_back_area(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _area_desk(request, uid).take_back()


@read_and_write
@allowed("organisations.describe")
def delete_area(request: HttpRequest, uid: UUID) -> HttpResponse:
    drafts = IndustrialArea.objects.never_public().removable_by(request.user)
    area = get_object_or_404(drafts.select_related("manager"), uid=uid)
    return AreaDesk(request, area, area.manager).delete()


def _area_desk(request: HttpRequest, uid: UUID) -> AreaDesk:
    area = get_object_or_404(_areas(request).with_hold(), uid=uid)
    return AreaDesk(request, area, area.manager)


def _areas(request: HttpRequest) -> QuerySet[IndustrialArea]:
    return IndustrialArea.objects.editable_by(request.user).select_related("manager")


def _new_area_desk(request: HttpRequest) -> AreaDesk:
    mine = Organisation.objects.editable_by(request.user)
    return AreaDesk(request, None, get_object_or_404(mine, uid=as_uid(request.GET.get("organisation"))))
