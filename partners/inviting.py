"""Inviting colleagues by letter. The only writer of `Invitation`.

Whether an address has an account, and what it belongs to, is nobody's business: every address is answered alike.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts import letters as account_letters
from accounts.models import User
from notices import outbox
from operations import audit
from partners import letters
from partners.joining import settle
from partners.memberships import admit, held
from partners.models import Invitation, Membership, Organisation

LASTS = timedelta(days=14)
MOST_A_DAY = 20  # of one coordinator
MOST_LETTERS = 5  # of one invitation
BETWEEN_LETTERS = timedelta(hours=1)


class TooMany(Exception):
    """Enough letters for now."""


class NotGood(Exception):
    """The invitation was answered or revoked, or has run out."""


class AnotherAddress(Exception):
    """It was sent to an address that she has not confirmed as hers."""


@transaction.atomic
def invite(*, organisation: Organisation, email: str, by: User) -> Invitation:
    """Writes the letter. An address that has one waiting gets another, and the first letter's link ends. Raises TooMany."""
    organisation = _coordinated(organisation, by)
    email = email.strip().lower()
    pending = organisation.invitations.pending().filter(email=email).first()
    if pending:
        return _send_again(pending, by)
    _mind_the_limit(by)
    token, now = secrets.token_urlsafe(32), timezone.now()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        token_digest=digest(token),
        invited_by=by,
        created=now,
        sent=now,
        expires=now + LASTS,
    )
    audit.note("invitation.sent", by=by, about=organisation)
    _write(invitation, token, by)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> None:
    """With a new link and two more weeks; the old link ends. Raises TooMany, NotGood."""
    _coordinated(invitation.organisation, by)
    _send_again(_pending(invitation), by)


def _send_again(invitation: Invitation, by: User) -> Invitation:
    now = timezone.now()
    if invitation.letters >= MOST_LETTERS or invitation.sent > now - BETWEEN_LETTERS:
        raise TooMany
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.invited_by = digest(token), by
    invitation.sent, invitation.expires = now, now + LASTS
    invitation.letters += 1
    invitation.save(update_fields=["token_digest", "invited_by", "sent", "expires", "letters"])
    audit.note("invitation.sent", by=by, about=invitation.organisation, letters=invitation.letters)
    _write(invitation, token, by)
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """Its link ends. Raises NotGood."""
    organisation = _coordinated(invitation.organisation, by)
    invitation = _pending(invitation)
    invitation.revoked = timezone.now()
    invitation.save(update_fields=["revoked"])
    audit.note("invitation.revoked", by=by, about=organisation)


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """Raises NotGood, AnotherAddress."""
    organisation = held(invitation.organisation)
    invitation = _for(invitation, by)
    invitation.accepted = timezone.now()
    invitation.save(update_fields=["accepted"])
    membership = admit(organisation=organisation, user=by)
    settle(organisation=organisation, user=by, by=by)
    audit.note("invitation.accepted", by=by, about=organisation)
    letters.tell(organisation, letters.INVITATION_ACCEPTED, letters.coordinators_of(organisation), by=by)
    return membership


@transaction.atomic
def decline(*, invitation: Invitation, by: User) -> None:
    """Raises NotGood, AnotherAddress."""
    organisation = held(invitation.organisation)
    invitation = _for(invitation, by)
    invitation.declined = timezone.now()
    invitation.save(update_fields=["declined"])
    audit.note("invitation.declined", by=by, about=organisation)


def behind(token: str) -> Invitation | None:
    """The open invitation to which the link leads."""
    found = Invitation.objects.open().filter(token_digest=digest(token))
    return found.select_related("organisation", "invited_by").first()


def is_for(invitation: Invitation, user: User) -> bool:
    return Invitation.objects.filter(pk=invitation.pk).for_addresses_of(user).exists()


def digest(token: str) -> str:
    """What is kept of the secret."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _pending(invitation: Invitation) -> Invitation:
    found = Invitation.objects.pending().select_for_update(of=("self",)).select_related("organisation")
    return found.filter(pk=invitation.pk).first() or _not_good()


def _for(invitation: Invitation, user: User) -> Invitation:
    """The same as it is now, if it is hers and open. The link she came by may have been replaced meanwhile."""
    found = Invitation.objects.open().select_for_update(of=("self",)).select_related("organisation")
    now = found.filter(pk=invitation.pk, token_digest=invitation.token_digest).first() or _not_good()
    if not is_for(now, user):
        raise AnotherAddress
    return now


def _not_good():
    raise NotGood


def _coordinated(organisation: Organisation, by: User) -> Organisation:
    organisation = held(organisation)
    if not organisation.memberships.coordinating().filter(user=by).exists():
        raise PermissionDenied
    return organisation


def _mind_the_limit(by: User) -> None:
    """Under the lock of her own row, for she may coordinate several."""
    User.objects.select_for_update().only("pk").get(pk=by.pk)
    day_ago = timezone.now() - timedelta(days=1)
    if Invitation.objects.filter(invited_by=by, created__gt=day_ago).count() >= MOST_A_DAY:
        raise TooMany


def _write(invitation: Invitation, token: str, by: User) -> None:
    """In the reader's language, where she is known. To a member nothing is sent, and who invites does not learn it."""
    reader = User.objects.filter(emailaddress__email=invitation.email, emailaddress__verified=True).first()
    if reader and invitation.organisation.memberships.filter(user=reader).exists():
        return
    with override(reader.language if reader else by.language):
        path = reverse("partners:invitation", args=[token])
        told = {
            "name": " ".join(by.get_full_name().split()),
            "organisation": " ".join(str(invitation.organisation).split()),
            "invitation_url": f"{settings.PUBLIC_URL}{path}",
            "days": LASTS.days,
        }
        letter = account_letters.write("partners/email/invitation", [invitation.email], told)
    letter.named = {by.pk}
    letter.extra_headers[outbox.UNASKED] = "auto-generated"
    outbox.put([outbox.row_of(letter)])


def forget(before: datetime) -> None:
    """Addresses of people who may never have had an account are kept no longer than they are needed."""
    ended = Q(accepted__lt=before) | Q(declined__lt=before) | Q(revoked__lt=before) | Q(expires__lt=before)
    Invitation.objects.filter(ended).delete()
