"""What is kept about those who ask for translations, and who make them (`accounts.personal_data`)."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from operations import retention
from translations import proposals
from translations.models import TranslationCall, TranslationRequest


def register() -> None:
    personal_data.register(
        PersonalData(
            "translation requests",
            what=_("Translations that you asked for or took up, and which you were told of"),
            kept=_("a year after they are done or withdrawn"),
            stays=_("that somebody asked for a translation; no longer who, nor the note"),
            export=_export,
            erase=_erase,
            relations=(
                "translations.TranslationRequest.asked_by",
                "translations.TranslationRequest.taken_by",
                "translations.TranslationCall.user",
            ),
        )
    )
    what = _("Requests for translations that are done or withdrawn")
    retention.register(retention.Retention("translation requests", what=what, days=365, forget=forget))
    what = _("What the machine proposed for translations, as a hash")
    retention.register(retention.Retention("machine proposals", what=what, days=365, forget=proposals.forget))


def _export(user: User) -> dict:
    told = ("about_kind", "about_uid", "language", "created", "taken_at", "done_at", "withdrawn_at")
    asked = TranslationRequest.objects.filter(asked_by=user).order_by("pk")
    taken = TranslationRequest.objects.filter(taken_by=user).order_by("pk")
    calls = TranslationCall.objects.filter(user=user).order_by("pk")
    return {
        "asked": list(asked.values(*told, "note")),
        "taken_up": list(taken.values(*told)),
        "told_of": list(calls.values("request__about_kind", "request__about_uid", "request__language", "told_at")),
    }


def _erase(user: User) -> None:
    """What she has not done is free for others."""
    unfinished = TranslationRequest.objects.filter(taken_by=user, done_at=None, withdrawn_at=None)
    unfinished.update(taken_by=None, taken_at=None)
    TranslationRequest.objects.filter(asked_by=user).update(note="")


def forget(before: datetime) -> None:
    """What has ended; and what was asked of a record that is no longer there, at once."""
    TranslationRequest.objects.filter(Q(done_at__lt=before) | Q(withdrawn_at__lt=before)).delete()
    TranslationRequest.objects.of_nothing().delete()
