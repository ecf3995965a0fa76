"""Addresses that somebody typed who never showed that they are hers."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef

from accounts import erasure
from accounts.models import User


def release(email: str) -> None:
    """Whoever has shown that the address is hers finds nothing of others behind it.

    An account that nobody has ever come into goes, with its name and its consents; from one with another, confirmed address
    this one goes. Where staff wrote it down for an account in use, it stays: that is hers.
    """
    claims = EmailAddress.objects.filter(email=email.lower(), verified=False)
    confirmed = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
    claims.filter(Exists(confirmed)).delete()
    for user in User.objects.filter(emailaddress__in=claims, last_login=None, former_addresses=None):
        erasure.erase_unconfirmed(user)
