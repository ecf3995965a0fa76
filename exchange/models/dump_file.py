"""The ready-made files of dumps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.entry import KindName


class DumpFile(models.Model):
    """One file: a kind in a format, plain or compressed. `epoch` and `position` say how far the catalogue was before its rows.

    While it is made it has no name yet, and `records` counts those of `expected` that are written.
    """

    class State(models.TextChoices):
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FORMER = "former", _("replaced by a newer one")

    class Compression(models.TextChoices):
        NONE = "", _("not compressed")
        GZIP = "gz", "gzip"
        ZSTANDARD = "zst", "Zstandard"

    kind = models.CharField(_("kind"), max_length=20, choices=KindName)
    format = models.CharField(_("format"), max_length=10)
    compression = models.CharField(_("compression"), max_length=3, choices=Compression, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MAKING)
    name = models.CharField(_("name"), max_length=100, blank=True)
    epoch = models.CharField(max_length=16)
    position = models.BigIntegerField(_("position"))
    expected = models.PositiveIntegerField(_("expected records"), default=0)
    records = models.PositiveIntegerField(_("records"), default=0)
    size = models.BigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    at_work = models.DateTimeField(_("last worked at"))
    made = models.DateTimeField(_("made"), null=True)
    replaced = models.DateTimeField(_("replaced"), null=True)

    class Meta:
        verbose_name = _("ready-made dump")
        verbose_name_plural = _("ready-made dumps")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "format", "compression"],
                condition=Q(state="making"),
                name="dumpfile_is_made_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["kind", "format", "compression"], condition=Q(state="ready"), name="dumpfile_one_is_ready"
            ),
            models.UniqueConstraint(fields=["name"], condition=~Q(name=""), name="dumpfile_name_is_its_own"),
            models.CheckConstraint(
                condition=Q(state="making", name="", sha256="", made=None, replaced=None)
                | (Q(state="ready", made__isnull=False, replaced=None) & ~Q(name="") & ~Q(sha256=""))
                | (Q(state="former", made__isnull=False, replaced__isnull=False) & ~Q(name="") & ~Q(sha256="")),
                name="dumpfile_is_told_when_made",
            ),
        ]

    def __str__(self):
        return self.name or f"{self.kind}.{self.format}"

    @property
    def cursor(self) -> str:
        """Where the feed of changes continues."""
        return f"{self.epoch}-{self.position}"
