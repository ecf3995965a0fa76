"""Addresses that take no letters: which ones are marked, and what takes the mark away again.

A server that says that there is no such mailbox is believed at once. Any other final answer may speak of us, of the letter or
of a bad day: an address is marked when it was refused so on three different days with no letter taken in between.
"""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

DAYS_OF_REFUSALS = 3
BETWEEN_TRIES = timedelta(days=1)


class UndeliverableQuerySet(models.QuerySet):
    def marked(self) -> "UndeliverableQuerySet":
        return self.filter(since__isnull=False)

    def of(self, *addresses: str) -> "UndeliverableQuerySet":
        return self.filter(digest__in=[digest_of(address) for address in addresses])

    def among(self, addresses) -> bool:
        return self.marked().of(*addresses).exists()

    def mark(self, address: str, reason: str) -> None:
        """There is no such mailbox."""
        self._refused(address, reason, is_enough=True)

    def refuse(self, address: str, reason: str) -> None:
        """Not taken today, for whatever reason."""
        self._refused(address, reason, is_enough=False)

    @transaction.atomic
    def _refused(self, address: str, reason: str, *, is_enough: bool) -> None:
        row, _is_new = self.select_for_update().get_or_create(digest=digest_of(address))
        today = timezone.localdate()
        row.refusals += row.refused_on != today
        row.refused_on = today
        if row.since is None and (is_enough or row.refusals >= DAYS_OF_REFUSALS):
            row.since, row.reason = timezone.now(), reason
        row.save()

    def arrived(self, *addresses: str) -> None:
        """What was counted was a bad day. A mark stays: some servers take everything for a while."""
        self.of(*addresses).filter(since=None, refusals__gt=0).update(refusals=0, refused_on=None)

    def forgive(self, address: str) -> None:
        """A letter has reached her there."""
        self.of(address).delete()

    @transaction.atomic
    def try_again(self, address: str) -> bool:
        """Takes the mark away, at most once a day; whether it did."""
        row = self.select_for_update().marked().of(address).first()
        if row is None or not row.may_be_tried:
            return False
        row.since, row.refusals, row.refused_on, row.tried = None, 0, None, timezone.now()
        row.save()
        return True


class Undeliverable(models.Model):
    """An address whose mail server refuses letters, kept as a digest. Without `since` refusals are only counted."""

    digest = models.CharField(_("digest of the address"), max_length=64, unique=True)
    since = models.DateTimeField(_("since"), null=True, blank=True)
    reason = models.CharField(
        _("reason"), max_length=60, blank=True, help_text=_("The server’s code, never its words.")
    )
    refusals = models.PositiveIntegerField(_("days of refusals"), default=0)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    tried = models.DateTimeField(_("tried again"), null=True, blank=True)

    objects = UndeliverableQuerySet.as_manager()

    class Meta:
        app_label = "notices"
        verbose_name = _("undeliverable address")
        verbose_name_plural = _("undeliverable addresses")
        constraints = [models.CheckConstraint(condition=Q(since=None) | ~Q(reason=""), name="undeliverable_says_why")]

    def __str__(self):
        return self.reason

    @property
    def may_be_tried(self) -> bool:
        return self.tried is None or self.tried < timezone.now() - BETWEEN_TRIES


def since(address: str) -> datetime | None:
    """Since when letters to the address come back; None if they arrive."""
    return Undeliverable.objects.marked().of(address).values_list("since", flat=True).first()


def digest_of(address: str) -> str:
    """Keyed: who has the database alone cannot try addresses on it."""
    return salted_hmac("notices.undeliverable", address.strip().lower(), algorithm="sha256").hexdigest()
