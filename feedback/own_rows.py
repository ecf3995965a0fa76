"""What is kept about people who suggest changes, and about those who answer (`accounts.personal_data`)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import User
from accounts.personal_data import PersonalData
from feedback.models import Suggestion


def register() -> None:
    personal_data.register(
        PersonalData(
            "suggestions",
            what=_("What you suggested to change in records, and what you answered to others’ suggestions"),
            kept=_("that it was you: half a year after the answer, a year at most"),
            stays=_("A suggestion and its answer stay, without any name: they tell why a record was changed."),
            export=_export,
            erase=_erase,
            relations=("feedback.Suggestion.sender", "feedback.Suggestion.answered_by"),
        )
    )


def _export(user: User) -> dict:
    told = ("about_kind", "about_uid", "version", "part", "text", "source", "created", "state", "answer", "answered")
    return {
        "suggested": list(_suggested_by(user).order_by("pk").values(*told)),
        "answered": list(Suggestion.objects.filter(answered_by=user).order_by("pk").values(*told)),
    }


def _erase(user: User) -> None:
    _suggested_by(user).update(sender=None, sender_name="", sender_email="")


def _suggested_by(user: User):
    """Signed in, or without it but from an address of hers."""
    return Suggestion.objects.filter(Q(sender=user) | Q(sender_email__in=addresses_of(user)))
