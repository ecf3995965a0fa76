"""The pulse of the portal's background work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
