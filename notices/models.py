"""What the portal tells people: notices in the portal, and letters of the day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from notices.undeliverable import Undeliverable

__all__ = ["Digest", "Notification", "Undeliverable"]


class NotificationQuerySet(models.QuerySet):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def untold(self) -> "NotificationQuerySet":
        """Neither read in the portal nor in a letter."""
        return self.unread().filter(told_at=None)


class Notification(models.Model):
    """One thing that one person should know. What it is about is named as it was called then, in every language."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recipient"), on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(_("kind"), max_length=40)
    about_kind = models.CharField(_("kind of record"), max_length=20, blank=True)
    about_uid = models.UUIDField(_("record"), null=True, blank=True)
    titles = models.JSONField(_("title"), default=dict, help_text=_("By language."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose account did it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor = models.CharField(_("who did it"), max_length=300, blank=True, help_text=_("A name, as others see it."))
    path = models.CharField(
        _("address"), max_length=300, help_text=_("Below the language; from the root with a slash.")
    )
    created = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    told_at = models.DateTimeField(_("told by letter"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = [F("read_at").asc(nulls_first=True), "-created", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="") & ~Q(path=""), name="notification_says_what_and_where"),
            models.CheckConstraint(
                condition=Q(about_kind="", about_uid=None) | (~Q(about_kind="") & Q(about_uid__isnull=False)),
                name="notification_is_about_a_record_or_none",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created"], name="notification_of_a_person"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=["about_uid"], name="notification_about"),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.titles.get(get_language()) or next(iter(self.titles.values()), "")


class Digest(models.Model):
    """A person had her letter of that day, or nothing was to be told: she has no second one."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("recipient"), on_delete=models.CASCADE)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("letter of the day")
        verbose_name_plural = _("letters of the day")
        constraints = [models.UniqueConstraint(fields=["recipient", "day"], name="digest_once_a_day")]

    def __str__(self):
        return f"{self.day:%Y-%m-%d}"
