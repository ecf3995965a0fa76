"""One's own organisations and the people of each: seeing them, handing over, leaving, being named."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import allowed
from operations.reading import REFUSED, read_and_write, read_only
from partners import memberships
from partners.joining_forms import HandOverForm
from partners.models import Invitation, JoinRequest, Membership, Organisation


@read_only
@allowed("organisations.join")
def mine(request: HttpRequest) -> HttpResponse:
    """Where she belongs, where she has asked to, and where she is invited."""
    mine = Membership.objects.of(request.user).select_related("organisation").order_by("since", "pk")
    asked = JoinRequest.objects.open().of(request.user).select_related("organisation")
    invited = Invitation.objects.open().for_addresses_of(request.user).select_related("organisation")
    return render(request, "partners/mine.html", {"memberships": mine, "asked": asked, "invited": invited})


@read_only
@allowed("organisations.belong")
def people(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The list for members; for the coordinator what is to be done, too."""
    organisation = _mine(request, uid)
    members = list(organisation.memberships.select_related("user").order_by("role", "since", "pk"))
    me = next(member for member in members if member.user_id == request.user.pk)
    context = {
        "organisation": organisation,
        "members": members,
        "me": me,
        "has_coordinator": any(member.is_coordinator and member.user.is_active for member in members),
        "asked": JoinRequest.objects.open().of(request.user).filter(organisation=organisation).first(),
    }
    if me.is_coordinator:
        requests = JoinRequest.objects.decidable_by(request.user).filter(organisation=organisation)
        context |= {"requests": requests.select_related("user"), "invitations": organisation.invitations.pending()}
    return render(request, "partners/people.html", context)


@read_and_write
@allowed("organisations.belong")
def name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How the organisation names her to the public: not at all, unless she wants it."""
    organisation = _mine(request, uid)
    if request.method != "POST":
        me = organisation.memberships.of(request.user).get()
        return render(request, "partners/name.html", {"organisation": organisation, "me": me})
    is_named = request.POST.get("named") == "yes"
    memberships.be_named(organisation=organisation, by=request.user, is_named=is_named)
    told = _("Your name stands on the organisation’s page.") if is_named else _("Your name is not on the page.")
    messages.success(request, told)
    return redirect("partners:people", organisation.uid)


@read_and_write
@allowed("organisations.belong")
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    organisation = _mine(request, uid)
    me = organisation.memberships.of(request.user).get()
    must_hand_over = me.is_coordinator and memberships.colleagues_of(me).exists()
    context = {"organisation": organisation, "me": me, "must_hand_over": must_hand_over}
    if request.method != "POST":
        return render(request, "partners/leave.html", context)
    try:
        memberships.leave(organisation=organisation, by=request.user)
    except memberships.NotAlone:
        return render(request, "partners/leave.html", context | {"must_hand_over": True}, status=REFUSED)
    messages.success(request, _("You have left %(organisation)s.") % {"organisation": organisation})
    return redirect("partners:mine")


@read_and_write
@allowed("organisations.coordinate")
def hand_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """`?to=` chooses one of them beforehand."""
    organisation = _coordinated(request, uid)
    colleagues = memberships.colleagues_of(organisation.memberships.of(request.user).get())
    form = HandOverForm(request.POST or None, initial={"to": request.GET.get("to")}, colleagues=colleagues)
    if not form.is_valid():
        told = {"organisation": organisation, "form": form, "has_colleagues": colleagues.exists()}
        return render(request, "partners/hand_over.html", told, status=REFUSED if request.method == "POST" else 200)
    heir = form.cleaned_data["to"]
    memberships.hand_over(organisation=organisation, to=heir, by=request.user)
    told = {"name": heir.user, "organisation": organisation}
    messages.success(request, _("%(name)s coordinates %(organisation)s now.") % told)
    return redirect("partners:people", organisation.uid)


@read_and_write
@allowed("organisations.coordinate")
def remove(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    organisation = _coordinated(request, uid)
    others = organisation.memberships.exclude(user=request.user).select_related("user", "organisation")
    membership = get_object_or_404(others, pk=pk)
    if request.method != "POST":
        return render(request, "partners/remove.html", {"organisation": organisation, "membership": membership})
    try:
        memberships.remove(membership=membership, by=request.user)
    except PermissionDenied:  # she has left a moment ago
        return redirect("partners:people", organisation.uid)
    messages.success(request, _("%(name)s is no longer a member.") % {"name": membership.user})
    return redirect("partners:people", organisation.uid)


def _mine(request: HttpRequest, uid: UUID) -> Organisation:
    return get_object_or_404(Organisation.objects.of(request.user), uid=uid)


def _coordinated(request: HttpRequest, uid: UUID) -> Organisation:
    return get_object_or_404(Organisation.objects.coordinated_by(request.user), uid=uid)
