"""What the portal knows about a person: she sees it, takes it along, and has it erased."""

from allauth.core import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import erasure, export, own_place, personal_data, sure
from accounts.access import allowed
from accounts.forms import ErasureForm
from operations import retention
from operations.reading import read_only


@allowed("account.keep")
@read_only
def show(request: HttpRequest) -> HttpResponse:
    told = {"kept": personal_data.all_kept(), "retentions": retention.all_retentions()}
    return render(request, "account/data.html", told)


@allowed("account.keep")
@require_POST
@sure.that_it_is_she(back="my_data")
def download(request: HttpRequest) -> HttpResponse:
    if not ratelimit.consume(request, action="export_data", user=request.user):
        return ratelimit.respond_429(request)
    name = f"mer-{timezone.localdate().isoformat()}.zip"
    return FileResponse(export.archive_of(request.user), as_attachment=True, filename=name)


@allowed("account.keep")
@require_http_methods(["GET", "HEAD", "POST"])
@sure.that_it_is_she(back="erase_account")
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; then, ticked and when it is sure that it is she, the end of the account."""
    form = ErasureForm(request.POST or None)
    is_last_admin = erasure.is_last_admin(request.user)
    if request.method == "POST" and form.is_valid() and not is_last_admin:
        try:
            erasure.erase(user=request.user, by=request.user)
        except erasure.LastAdmin:  # the other one has just gone
            is_last_admin = True
        else:
            return _good_bye(request)
    kept = [(each, list(each.foretells(request.user))) for each in personal_data.all_kept()]
    told = {"form": form, "kept": kept, "is_last_admin": is_last_admin}
    return render(request, "account/erase.html", told, status=422 if request.method == "POST" else 200)


def _good_bye(request: HttpRequest) -> HttpResponse:
    """Her browser, too, forgets who she was."""
    request.session.flush()
    request.user = AnonymousUser()
    response = redirect("account_erased")
    response.delete_cookie(own_place.COOKIE)
    return response


@allowed("account.enter")
@never_cache
@read_only
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "account/erased.html")
