"""The end of an account: one transaction, after which nothing in the portal leads to the person.

What she wrote for an organisation and what was published stays, without her (`PersonalData.stays`).
"""

from email.utils import parseaddr

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models.functions import Lower
from django.utils import translation

from accounts import elsewhere, letters, personal_data
from accounts.models import User
from accounts.scrubbing import Scrubber, scrub
from operations import audit


class LastAdmin(Exception):
    """Nobody else could give roles, open accounts or read the log."""


TRIES = 3  # somebody may be writing about her at this very moment


def erase(*, user: User, by: User | None, tell: bool = True) -> bool:
    """Takes away the account and all that leads to the person. False if somebody else has done it already.

    Raises LastAdmin. The letter that tells her is written last, and the outbox keeps nothing of it once it is sent; none is
    written without `tell`, nor to an address that may be anybody's.
    """
    for left in reversed(range(1 if connection.in_atomic_block else TRIES)):
        try:
            return _erase(user=user, by=by, tell=tell)
        except (OperationalError, IntegrityError):
            if not left:
                raise
    raise AssertionError("The last try returns or raises.")


@transaction.atomic
def erase_unconfirmed(user: User) -> None:
    """An account that nobody has ever come into, unless somebody comes into it now. No letter: the address may be anybody's."""
    held = User.objects.select_for_update().filter(pk=user.pk, last_login=None).first()
    if held and not held.is_superuser and not held.emailaddress_set.filter(verified=True).exists():
        erase(user=held, by=None, tell=False)


@transaction.atomic
def _erase(*, user: User, by: User | None, tell: bool) -> bool:
    for kept in personal_data.all_kept():
        kept.hold(user)
    held = _locked(user)
    if held is None:
        return False
    addresses = addresses_of(held)
    for kept in personal_data.all_kept():
        kept.erase(held)
    audit.note("account.erased", by=by if by != held else None)
    end_sessions(held, addresses)
    farewell = _farewell(held) if tell and not held.is_demo and held.email.lower() in addresses else None
    held.delete()
    changed = scrub(addresses)
    for kept in personal_data.all_kept():
        kept.scrubbed(changed)
    if farewell:
        farewell.send()
    return True


def _locked(user: User) -> User | None:
    """Her row, and those of all admins, in the order of their numbers: two of the last three cannot leave at once."""
    admins = User.objects.filter(is_superuser=True, is_active=True, is_demo=False)
    wanted = User.objects.filter(pk=user.pk) | admins
    # who only refers to her goes on meanwhile
    rows = {each.pk: each for each in wanted.select_for_update(no_key=True).order_by("pk")}
    held = rows.pop(user.pk, None)
    if held and is_admin(held) and not rows:
        raise LastAdmin
    return held


def is_last_admin(user: User) -> bool:
    others = User.objects.filter(is_superuser=True, is_active=True, is_demo=False).exclude(pk=user.pk)
    return is_admin(user) and not others.exists()


def is_admin(user: User) -> bool:
    return user.is_superuser and user.is_active and not user.is_demo


def addresses_of(user: User) -> set[str]:
    """All that are or were hers, as she, the staff or the other side has confirmed.

    What anybody may have typed is none of hers, nor what is somebody else's now, nor the portal's own.
    """
    found = set(user.emailaddress_set.filter(verified=True).values_list("email", flat=True))
    found |= set(user.former_addresses.values_list("email", flat=True))
    for account in SocialAccount.objects.filter(user=user):
        found |= elsewhere.confirmed_in(account.extra_data)
    found = {address.strip().lower() for address in found if address}
    return found - _of_others(user, found) - _of_the_portal()


def _of_others(user: User, addresses: set[str]) -> set[str]:
    others = User.objects.exclude(pk=user.pk).annotate(hers=Lower("email"))
    confirmed = EmailAddress.objects.exclude(user=user.pk).filter(verified=True).annotate(hers=Lower("email"))
    found = (rows.filter(hers__in=addresses).values_list("hers", flat=True) for rows in (others, confirmed))
    return {email for emails in found for email in emails}


def _of_the_portal() -> set[str]:
    return {parseaddr(sender)[1].lower() for sender in (settings.DEFAULT_FROM_EMAIL, settings.SERVER_EMAIL)}


def end_sessions(user: User, addresses: set[str]) -> None:
    """Those in which she is signed in, and those that tell her address."""
    scrubber = Scrubber(addresses)
    ended = []
    for session in Session.objects.iterator(chunk_size=200):
        told = session.get_decoded()
        if str(told.get(SESSION_KEY)) == str(user.pk) or scrubber.tells(told):
            ended.append(session.pk)
    Session.objects.filter(pk__in=ended).delete()


def _farewell(user: User):
    with translation.override(user.language):
        letter = letters.write("account/email/account_erased", [user.email], {"user": user})
    letter.forget_when_sent = True
    return letter
