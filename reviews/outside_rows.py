"""Whom reviewers asked for advice (`accounts.personal_data`), and how long that is kept."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import User
from accounts.personal_data import PersonalData
from operations import retention
from operations.retention import Retention
from reviews import advice
from reviews.outside import OutsideReview
from reviews.work import reviewed_kinds

TIMES = ("created", "sent", "expires", "accepted", "declined", "revoked", "given", "closed", "reminded")
TOLD = ("about_kind", "about_uid", "email", "words", "until", "language", "is_named", "gave_up", *TIMES)


def register() -> None:
    personal_data.register(
        PersonalData(
            "outside reviews",
            what=_("Submissions on which you were asked to advise, and whom you asked for advice"),
            kept=_("for a year after the time to answer ended"),
            stays=_(
                "What you said of a text stays beside its fields, without your name. That you asked somebody stays, without"
                " your name and your words."
            ),
            export=_export,
            erase=_erase,
            hold=_hold,
            relations=("reviews.OutsideReview.reviewer", "reviews.OutsideReview.invited_by"),
        )
    )
    words = _("Who was asked to advise on a submission")
    retention.register(Retention("outside reviews", words, 365, advice.forget))


def _export(user: User) -> dict:
    return {
        "asked": list(_asked(user).order_by("pk").values(*TOLD)),
        "asked by you": list(OutsideReview.objects.filter(invited_by=user).order_by("pk").values(*TOLD)),
    }


def _asked(user: User) -> QuerySet[OutsideReview]:
    return OutsideReview.objects.for_addresses_of(user) | OutsideReview.objects.of(user)


def _hold(user: User) -> None:
    """Who asks, accepts or revokes holds the record before she writes of people."""
    about = (_asked(user) | OutsideReview.objects.filter(invited_by=user)).order_by().values("about_uid")
    for kind in reviewed_kinds():
        records = kind.model.objects.filter(uid__in=about)
        list(records.select_for_update().order_by("pk").values_list("pk"))


def _erase(user: User) -> None:
    OutsideReview.objects.for_addresses_of(user).delete()
    OutsideReview.objects.filter(email__in=addresses_of(user)).delete()
    OutsideReview.objects.of(user).delete()
    OutsideReview.objects.filter(invited_by=user).update(words="")
