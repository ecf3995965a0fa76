"""The catalogue's clock: who holds this row may publish."""

import secrets
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_epoch() -> str:
    """A random id; a mirror that meets another one starts anew."""
    return secrets.token_hex(4)


class CatalogueStateManager(models.Manager):
    def lock(self) -> "CatalogueState":
        """The single row, locked until the transaction ends; on SQLite the IMMEDIATE transaction itself is the lock."""
        return self.select_for_update().get(pk=1)

    def current(self) -> "CatalogueState":
        return self.get(pk=1)

    def advance(self) -> tuple[int, datetime]:
        """The next position and its time in whole seconds. With the lock held both only grow, in commit order."""
        state = self.lock()
        now = timezone.now().replace(microsecond=0)
        state.modified = max(now, state.modified) if state.modified else now
        state.position += 1
        state.save(update_fields=["position", "modified"])
        return state.position, state.modified


class CatalogueState(models.Model):
    """One row: the feed's epoch, the highest position handed out, the latest `modified` given."""

    epoch = models.CharField(max_length=16, default=new_epoch)
    position = models.BigIntegerField(_("position"), default=0)
    modified = models.DateTimeField(null=True)

    objects = CatalogueStateManager()

    class Meta:
        verbose_name = _("state of the catalogue")
        verbose_name_plural = _("state of the catalogue")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="catalogue_has_one_state")]

    def __str__(self):
        return f"{self.epoch}-{self.position}"
