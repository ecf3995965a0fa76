"""Inviting colleagues by letter. The only writer of `Invitation`.

Whether an address has an account, and what it belongs to, is nobody's business: every address is answered alike.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import invited
from accounts.invited import LASTS, AnotherAddress, NotGood, TooMany
from accounts.models import User
from notices import invitations
from operations import audit
from partners import letters
from partners.joining import settle
from partners.memberships import admit, held
from partners.models import Invitation, Membership, Organisation

__all__ = ["AnotherAddress", "NotGood", "TooMany"]


@transaction.atomic
def invite(*, organisation: Organisation, email: str, by: User) -> Invitation:
    """Writes the letter. An address that has one waiting gets another, and the first letter's link ends. Raises TooMany."""
    organisation = _coordinated(organisation, by)
    pending = organisation.invitations.pending().filter(email=email.strip().lower()).first()
    if pending:
        return _send_again(pending, by)
    invitation = Invitation(organisation=organisation, email=email)
    token = invited.begin(invitation, by=by)
    audit.note("invitation.sent", by=by, about=organisation)
    _write(invitation, token, by)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> None:
    """With a new link and two more weeks; the old link ends. Raises TooMany, NotGood."""
    _coordinated(invitation.organisation, by)
    _send_again(invited.pending(invitation), by)


def _send_again(invitation: Invitation, by: User) -> Invitation:
    token = invited.again(invitation, by=by)
    audit.note("invitation.sent", by=by, about=invitation.organisation, letters=invitation.letters)
    _write(invitation, token, by)
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """Its link ends. Raises NotGood."""
    organisation = _coordinated(invitation.organisation, by)
    invited.end(invited.pending(invitation), "revoked")
    audit.note("invitation.revoked", by=by, about=organisation)


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """Raises NotGood, AnotherAddress."""
    organisation = held(invitation.organisation)
    invited.end(invited.hers(invitation, by), "accepted")
    membership = admit(organisation=organisation, user=by)
    settle(organisation=organisation, user=by, by=by)
    audit.note("invitation.accepted", by=by, about=organisation)
    letters.tell(organisation, letters.INVITATION_ACCEPTED, letters.coordinators_of(organisation), by=by)
    return membership


@transaction.atomic
def decline(*, invitation: Invitation, by: User) -> None:
    """Raises NotGood, AnotherAddress."""
    organisation = held(invitation.organisation)
    invited.end(invited.hers(invitation, by), "declined")
    audit.note("invitation.declined", by=by, about=organisation)


def behind(token: str) -> Invitation | None:
    """The open invitation to which the link leads."""
    return Invitation.objects.behind(token).select_related("organisation", "invited_by").first()


def _coordinated(organisation: Organisation, by: User) -> Organisation:
    organisation = held(organisation)
    if not organisation.memberships.coordinating().filter(user=by).exists():
        raise PermissionDenied
    return organisation


def _write(invitation: Invitation, token: str, by: User) -> None:
    """To a member nothing is sent, and who invites does not learn it."""
    reader = invited.reader_of(invitation.email)
    if reader and invitation.organisation.memberships.filter(user=reader).exists():
        return
    invitations.send(
        "partners/email/invitation",
        email=invitation.email,
        reader=reader,
        by=by,
        link=("partners:invitation", token),
        organisation=invitation.organisation.__str__,
        days=LASTS.days,
    )


def forget(before: datetime) -> None:
    """Addresses of people who may never have had an account are kept no longer than they are needed."""
    Invitation.objects.ended(before).delete()
