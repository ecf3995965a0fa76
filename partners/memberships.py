"""Belonging to an organisation: coming in, handing over, leaving, being named. The only writer of `Membership`.

Every function is one transaction and holds the organisation's row first, so that it has one coordinator at any time.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import consents
from accounts.models import User
from operations import audit
from pages.models import SiteState
from partners import letters
from partners.models import Membership, Organisation
from partners.models.membership import NAMED

Role = Membership.Role


class NotAlone(Exception):
    """A coordinator who has colleagues hands over before she leaves."""


def held(organisation: Organisation) -> Organisation:
    """The row as it is now, held until the transaction ends. Raises PermissionDenied where there is none any more."""
    found = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def admit(*, organisation: Organisation, user: User) -> Membership:
    """What she is already, she stays. The organisation's row is held by the caller."""
    return Membership.objects.get_or_create(organisation=organisation, user=user)[0]


def make_coordinator(*, organisation: Organisation, user: User, by: User) -> None:
    """The one before goes on as a member. The organisation's row is held by the caller."""
    organisation.memberships.filter(role=Role.COORDINATOR).exclude(user=user).update(role=Role.MEMBER)
    Membership.objects.update_or_create(organisation=organisation, user=user, defaults={"role": Role.COORDINATOR})
    audit.note("coordinator.made", by=by, about=organisation, whom=user)
    SiteState.objects.bump()


@transaction.atomic
def hand_over(*, organisation: Organisation, to: Membership, by: User) -> None:
    """From the coordinator to another member, at once."""
    organisation = held(organisation)
    _coordinated(organisation, by)
    heir = organisation.memberships.filter(pk=to.pk, user__is_active=True).exclude(user=by).first()
    if heir is None:
        raise PermissionDenied
    make_coordinator(organisation=organisation, user=heir.user, by=by)
    letters.tell(organisation, letters.MADE_COORDINATOR, [heir.user], by=by)
    letters.tell(organisation, letters.HANDED_OVER, [by], by=heir.user)


@transaction.atomic
def leave(*, organisation: Organisation, by: User) -> None:
    """Raises NotAlone. After its last member the organisation has no coordinator, and stays."""
    organisation = held(organisation)
    membership = organisation.memberships.of(by).first()
    if membership is None:
        raise PermissionDenied
    if membership.is_coordinator and colleagues_of(membership).exists():
        raise NotAlone
    membership.delete()
    audit.note("membership.left", by=by, about=organisation)
    if membership.is_coordinator:
        letters.tell_of_lost_coordinator(organisation, besides=by)
    letters.tell(organisation, letters.LEFT, letters.coordinators_of(organisation), by=by)


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """By the coordinator; herself she does not remove, she leaves."""
    organisation = held(membership.organisation)
    _coordinated(organisation, by)
    membership = organisation.memberships.filter(pk=membership.pk).exclude(user=by).select_related("user").first()
    if membership is None:
        raise PermissionDenied
    person = membership.user
    membership.delete()
    audit.note("membership.removed", by=by, about=organisation, whom=person)
    letters.tell(organisation, letters.REMOVED, [person], path="my/organisations/", by=by)


@transaction.atomic
def be_named(*, organisation: Organisation, by: User, is_named: bool) -> None:
    """Whether everybody reads on the organisation's page that she belongs to it: she alone decides, and it is noted."""
    if not organisation.memberships.of(by).exists():
        raise PermissionDenied
    if is_named:
        consents.give(by, NAMED, about=organisation.uid)
        _show(by, organisation.uid, is_named=True)
    elif not consents.withdraw(by, NAMED, about=organisation.uid):
        _show(by, organisation.uid, is_named=False)


def hide_name(user: User, organisation_uid: str) -> None:
    """What becomes of a consent that is taken back, wherever she does it."""
    _show(user, organisation_uid, is_named=False)


def _show(user: User, organisation_uid, *, is_named: bool) -> None:
    Membership.objects.filter(user=user, organisation__uid=organisation_uid).update(is_named=is_named)
    SiteState.objects.bump()  # kept pages name her, or do not


def colleagues_of(membership: Membership):
    """Who could take the organisation over."""
    return Membership.objects.filter(organisation=membership.organisation_id, user__is_active=True).exclude(
        user=membership.user_id
    )


def _coordinated(organisation: Organisation, by: User) -> None:
    if not organisation.memberships.coordinating().filter(user=by).exists():
        raise PermissionDenied
