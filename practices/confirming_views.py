"""Where the people of a practice say that it is still true: by the link of a letter, or signed in. Reading changes nothing."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from accounts.access import allowed
from accounts.models import User
from catalogue.drafting.desk import CONFLICT
from operations.reading import read_and_write
from operations.secret_links import kept_secret
from operations.unexpected import sends_only
from practices import confirming, dead_links
from practices.models import GoodPractice


@never_cache
@read_and_write
@allowed("practices.asked")
@sends_only()
def by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners follow links: only the button says it."""
    asking = confirming.behind(token)
    if asking is None:
        response = render(request, "practices/still_true_over.html", status=404)
    else:
        response = _page(request, asking.practice, by=asking.user, is_said=asking.answered is not None)
    return kept_secret(response)


@read_and_write
@allowed("practices.write")
@sends_only()
def signed_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    practices = GoodPractice.objects.editable_by(request.user).exclude(first_published_at=None)
    practice = get_object_or_404(practices, uid=uid)
    if not practice.live:
        return _withdrawn(request)
    return _page(request, practice, by=request.user, is_said=False)


def _page(request: HttpRequest, practice: GoodPractice, *, by: User, is_said: bool) -> HttpResponse:
    """Of what is public, not of what is being changed."""
    if request.method == "POST":
        try:
            if not is_said:
                confirming.confirm(practice=practice, by=by)
        except PermissionDenied:
            if GoodPractice.objects.filter(pk=practice.pk, live=True).exists():
                raise
            return _withdrawn(request)  # a moment ago
        return redirect(f"{request.path}?said")
    dead = [] if is_said else dead_links.addresses_in(practice)
    context = {
        "practice": practice,
        "title": practice.title,
        "is_said": is_said or ("said" in request.GET and _was_confirmed_this_year(practice)),
        "page_url": reverse("catalogue:record", args=["practices", practice.slug]),
        "edit_url": reverse("practices:edit", args=[practice.uid]),
        "dead": dead,
        "dead_told": dead_links.sentence_on(dead),
    }
    return render(request, "practices/still_true.html", context)


def _was_confirmed_this_year(practice: GoodPractice) -> bool:
    return practice.confirmed_on is not None and practice.confirmed_on.year == localdate().year


def _withdrawn(request: HttpRequest) -> HttpResponse:
    """Nobody has to say of it any more that it is true."""
    status = CONFLICT if request.method == "POST" else 404
    return render(request, "practices/still_true_over.html", {"is_withdrawn": True}, status=status)
