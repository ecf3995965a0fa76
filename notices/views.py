from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import allowed
from notices import actions, letters, work
from notices.models import Notification
from operations.reading import read_only

PAGE = 20


@read_only
@allowed("work.see")
def my_work(request: HttpRequest) -> HttpResponse:
    """All places with the first of each; `?all=drafts` one of them, page by page."""
    groups = work.of(request.user)
    waiting = next(group for group in groups if group.place == work.Place.WAITS_FOR_YOU)
    whole = next((group for group in groups if group.place == request.GET.get("all")), None)
    context = {"groups": groups, "waiting": len(waiting.items)}
    if whole:
        page = Paginator(whole.items, work.WHOLE_PAGE).get_page(request.GET.get("page"))
        context |= {"groups": [whole], "whole": whole, "page": page}
    return render(request, "notices/my_work.html", context)


@read_only
@allowed("work.see")
def notices(request: HttpRequest) -> HttpResponse:
    """What she was told: unread first, then the latest."""
    mine = Notification.objects.filter(recipient=request.user)
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "unread": mine.unread().count()})


@require_POST
@allowed("work.see")
def read(request: HttpRequest) -> HttpResponse:
    """One notice, or all of them; another person's is answered like one that is not there."""
    notice = request.POST.get("notice", "")
    if notice and not notice.isdecimal():
        raise Http404
    actions.mark_read(by=request.user, notice=int(notice[:18]) if notice else None)
    return redirect("notices:list")


@require_POST
@allowed("work.see")
def try_again(request: HttpRequest) -> HttpResponse:
    """Her own address, from which letters came back."""
    if actions.try_again(user=request.user, by=request.user):
        messages.success(request, _("We have written to %(address)s.") % {"address": request.user.email})
    else:
        messages.info(request, _("That has been tried today already. Please try again tomorrow."))
    return redirect("notices:my_work")


@never_cache
@csrf_exempt  # mail readers send it, too (RFC 8058); the link itself is the secret
@require_http_methods(["GET", "HEAD", "POST"])
@allowed("letters.stop")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """What programs open by themselves changes nothing: only the button does."""
    try:
        user = letters.who_stops(token)
    except letters.Revoked:
        return render(request, "notices/stop.html", {"is_revoked": True}, status=HTTPStatus.GONE)
    if user is None:
        raise Http404
    if request.method == "POST":
        actions.stop_letters(user=user)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse(_("These letters have been stopped."), content_type="text/plain; charset=utf-8")
        messages.success(request, _("These letters have been stopped."))
    return render(request, "notices/stop.html", {"stopped": request.method == "POST"})
