"""Where networks want to be told of changes, and what was sent there."""

import secrets
from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.models.client import Client
from operations.addresses import parts_of

CLAIM = timedelta(minutes=2)  # longer than any try takes; then a killed worker's message is taken by another


def new_message_id() -> str:
    return f"msg_{secrets.token_urlsafe(18)}"


class Endpoint(models.Model):
    """One address of a network. Its secrets are sealed; while they are changed two are good.

    `told_epoch` and `told_position` say up to where it was told, or a delivery of it waits. `last_tried`: whose turn it is.
    """

    class Stopped(models.TextChoices):
        OWNER = "owner", _("you stopped it")
        GONE = "gone", _("the receiver answered 410: it is there no longer")
        FAILING = "failing", _("nothing arrived for three days")
        STAFF = "staff", _("the portal’s staff stopped it")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, verbose_name=_("network"), on_delete=models.CASCADE, related_name="endpoints")
    url = models.URLField(_("address"), max_length=500)
    kinds = models.JSONField(_("kinds of records"), default=list, blank=True)
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True)
    told_epoch = models.CharField(max_length=16, blank=True)
    told_position = models.BigIntegerField(default=0)
    last_tried = models.DateTimeField(null=True)
    created = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    disabled = models.DateTimeField(_("stopped"), null=True)
    why = models.CharField(_("why"), max_length=10, choices=Stopped, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "url"], name="endpoint_once_in_a_network"),
            models.CheckConstraint(condition=~Q(secret=""), name="endpoint_has_a_secret"),
            models.CheckConstraint(
                condition=Q(former_secret="", former_until=None)
                | (~Q(former_secret="") & Q(former_until__isnull=False)),
                name="endpoint_former_secret_ends",
            ),
            models.CheckConstraint(
                condition=Q(disabled=None, why="") | (Q(disabled__isnull=False) & ~Q(why="")),
                name="endpoint_says_why_it_stopped",
            ),
        ]

    def __str__(self):
        return self.url

    @property
    def host(self) -> str:
        """For others: what stands behind it may be as good as a password."""
        parts = parts_of(self.url)
        return (parts and parts.hostname) or ""

    @property
    def has_two_secrets(self) -> bool:
        return self.former_until is not None and self.former_until > timezone.now()


class Delivery(models.Model):
    """One message for one endpoint, the same bytes at each try. `once`: a test, or sent again by hand: one try, whatever comes.

    `tries`: list of {at, status (None without an answer), ms, reason, late (seconds behind its time)}. `hurried`: how many of
    them somebody did not wait for.
    """

    late = timedelta()  # the try that is under way

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        DELIVERED = "delivered", _("arrived")
        FAILED = "failed", _("did not arrive")

    endpoint = models.ForeignKey(
        Endpoint, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries"
    )
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    body = models.TextField()
    once = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    hurried = models.PositiveSmallIntegerField(default=0)
    tries = models.JSONField(default=list)
    created = models.DateTimeField(_("when"), default=timezone.now)
    due = models.DateTimeField(_("next try"), default=timezone.now)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(state="waiting", once=False), name="delivery_one_waits_for_an_endpoint"
            ),
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(state="waiting", once=True), name="delivery_one_waits_by_hand"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="delivery_says_something"),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(state="waiting"), name="delivery_due")]

    def __str__(self):
        return self.message_id

    @property
    def is_taken(self) -> bool:
        """Whether it is being sent."""
        now = timezone.now()
        return self.attempts > len(self.tries) and now < self.due <= now + CLAIM

    @property
    def last_try(self) -> dict | None:
        return self.tries[-1] if self.tries else None
