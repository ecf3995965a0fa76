"""What people are told of who belongs to an organisation (`notices`)."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.texts import in_language
from notices import kinds
from notices.actions import notify
from notices.kinds import Kind
from operations import audit
from operations.reasons import Reason
from partners.models import JoinRequest, Organisation

DECIDE = _("Read the request and decide:")
ASKED = Kind(
    "asked-to-join",
    what=_("Asks to join"),
    subject=_("Asks to join: %(title)s"),
    sentence=_("%(name)s would like to join “%(title)s”."),
    nameless=_("Somebody would like to join “%(title)s”."),
    lead=DECIDE,
    waits=True,
)
ASKED_TO_COORDINATE = Kind(
    "asked-to-coordinate",
    what=_("Asks to coordinate"),
    subject=_("Asks to coordinate: %(title)s"),
    sentence=_("%(name)s would like to coordinate “%(title)s”, which has no coordinator."),
    nameless=_("Somebody would like to coordinate “%(title)s”, which has no coordinator."),
    lead=DECIDE,
    waits=True,
)
REGISTERED = Kind(
    "organisation-registered",
    what=_("New organisation"),
    subject=_("New organisation: %(title)s"),
    sentence=_("%(name)s has registered “%(title)s” and would like to coordinate it."),
    nameless=_("Somebody has registered “%(title)s” and would like to coordinate it."),
    lead=DECIDE,
    waits=True,
)
# The answers wait for their readers, too: on them depends what they can do next.
ACCEPTED = Kind(
    "join-accepted",
    what=_("You have joined"),
    subject=_("You have joined: %(title)s"),
    sentence=_("you belong to “%(title)s” now, and can write and change its practices."),
    waits=True,
)
DECLINED = Kind(
    "join-declined",
    what=_("Request declined"),
    subject=_("Request declined: %(title)s"),
    sentence=_("your request about “%(title)s” was declined."),
    waits=True,
)
PLACE_TAKEN = Kind(
    "coordinator-place-taken",
    what=_("Coordinator found"),
    subject=_("Coordinator found: %(title)s"),
    sentence=_("you asked to coordinate “%(title)s”. The place was given to somebody else."),
    waits=True,
)
MADE_COORDINATOR = Kind(
    "made-coordinator",
    what=_("You are the coordinator"),
    subject=_("You are the coordinator: %(title)s"),
    sentence=_("you coordinate “%(title)s” now: you decide who joins it and invite colleagues."),
    waits=True,
)
HANDED_OVER = Kind(
    "coordinator-changed",
    what=_("Handed over"),
    subject=_("Handed over: %(title)s"),
    sentence=_("%(name)s coordinates “%(title)s” now. You are a member of it as before."),
    nameless=_("A colleague coordinates “%(title)s” now. You are a member of it as before."),
)
LEFT = Kind(
    "member-left",
    what=_("Has left"),
    subject=_("A member has left: %(title)s"),
    sentence=_("%(name)s has left “%(title)s”."),
    nameless=_("A colleague has left “%(title)s”."),
)
REMOVED = Kind(
    "member-removed",
    what=_("No longer a member"),
    subject=_("No longer a member: %(title)s"),
    sentence=_("its coordinator has taken you off the list of members of “%(title)s”."),
    waits=True,
)
WITHOUT_COORDINATOR = Kind(
    "without-coordinator",
    what=_("No coordinator"),
    subject=_("No coordinator: %(title)s"),
    sentence=_("nobody coordinates “%(title)s” any more. Ask for the place, or find somebody who takes it."),
    waits=True,
)
INVITATION_ACCEPTED = Kind(
    "invitation-accepted",
    what=_("Invitation accepted"),
    subject=_("Invitation accepted: %(title)s"),
    sentence=_("%(name)s has accepted your invitation and belongs to “%(title)s” now."),
    nameless=_("A colleague has accepted your invitation and belongs to “%(title)s” now."),
)

KINDS = (
    *(ASKED, ASKED_TO_COORDINATE, REGISTERED, ACCEPTED, DECLINED, PLACE_TAKEN),
    *(MADE_COORDINATOR, HANDED_OVER, LEFT, REMOVED, WITHOUT_COORDINATOR, INVITATION_ACCEPTED),
)


# What the audit log calls it.
ACTS = {
    "membership.asked": _("Asked to join an organisation"),
    "membership.taken_back": _("Request to join taken back"),
    "membership.accepted": _("Request to join accepted"),
    "membership.declined": _("Request to join declined"),
    "membership.left": _("Left an organisation"),
    "membership.removed": _("Removed from an organisation"),
    "coordinator.made": _("Coordinator made"),
    "organisation.registered": _("Organisation registered"),
    "invitation.sent": _("Invitation sent"),
    "invitation.accepted": _("Invitation accepted"),
    "invitation.declined": _("Invitation declined"),
    "invitation.revoked": _("Invitation revoked"),
}
OWN_REASONS = {
    "membership.left": Reason.OWN_WISH,
    "membership.taken_back": Reason.OWN_WISH,
    "invitation.accepted": Reason.WANTED,
    "invitation.declined": Reason.OWN_WISH,
    "invitation.revoked": Reason.UNNEEDED,
}


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
    for act, label in ACTS.items():
        audit.register(act, label, reason=OWN_REASONS.get(act))


def tell(organisation: Organisation, kind: Kind, people: Iterable[User], *, path: str = "", **more) -> None:
    """`path`: where it leads; else to the organisation's people."""
    told = {"titles": names_of(organisation), "about": ("partners", organisation.uid)}
    notify(people, kind.name, path=path or f"my/organisations/{organisation.uid}/", **told, **more)


def tell_deciders(request: JoinRequest, *, is_new: bool = False) -> None:
    """The coordinator, if it is hers to decide; else the staff."""
    organisation = request.organisation
    path = f"my/organisations/requests/{request.pk}/"
    coordinators = () if request.is_for_coordinating else coordinators_of(organisation)
    kind = REGISTERED if is_new else ASKED_TO_COORDINATE if request.is_for_coordinating else ASKED
    tell(organisation, kind, coordinators or staff(), path=path, by=request.user, message=request.message)


def tell_of_lost_coordinator(organisation: Organisation, *, besides: User) -> None:
    """Its members can ask for the place; the staff can give it."""
    members = User.objects.filter(memberships__organisation=organisation).exclude(pk=besides.pk)
    tell(organisation, WITHOUT_COORDINATOR, members)
    desk = f"/cms/memberships/?organisation={organisation.pk}"
    tell(
        organisation,
        WITHOUT_COORDINATOR,
        staff().exclude(pk__in=[besides.pk, *(each.pk for each in members)]),
        path=desk,
    )


def coordinators_of(organisation: Organisation) -> list[User]:
    """One or none."""
    return [
        membership.user for membership in organisation.memberships.coordinating().select_related("user").order_by("pk")
    ]


def staff() -> QuerySet[User]:
    """Those who decide where no coordinator can (`accounts.acts`)."""
    editors = Q(groups__name=User.Role.EDITOR) | Q(is_superuser=True)
    return User.objects.filter(editors, is_active=True).distinct()


def names_of(organisation: Organisation) -> dict[str, str]:
    """For readers of every language."""
    names, original = organisation.title_map.data, organisation.original_language
    return {code: in_language(names, code, original).text for code, _name in settings.LANGUAGES}
