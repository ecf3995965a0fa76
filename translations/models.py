"""Requests for translations, and who is told of them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue import kinds
from catalogue.drafting import written
from catalogue.models import Entry
from catalogue.texts import Reading, in_language
from partners.models import ReviewedRecord

RELEASED_AFTER = timedelta(days=30)


def translated_kinds() -> list[kinds.Kind]:
    """Of whose records a translator is shown all texts; what is written part by part is translated by those who write it."""
    reviewed = (kind for kind in kinds.all_kinds() if issubclass(kind.model, ReviewedRecord))
    return [kind for kind in reviewed if written.is_whole(kind.name)]


def _record_is_there() -> Q:
    there = Q(pk__in=())
    for kind in translated_kinds():
        there |= Q(Exists(kind.model.objects.filter(uid=OuterRef("about_uid"))), about_kind=kind.name)
    return there


class TranslationRequestQuerySet(models.QuerySet):
    def open(self) -> "TranslationRequestQuerySet":
        """Neither done nor withdrawn, and of a record that is still there."""
        return self.filter(_record_is_there(), done_at=None, withdrawn_at=None)

    def of_nothing(self) -> "TranslationRequestQuerySet":
        """Of a draft that was deleted."""
        return self.exclude(_record_is_there())

    def free(self) -> "TranslationRequestQuerySet":
        """Nobody has taken it up."""
        return self.open().filter(taken_by=None)

    def about(self, record) -> "TranslationRequestQuerySet":
        return self.filter(about_kind=kinds.of(record).name, about_uid=record.uid)

    def taken_up_by(self, user) -> "TranslationRequestQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self.open().filter(Exists(_known().filter(pk=user.pk)), taken_by=user.pk)

    def begun_by(self, user) -> "TranslationRequestQuerySet":
        """What she has taken up and not handed over, be it still asked for or not."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_record_is_there(), Exists(_known().filter(pk=user.pk)), taken_by=user.pk, done_at=None)

    def for_speaker(self, user) -> "TranslationRequestQuerySet":
        """Open ones in the languages that she speaks, if she may be asked."""
        if not user.is_authenticated:
            return self.none()
        spoken = user.spoken_languages.values("language")
        return self.open().filter(Exists(speakers().filter(pk=user.pk)), language__in=spoken)

    def overdue(self) -> "TranslationRequestQuerySet":
        """Taken up so long ago that staff may give them to others."""
        return self.open().filter(taken_by__isnull=False, taken_at__lte=timezone.now() - RELEASED_AFTER)

    def with_cards(self) -> "TranslationRequestQuerySet":
        """What the public knows of the records."""
        entries = Entry.objects.visible().ours().filter(uid=OuterRef("about_uid"))
        return self.annotate(card=Subquery(entries.values("card")[:1]))


def speakers() -> models.QuerySet[User]:
    """Who may be asked for translations, and wants to be."""
    return _known().filter(translates=True)


def _known() -> models.QuerySet[User]:
    """A translator reads drafts: an account that belongs to no organisation and has no role is nobody's whom the network
    knows.
    """
    known = Q(memberships__isnull=False) | Q(groups__isnull=False) | Q(is_superuser=True)
    return User.objects.filter(known, is_active=True).distinct()


class TranslationRequest(models.Model):
    """Somebody asks for one record in one language; one person at a time takes it up, and may write these texts alone.

    `titles` is what the record was called in its draft; those who have not taken it up read what the public reads.
    """

    about_kind = models.CharField(gettext_lazy("kind of record"), max_length=20)
    about_uid = models.UUIDField(gettext_lazy("record"))
    titles = models.JSONField(gettext_lazy("title"), default=dict)
    language = models.CharField(gettext_lazy("language"), max_length=5, choices=settings.LANGUAGES)
    source_language = models.CharField(gettext_lazy("original language"), max_length=5, choices=settings.LANGUAGES)
    note = models.TextField(gettext_lazy("note"), max_length=500, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="translations_asked",
    )
    created = models.DateTimeField(gettext_lazy("asked"), default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("taken up by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations_taken",
    )
    taken_at = models.DateTimeField(gettext_lazy("taken up"), null=True, blank=True)
    done_at = models.DateTimeField(gettext_lazy("done"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(gettext_lazy("withdrawn"), null=True, blank=True)

    objects = TranslationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("request for a translation")
        verbose_name_plural = gettext_lazy("requests for translations")
        ordering = ["created", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about_uid", "language"],
                condition=Q(done_at=None, withdrawn_at=None),
                name="translation_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(withdrawn_at=None), name="translation_request_ends_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=False) | Q(taken_by=None, done_at=None),
                name="translation_request_taken_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(language=models.F("source_language")), name="translation_request_into_another_language"
            ),
        ]
        indexes = [models.Index(fields=["taken_by"], name="translation_request_taken")]

    def __str__(self):
        return f"{self.about_kind}/{self.about_uid} → {self.language}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.withdrawn_at is None

    @property
    def is_overdue(self) -> bool:
        return self.taken_by_id is not None and self.taken_at <= timezone.now() - RELEASED_AFTER

    @property
    def symbol(self) -> str:
        return kinds.get(self.about_kind).symbol

    @property
    def draft_title(self) -> str:
        """For its people, and who has taken it up."""
        return self.titles.get(get_language()) or next(iter(self.titles.values()), "")

    @property
    def public_title(self) -> Reading:
        """For everybody else, of `with_cards`: a draft that was never public is not called by its name."""
        if not self.card:
            kind = capfirst(kinds.get(self.about_kind).label)
            return Reading(_("%(kind)s, not public yet") % {"kind": kind}, get_language())
        card = Entry(card=self.card).short
        return in_language(card["title"], get_language(), card["original_language"])


class TranslationCall(models.Model):
    """One person is told of one request, by notice and letter of that day."""

    request = models.ForeignKey(
        TranslationRequest, verbose_name=gettext_lazy("request"), on_delete=models.CASCADE, related_name="calls"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=gettext_lazy("user"), on_delete=models.CASCADE, related_name="+"
    )
    told_at = models.DateTimeField(gettext_lazy("told"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("call for a translation")
        verbose_name_plural = gettext_lazy("calls for translations")
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="translation_call_once")]
        indexes = [models.Index(fields=["user"], condition=Q(told_at=None), name="translation_call_untold")]

    def __str__(self):
        return f"{self.request} · {self.user}"


class MachineProposal(models.Model):
    """A text that the machine proposed for one field, by its hash (`catalogue.origins.text_hash`): where it is saved as it
    came, readers are told that a machine made it.
    """

    uid = models.UUIDField(gettext_lazy("record"))
    path = models.CharField(gettext_lazy("field"), max_length=200)
    language = models.CharField(gettext_lazy("language"), max_length=5, choices=settings.LANGUAGES)
    text_hash = models.CharField(gettext_lazy("hash of the text"), max_length=64)
    made_at = models.DateTimeField(gettext_lazy("made"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("proposal of the machine")
        verbose_name_plural = gettext_lazy("proposals of the machine")
        constraints = [
            models.UniqueConstraint(fields=["uid", "path", "language", "text_hash"], name="machine_proposal_known_once")
        ]

    def __str__(self):
        return f"{self.uid} {self.path} {self.language}"
