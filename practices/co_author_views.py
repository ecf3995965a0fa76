"""Who writes a practice: its author, her co-authors, and those who are invited. Answering such an invitation."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import invitation_pages, invited
from accounts.access import allowed
from accounts.invitation_pages import follow, over
from operations import unexpected
from operations.dates import moment
from operations.reading import REFUSED, read_and_write, read_only
from operations.reasons import Reason, ReasonForm
from operations.unexpected import sends_only
from partners.joining_forms import InviteForm
from practices import co_authors
from practices.form_page import title_of
from practices.models import CoAuthorInvitation, GoodPractice

SENT = gettext_lazy("A letter goes to %(email)s, unless that is somebody who writes this practice already.")


@read_and_write
@allowed("practices.write")
def people(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every address is answered alike: whether it has an account, the portal does not tell."""
    practice = _written(request, uid)
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user)
    unexpected.tell(request, form)
    if not form.is_valid():
        return _people_page(request, practice, form)
    email = form.cleaned_data["email"]
    try:
        co_authors.invite(practice=practice, email=email, by=request.user)
    except invited.TooMany:
        form.add_error("email", _("Enough letters for now: please try again later."))
        return _people_page(request, practice, form)
    messages.success(request, SENT % {"email": email})
    return redirect("practices:people", practice.uid)


def _people_page(request: HttpRequest, practice: GoodPractice, form: InviteForm) -> HttpResponse:
    together = list(practice.co_authors.select_related("user"))
    context = {
        "practice": practice,
        "title": title_of(practice),
        "form": form,
        "co_authors": together,
        "invitations": practice.co_author_invitations.pending(),
        "may_remove": GoodPractice.objects.removable_by(request.user).filter(pk=practice.pk).exists(),
        "may_leave": any(each.user_id == request.user.pk for each in together),
    }
    return render(request, "practices/people.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
@allowed("practices.write")
@sends_only(action=("send", "revoke"))
def sent(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Send it again, or revoke it."""
    practice = _written(request, uid)
    invitation = get_object_or_404(practice.co_author_invitations.select_related("practice"), pk=pk)
    try:
        if request.POST.get("action") == "revoke":
            co_authors.revoke(invitation=invitation, by=request.user)
            messages.success(request, _("The invitation is revoked: its link leads nowhere any more."))
        else:
            co_authors.send_again(invitation=invitation, by=request.user)
            messages.success(request, SENT % {"email": invitation.email})
    except invited.TooMany:
        messages.error(request, _("Enough letters for now: please try again later."))
    except invited.NotGood:
        messages.info(request, _("The invitation was answered or revoked meanwhile."))
    return redirect("practices:people", practice.uid)


@read_and_write
@allowed("practices.withdraw")
def remove(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    practice = get_object_or_404(GoodPractice.objects.removable_by(request.user), uid=uid)
    co_author = get_object_or_404(practice.co_authors.select_related("user", "practice"), pk=pk)
    writes_on = GoodPractice.objects.hers_anyway(co_author.user).filter(pk=practice.pk).exists()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    unexpected.tell(request, form)
    if not form.is_valid():
        told = {"practice": practice, "title": title_of(practice), "co_author": co_author, "form": form}
        told["writes_on"] = writes_on
        return render(request, "practices/people_remove.html", told, status=REFUSED if form.is_bound else 200)
    co_authors.remove(co_author=co_author, by=request.user, reason=Reason(form.cleaned_data["reason"]))
    told = _("%(name)s is no longer a co-author.") if writes_on else _("%(name)s no longer writes this practice.")
    messages.success(request, told % {"name": co_author.user})
    return redirect("practices:people", practice.uid)


@read_and_write
@allowed("practices.write_together")
@sends_only()
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    practice = get_object_or_404(GoodPractice.objects.filter(co_authors__user=request.user), uid=uid)
    told = {"practice": practice, "title": title_of(practice)}
    if request.method != "POST":
        return render(request, "practices/people_leave.html", told)
    co_authors.leave(practice=practice, by=request.user)
    messages.success(request, _("You no longer write “%(title)s”.") % told)
    return redirect("notices:my_work")


@never_cache
@read_only
@allowed("practices.invited")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter leads."""
    found = co_authors.behind(token)
    told = _told(found) if found else {}
    return follow(request, found, mine="practices:my_co_author_invitation", **told)


@read_and_write
@allowed("practices.answer")
@sends_only(action=("accept", "decline"))
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept it or not. Of invitations to other addresses nobody learns that they are there."""
    hers = CoAuthorInvitation.objects.for_addresses_of(request.user).select_related("practice", "invited_by")
    invitation = get_object_or_404(hers, pk=pk)
    if not co_authors.is_good(invitation):
        return over(request)
    if invitation.practice.is_written_by(request.user):
        messages.info(request, _("You write this practice already: no invitation is needed."))
        return redirect("practices:edit", invitation.practice.uid)
    if request.method != "POST":
        return invitation_pages.ask(request, **_told(invitation))
    try:
        return _answer(request, invitation)
    except (invited.NotGood, PermissionDenied):  # a moment ago
        return over(request)


def _answer(request: HttpRequest, invitation: CoAuthorInvitation) -> HttpResponse:
    if request.POST.get("action") == "decline":
        co_authors.decline(invitation=invitation, by=request.user)
        messages.success(request, _("You have declined the invitation."))
        return redirect("notices:my_work")
    co_authors.accept(invitation=invitation, by=request.user)
    messages.success(request, _("You write this practice now. What you type is kept for you alone until you save it."))
    return redirect("practices:edit", invitation.practice.uid)


def _told(invitation: CoAuthorInvitation) -> dict:
    by = invitation.invited_by
    invites = _("%(name)s invites you.") % {"name": by} if by and by.get_full_name() else _("A colleague invites you.")
    means = _(
        "If you accept, you write and submit this one practice together with those who write it now; they see your name."
        " You can leave at any time."
    )
    return {
        "heading": _("You are invited to write “%(title)s”") % {"title": title_of(invitation.practice)},
        "told": [f"{invites} {means}"],
        "until": moment(invitation.expires),
    }


def _written(request: HttpRequest, uid: UUID) -> GoodPractice:
    return get_object_or_404(GoodPractice.objects.editable_by(request.user).select_related("owner"), uid=uid)
