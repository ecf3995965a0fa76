"""Inviting somebody by letter to an address, whatever she is invited to: rooms say what that is, and write the letter.

The secret of the link is kept as a digest alone. Whether an address has an account is nobody's business: every address is
answered alike. The functions are called in a transaction that holds the row of what she is invited to.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import InvitationLetter, User

LASTS = timedelta(days=14)
COUNTS_FOR = timedelta(days=1)  # each letter
MOST_A_DAY = 20  # of one person, to one kind of thing
MOST_LETTERS_A_DAY = 40  # of one person, to whatever, and whatever became of the invitations
MOST_LETTERS = 5  # of one invitation; in a day also of one person to one address
BETWEEN_LETTERS = timedelta(hours=1)


class TooMany(Exception):
    """Enough letters for now."""


class NotGood(Exception):
    """The invitation was answered or revoked, or has run out."""


class AnotherAddress(Exception):
    """It was sent to an address that she has not confirmed as hers."""


class InvitedQuerySet(models.QuerySet):
    def pending(self) -> "InvitedQuerySet":
        """Neither answered nor revoked; it may have run out."""
        return self.filter(accepted=None, declined=None, revoked=None)

    def open(self) -> "InvitedQuerySet":
        """Nobody comes in by the invitation of somebody who has gone."""
        return self.pending().filter(expires__gt=timezone.now(), invited_by__is_active=True)

    def for_addresses_of(self, user) -> "InvitedQuerySet":
        """Those sent to an address that she has confirmed."""
        return self.filter(email__in=EmailAddress.objects.filter(user=user.pk, verified=True).values("email"))

    def behind(self, token: str) -> "InvitedQuerySet":
        """The open invitation to which the link leads, if any."""
        return self.open().filter(token_digest=digest(token))

    def ended(self, before: datetime) -> "InvitedQuerySet":
        over = Q(accepted__lt=before) | Q(declined__lt=before) | Q(revoked__lt=before) | Q(expires__lt=before)
        return self.filter(over)


class Invited(models.Model):
    """The link's secret is kept as a digest alone."""

    email = models.EmailField(_("e-mail address"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(_("created"), default=timezone.now)
    sent = models.DateTimeField(_("last sent"), default=timezone.now)
    letters = models.PositiveSmallIntegerField(_("letters"), default=1)
    expires = models.DateTimeField(_("expires"))
    accepted = models.DateTimeField(_("accepted"), null=True, blank=True)
    declined = models.DateTimeField(_("declined"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def has_run_out(self) -> bool:
        return self.expires <= timezone.now()

    def good_until(self, now: datetime) -> datetime:
        """When what is sent now runs out."""
        return now + LASTS


def constraints(name: str, *to: str) -> list[models.BaseConstraint]:
    """What every table of invitations holds; `to` are the fields that say to what."""
    two_ends = Q(accepted=None, declined=None) | Q(accepted=None, revoked=None) | Q(declined=None, revoked=None)
    return [
        models.UniqueConstraint(
            fields=[*to, "email"],
            condition=Q(accepted=None, declined=None, revoked=None),
            name=f"{name}_pending_once",
        ),
        models.CheckConstraint(condition=Q(expires__gt=F("created")), name=f"{name}_lasts"),
        models.CheckConstraint(condition=two_ends, name=f"{name}_ends_in_one_way"),
    ]


def begin(invitation: Invited, *, by: User) -> str:
    """Saves a new one; returns the secret of its link. Raises TooMany."""
    invitation.email = invitation.email.strip().lower()
    lately = type(invitation).objects.filter(invited_by=by, created__gt=timezone.now() - COUNTS_FOR)
    if lately.count() >= MOST_A_DAY:
        raise TooMany
    _count_letter(invitation, by)
    token, now = secrets.token_urlsafe(32), timezone.now()
    invitation.token_digest, invitation.invited_by = digest(token), by
    invitation.created = invitation.sent = now
    invitation.expires = invitation.good_until(now)
    invitation.save(force_insert=True)
    return token


def again(invitation: Invited, *, by: User) -> str:
    """A new secret and a new time; the old link ends. Raises TooMany."""
    now = timezone.now()
    if invitation.letters >= MOST_LETTERS or invitation.sent > now - BETWEEN_LETTERS:
        raise TooMany
    _count_letter(invitation, by)
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.invited_by = digest(token), by
    invitation.sent, invitation.expires = now, invitation.good_until(now)
    invitation.letters += 1
    invitation.save(update_fields=["token_digest", "invited_by", "sent", "expires", "letters"])
    return token


def end(invitation: Invited, how: str) -> None:
    """`how`: accepted, declined or revoked."""
    setattr(invitation, how, timezone.now())
    invitation.save(update_fields=[how])


def pending(invitation: Invited) -> Invited:
    """The same as it is now, held. Raises NotGood."""
    found = type(invitation).objects.pending().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    return found or _not_good()


def hers(invitation: Invited, user: User) -> Invited:
    """The same as it is now, held, if it is hers and open. The link she came by may have been replaced meanwhile. Raises
    NotGood, AnotherAddress.
    """
    found = type(invitation).objects.open().select_for_update(of=("self",))
    now = found.filter(pk=invitation.pk, token_digest=invitation.token_digest).first() or _not_good()
    if not is_for(now, user):
        raise AnotherAddress
    return now


def is_for(invitation: Invited, user: User) -> bool:
    return type(invitation).objects.filter(pk=invitation.pk).for_addresses_of(user).exists()


def reader_of(email: str) -> User | None:
    """Whose address it is, as far as it is confirmed."""
    return User.objects.filter(emailaddress__email=email, emailaddress__verified=True).first()


def digest(token: str) -> str:
    """What is kept of the secret."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _not_good():
    raise NotGood


def _count_letter(invitation: Invited, by: User) -> None:
    """Under the lock of her own row, for she may invite to several things at once. What was revoked, or deleted with what it
    was about, was a letter, too. Raises TooMany.
    """
    User.objects.select_for_update().only("pk").get(pk=by.pk)
    hers = InvitationLetter.objects.filter(user=by, sent__gt=timezone.now() - COUNTS_FOR)
    code = code_of(invitation.email)
    if hers.count() >= MOST_LETTERS_A_DAY or hers.filter(address_code=code).count() >= MOST_LETTERS:
        raise TooMany
    InvitationLetter.objects.create(user=by, address_code=code)


def code_of(email: str) -> str:
    """Tells the same address again, and nobody which it is."""
    return salted_hmac("accounts.invited", email.strip().lower(), algorithm="sha256").hexdigest()


def forget_letters(before: datetime) -> None:
    InvitationLetter.objects.filter(sent__lt=before).delete()


def letters_to(emails: Iterable[str]) -> models.QuerySet[InvitationLetter]:
    return InvitationLetter.objects.filter(address_code__in=[code_of(email) for email in emails])
