"""Inviting colleagues, and answering an invitation.

The secret stands in the link of the letter alone. Whoever holds it sees who invites to what; only whose address it was sent
to gets any further, to an address without a secret, where a button accepts or declines.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import invitation_pages
from accounts.access import allowed
from accounts.invitation_pages import follow, over
from operations import unexpected
from operations.dates import moment
from operations.reading import REFUSED, read_and_write, read_only
from operations.unexpected import sends_only
from partners import inviting
from partners.joining_forms import InviteForm
from partners.models import Invitation, Organisation

PAGES = "partners/invitation"


@read_and_write
@allowed("organisations.coordinate")
def invite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every address is answered alike: whether it has an account, the portal does not tell."""
    organisation = get_object_or_404(Organisation.objects.coordinated_by(request.user), uid=uid)
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user)
    unexpected.tell(request, form)
    if not form.is_valid():
        return _invite_page(request, organisation, form)
    try:
        inviting.invite(organisation=organisation, email=form.cleaned_data["email"], by=request.user)
    except inviting.TooMany:
        form.add_error("email", _("Enough letters for now: please try again later."))
        return _invite_page(request, organisation, form)
    messages.success(request, _("The invitation to %(email)s is sent.") % {"email": form.cleaned_data["email"]})
    return redirect("partners:people", organisation.uid)


def _invite_page(request: HttpRequest, organisation: Organisation, form: InviteForm) -> HttpResponse:
    context = {"organisation": organisation, "form": form}
    return render(request, "partners/invite.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
@allowed("organisations.coordinate")
@sends_only(action=("send", "revoke"))
def sent(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Send it again, or revoke it."""
    organisation = get_object_or_404(Organisation.objects.coordinated_by(request.user), uid=uid)
    invitation = get_object_or_404(organisation.invitations.select_related("organisation"), pk=pk)
    try:
        if request.POST.get("action") == "revoke":
            inviting.revoke(invitation=invitation, by=request.user)
            messages.success(request, _("The invitation is revoked: its link leads nowhere any more."))
        else:
            inviting.send_again(invitation=invitation, by=request.user)
            messages.success(request, _("The invitation to %(email)s is sent.") % {"email": invitation.email})
    except inviting.TooMany:
        messages.error(request, _("Enough letters for now: please try again later."))
    except inviting.NotGood:
        messages.info(request, _("The invitation was answered or revoked meanwhile."))
    return redirect("partners:people", organisation.uid)


@never_cache
@read_only
@allowed("organisations.invited")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter leads."""
    found = inviting.behind(token)
    return follow(request, found, mine="partners:my_invitation", pages=PAGES, **(_told(found) if found else {}))


@read_and_write
@allowed("organisations.answer")
@sends_only(action=("accept", "decline"))
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept it or not. Of invitations to other addresses nobody learns that they are there."""
    hers = Invitation.objects.for_addresses_of(request.user).select_related("organisation", "invited_by")
    invitation = get_object_or_404(hers, pk=pk)
    if not Invitation.objects.open().filter(pk=pk).exists():
        return over(request, PAGES)
    if invitation.organisation.memberships.of(request.user).exists():
        messages.info(request, _("You belong to %(organisation)s already.") % {"organisation": invitation.organisation})
        return redirect("partners:people", invitation.organisation.uid)
    if request.method != "POST":
        return invitation_pages.ask(request, **_told(invitation))
    try:
        return _answer(request, invitation)
    except inviting.NotGood:  # a moment ago
        return over(request, PAGES)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    organisation = invitation.organisation
    if request.POST.get("action") == "decline":
        inviting.decline(invitation=invitation, by=request.user)
        messages.success(request, _("You have declined the invitation."))
        return redirect("notices:my_work")
    inviting.accept(invitation=invitation, by=request.user)
    messages.success(request, _("You belong to %(organisation)s now.") % {"organisation": organisation})
    return redirect("partners:people", organisation.uid)


def _told(invitation: Invitation) -> dict:
    by = invitation.invited_by
    invites = (
        _("%(name)s invites you.") % {"name": by} if by and by.get_full_name() else _("Its coordinator invites you.")
    )
    means = _(
        "If you accept, you write and change the organisation’s practices together with its other members, who see your name."
        " You can leave at any time."
    )
    return {
        "heading": _("You are invited to join %(organisation)s") % {"organisation": invitation.organisation},
        "told": [f"{invites} {means}"],
        "until": moment(invitation.expires),
    }
