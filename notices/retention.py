"""What is kept of notices and letters, and how long (`operations.retention`)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from notices import outbox
from notices.models import Digest, Notification
from operations import retention
from operations.retention import Retention


def register() -> None:
    for each in (
        Retention("letters", _("Letters, after they were sent or given up"), outbox.KEPT.days, outbox.forget),
        Retention("letters of the day", _("On which days you had the letter of the day"), 30, forget_digests),
        Retention("read notices", _("Notices that you have read"), 180, forget_read),
        Retention("unread notices", _("Notices that you have not read"), 365, forget_unread),
    ):
        retention.register(each)


def forget_digests(before: datetime) -> None:
    Digest.objects.filter(day__lt=before.date()).delete()


def forget_read(before: datetime) -> None:
    Notification.objects.filter(read_at__lt=before).delete()


def forget_unread(before: datetime) -> None:
    Notification.objects.unread().filter(created__lt=before).delete()
