"""Whom reviewers asked for advice (`accounts.personal_data`), and how long that is kept."""

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import User
from accounts.personal_data import PersonalData
from operations import retention
from operations.retention import Retention
from reviews import advice
from reviews.outside import OutsideReview

TIMES = ("created", "sent", "expires", "accepted", "declined", "revoked", "given", "closed", "reminded")
TOLD = ("about_kind", "about_uid", "email", "words", "until", "is_named", *TIMES)


def register() -> None:
    personal_data.register(
        PersonalData(
            "outside reviews",
            what=_("Submissions on which you were asked to advise, and whom you asked for advice"),
            kept=_("for a year after the time to answer ended"),
            stays=_("What you said of a text stays beside its fields, without your name."),
            export=_export,
            erase=_erase,
            relations=("reviews.OutsideReview.reviewer", "reviews.OutsideReview.invited_by"),
        )
    )
    words = _("Who was asked to advise on a submission")
    retention.register(Retention("outside reviews", words, 365, advice.forget))


def _export(user: User) -> dict:
    asked = OutsideReview.objects.for_addresses_of(user) | OutsideReview.objects.of(user)
    return {
        "asked": list(asked.order_by("pk").values(*TOLD)),
        "asked by you": list(OutsideReview.objects.filter(invited_by=user).order_by("pk").values(*TOLD)),
    }


def _erase(user: User) -> None:
    OutsideReview.objects.for_addresses_of(user).delete()
    OutsideReview.objects.filter(email__in=addresses_of(user)).delete()
    OutsideReview.objects.of(user).delete()
