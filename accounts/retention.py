"""What the accounts keep for a time only (`operations.retention`)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts import erasure, invited
from accounts.models import Consent, User
from accounts.sessions import forget_ended
from operations import retention
from operations.retention import Retention


def register() -> None:
    for each in (
        Retention("unconfirmed", _("An account whose address was never confirmed"), 14, forget_unconfirmed),
        Retention(
            "invitation letters",
            _("That you sent an invitation by letter, and a code of the address: so many a day are sent"),
            1,
            invited.forget_letters,
        ),
        Retention("sessions", _("Where you are signed in, if you do not sign out"), 14, forget_sessions),
        Retention(
            "consents", _("That you agreed to something, after you have taken it back"), 3 * 366, forget_consents
        ),
    ):
        retention.register(each)


def forget_unconfirmed(before: datetime) -> None:
    """Accounts that nobody has ever come into. No letter goes to an address that may be anybody's.

    One whose confirmed address staff has replaced waits for her to confirm the new one, however long ago it was opened.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    asked = EmailAddress.objects.filter(user=OuterRef("pk"))
    people = User.objects.filter(Exists(asked), ~Exists(confirmed), last_login=None, date_joined__lt=before)
    people = people.filter(former_addresses=None)
    for user in people.filter(is_staff=False, is_superuser=False).order_by("pk"):
        erasure.erase_unconfirmed(user)


def forget_sessions(before: datetime) -> None:
    """By their own end (SESSION_COOKIE_AGE), which may be earlier."""
    forget_ended()


def forget_consents(before: datetime) -> None:
    Consent.objects.filter(withdrawn__lt=before).delete()
