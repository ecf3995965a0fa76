"""The one row that every page asks for: what all pages have around them, and since when."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class SiteStateManager(models.Manager):
    def current(self) -> "SiteState":
        return self.get(pk=1)

    def bump(self) -> None:
        """Something that all visitors see has changed: pages kept from before are not shown any more."""
        self.filter(pk=1).update(version=F("version") + 1)


class SiteState(models.Model):
    """One row: `version` grows with every change of a page or a menu; `frame` holds the menus as they are drawn.

    Locked last of all: whoever holds the catalogue's lock may bump it, never the other way round.
    """

    version = models.BigIntegerField(_("version"), default=1)
    frame = models.JSONField(_("menus as they are drawn"), default=dict)

    objects = SiteStateManager()

    class Meta:
        verbose_name = _("state of the site")
        verbose_name_plural = _("state of the site")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_has_one_state")]

    def __str__(self):
        return str(self.version)
