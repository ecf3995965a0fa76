"""Other networks whose catalogues stand beside ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Network(models.Model):
    """A network that the portal knows; its harvested entries carry it as their origin."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    homepage = models.URLField(_("home page"), blank=True)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug="all"), name="network_slug_all_means_every_network")
        ]

    def __str__(self):
        return self.name
