"""From which source each translated text was made."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TextOriginQuerySet(models.QuerySet):
    def of(self, uids: Iterable[UUID]) -> "TextOriginQuerySet":
        return self.filter(uid__in=list(uids))

    def made_by(self, person) -> "TextOriginQuerySet":
        return self.filter(by=person)


class TextOrigin(models.Model):
    """A pair that is known to belong together: a text, and the text in the original language that it was made from.

    `uid` is the record's; `path` leads to the text in it: `summary`, `building_blocks.<uid of the part>.title`. Texts are
    known by their hashes (`catalogue.origins.text_hash`), so that a pair holds in every draft and in the live text alike.
    `revision` is the one in which both stood together: what the source said then can be read there.
    """

    class State(models.TextChoices):
        HUMAN = "human", _("written by a person")
        MACHINE = "machine", _("translated by a machine")

    uid = models.UUIDField(_("record"))
    path = models.CharField(_("field"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    source_language = models.CharField(_("language of the source"), max_length=5, choices=settings.LANGUAGES)
    source_hash = models.CharField(_("hash of the source"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HUMAN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    revision = models.BigIntegerField(_("revision"), null=True, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = TextOriginQuerySet.as_manager()

    class Meta:
        verbose_name = _("origin of a text")
        verbose_name_plural = _("origins of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["uid", "path", "language", "text_hash", "source_hash"], name="each_origin_known_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(language=models.F("source_language")), name="a_translation_is_in_another_language"
            ),
            models.CheckConstraint(condition=models.Q(state__in=["human", "machine"]), name="text_origin_state"),
        ]

    def __str__(self):
        return f"{self.uid} {self.path} {self.language}"
