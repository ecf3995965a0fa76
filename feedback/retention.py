"""Who suggested something is forgotten when it does not matter any more; what was suggested stays with its answer."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from feedback.models import Suggestion

AFTER_ANSWER, UNANSWERED = timedelta(days=180), timedelta(days=365)


def forget() -> None:
    now = timezone.now()
    old = Suggestion.objects.filter(Q(answered__lt=now - AFTER_ANSWER) | Q(created__lt=now - UNANSWERED))
    known = old.exclude(sender=None, sender_name="", sender_email="")
    known.update(sender=None, sender_name="", sender_email="")
