"""Practices that a person writes with others, and invitations to it (`accounts.personal_data`)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import User
from accounts.personal_data import PersonalData
from operations import retention
from operations.retention import Retention
from practices import co_authors
from practices.models import CoAuthor, CoAuthorInvitation, GoodPractice

TIMES = ("created", "sent", "expires", "accepted", "declined", "revoked")


def register() -> None:
    personal_data.register(
        PersonalData(
            "co-authors",
            what=_(
                "Practices that you write with others, and invitations to it that you sent or that were sent to you"
            ),
            kept=_("until you leave the practice, invitations for a month after they ended"),
            export=_export,
            erase=_erase,
            hold=_hold,
            relations=(
                "practices.CoAuthor.user",
                "practices.CoAuthor.invited_by",
                "practices.CoAuthorInvitation.invited_by",
            ),
        )
    )
    retention.register(
        Retention(
            "ended invitations to write",
            _("Invitations to write a practice that were answered, revoked or ran out"),
            30,
            co_authors.forget,
        )
    )


def _export(user: User) -> dict:
    together = CoAuthor.objects.filter(user=user).order_by("pk")
    received = CoAuthorInvitation.objects.for_addresses_of(user).order_by("pk")
    sent = CoAuthorInvitation.objects.filter(invited_by=user).order_by("pk")
    return {
        "practices": list(together.values("practice__uid", "since")),
        "invitations": list(received.values("practice__uid", "email", *TIMES)),
        "invitations_sent": list(sent.values("practice__uid", "email", *TIMES)),
    }


def _hold(user: User) -> None:
    """Who invites, accepts or removes holds the practice before she writes of people."""
    hers = Q(co_authors__user=user) | Q(co_authors__invited_by=user) | Q(co_author_invitations__invited_by=user)
    hers |= Q(co_author_invitations__email__in=addresses_of(user))
    found = GoodPractice.objects.filter(pk__in=GoodPractice.objects.filter(hers).values("pk"))
    list(found.select_for_update().order_by("pk").values_list("pk"))


def _erase(user: User) -> None:
    """What she writes with others stays theirs; the letters' addresses, which were hers, go."""
    CoAuthorInvitation.objects.for_addresses_of(user).delete()
    CoAuthorInvitation.objects.filter(email__in=addresses_of(user)).delete()
