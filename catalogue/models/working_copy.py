"""What somebody has typed into the form of a record and not saved yet."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

FROM_DOCUMENT = "document"  # begins the stamp of what a window has not sent


class WorkingCopyQuerySet(models.QuerySet):
    def of(self, person) -> "WorkingCopyQuerySet":
        return self.filter(person=person)

    def at(self, *, kind: str, record: UUID, place: str = "") -> "WorkingCopyQuerySet":
        return self.filter(kind=kind, record=record, place=place)


class WorkingCopy(models.Model):
    """One row for each person and record, overwritten while she types; nobody else reads it.

    `record` is the uid of the record, or the one that it will have when she first saves it. `place` tells apart what is
    written of one record in several forms (the parts of a project: the organisation's uid). `typed` is what the form would
    have sent: name → values. `revision` is what she had before her when she began. `stamp` names the sending that was kept
    last, so that two windows of hers do not overwrite each other unseen.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="working_copies"
    )
    kind = models.CharField(_("kind"), max_length=40)
    record = models.UUIDField(_("record"))
    place = models.CharField(_("place"), max_length=40, blank=True, default="")
    typed = models.JSONField(_("what was typed"), default=dict)
    revision = models.BigIntegerField(_("revision"), null=True, blank=True)
    stamp = models.CharField(_("stamp"), max_length=40)
    began_at = models.DateTimeField(_("begun"), auto_now_add=True)
    saved_at = models.DateTimeField(_("last saved"), db_index=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "record", "place"], name="one_working_copy_a_person")
        ]

    def __str__(self):
        return f"{self.kind}/{self.record}"

    @property
    def is_from_document(self) -> bool:
        """Whether it is what was read of a document, and nothing has been typed since."""
        return self.stamp.startswith(FROM_DOCUMENT)
