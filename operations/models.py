"""The pulse of the portal's background work, and the log of who did what."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=731)  # of the audit log: two years, leap days included; the database keeps it as long


class Heartbeat(models.Model):
    """When a piece of background work last began, last succeeded, and what it last died of."""

    work = models.CharField(_("work"), max_length=60, unique=True)
    began = models.DateTimeField(_("last began"))
    succeeded = models.DateTimeField(_("last succeeded"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self):
        return self.work


class AuditEntryQuerySet(models.QuerySet):
    """What happened stays as it was written: the database refuses, too (`operations.guards`)."""

    def update(self, **fields):
        raise TypeError("Nobody edits the audit log.")

    def delete(self):
        raise TypeError("Nobody deletes from the audit log; what is too old is forgotten.")

    def of_person(self, words: str) -> "AuditEntryQuerySet":
        """What the person did, or what was done about her: every word is in her address or name."""
        found = self
        for word in words.split():
            fields = ("email", "first_name", "last_name")
            said = [Q(**{f"{person}__{field}__icontains": word}) for person in ("actor", "whom") for field in fields]
            found = found.filter(reduce(or_, said))
        return found

    def unname(self, person) -> None:
        """Nobody reads any longer that it was she, where her account is erased but its row stays."""
        for link in ("actor", "whom"):
            super(AuditEntryQuerySet, self.filter(**{link: person})).update(**{link: None})

    def forget(self) -> int:
        """Takes away what is older than the database wants to keep it; returns how many entries went."""
        outdated = self.filter(at__lt=timezone.now() - KEPT)
        return super(AuditEntryQuerySet, outdated).delete()[0]


class AuditEntry(models.Model):
    """Who did what, and when. It names no one but by the two links, which end when a person is erased."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who did it"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    what = models.CharField(_("what"), max_length=60, help_text=_("A registered word, such as role.given."))
    about_kind = models.CharField(_("kind of record"), max_length=40, blank=True)
    about_uid = models.UUIDField(_("record"), null=True)
    about_title = models.CharField(_("as it was called then"), max_length=300, blank=True)
    whom = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whom it concerns"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    facts = models.JSONField(_("facts"), default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="auditentry_says_what"),
            models.CheckConstraint(
                condition=Q(about_kind="", about_uid=None) | (~Q(about_kind="") & Q(about_uid__isnull=False)),
                name="auditentry_is_about_a_record_or_none",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="auditentry_latest"),
            models.Index(fields=["about_uid"], name="auditentry_about"),
        ]

    def __str__(self):
        return self.what

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("Nobody edits the audit log.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Nobody deletes from the audit log; what is too old is forgotten.")


class LinkCheck(models.Model):
    """What was found the last time that somebody looked at an address that a text links to (`operations.link_checks`)."""

    class State(models.TextChoices):
        NEW = "new", _("not looked at yet")
        FINE = "fine", _("is there")
        DEAD = "dead", _("is gone")
        UNSURE = "unsure", _("nobody could say")

    class Reason(models.TextChoices):
        GONE = "gone", _("the page is not there any more")
        NO_NAME = "no_name", _("there is no such site")
        REFUSED = "refused", _("the site refuses connections, on several days")
        CLOSED = "closed", _("the site refused the connection")
        ANSWER = "answer", _("the site answered otherwise")
        SLOW = "slow", _("the site took too long")
        UNREADABLE = "unreadable", _("the answer could not be read")
        NOT_LOOKED = "not_looked", _("it is no address of the open internet")

    address = models.URLField(_("address"), max_length=500, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    moved_to = models.CharField(_("is now at"), max_length=500, blank=True)
    checked = models.DateTimeField(_("looked at"), null=True)
    refused_since = models.DateTimeField(_("refused since"), null=True)
    named = models.DateTimeField(_("last seen in a text"), default=timezone.now)

    class Meta:
        verbose_name = _("looked at link")
        verbose_name_plural = _("looked at links")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", checked=None) | (~Q(state="new") & Q(checked__isnull=False)),
                name="linkcheck_new_until_looked_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "fine"], reason="") | (Q(state__in=["dead", "unsure"]) & ~Q(reason="")),
                name="linkcheck_says_why",
            ),
        ]
        indexes = [models.Index(fields=["checked"], name="linkcheck_oldest")]

    def __str__(self):
        return self.address
