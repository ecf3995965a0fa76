"""Who suggested something is forgotten when it does not matter any more; what was suggested stays with its answer."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feedback.models import Suggestion
from operations import retention
from operations.retention import Retention


def register() -> None:
    for each in (
        Retention("answered suggestions", _("Who suggested a change, after it was answered"), 180, forget_answered),
        Retention("open suggestions", _("Who suggested a change that nobody has answered"), 365, forget_unanswered),
    ):
        retention.register(each)


def forget_answered(before: datetime) -> None:
    _forget(Suggestion.objects.filter(answered__lt=before))


def forget_unanswered(before: datetime) -> None:
    _forget(Suggestion.objects.filter(created__lt=before))


def _forget(old: QuerySet[Suggestion]) -> None:
    old.exclude(sender=None, sender_name="", sender_email="").update(sender=None, sender_name="", sender_email="")
