"""What those who read a submission say about its fields, and what its authors answer."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState, WorkflowState

from catalogue.models.entry import KindName
from partners.models import ReviewedRecord
from reviews.criteria import Criterion
from reviews.outside import OutsideReview
from reviews.scores import Assessment, Score

__all__ = [
    "Assessment",
    "Criterion",
    "FieldComment",
    "FieldCommentQuerySet",
    "OutsideReview",
    "Score",
    "open_threads_of",
]

LONGEST_COMMENT = 5000


class FieldCommentQuerySet(models.QuerySet):
    def about(self, record: ReviewedRecord) -> "FieldCommentQuerySet":
        """Those that still matter: a text that was approved has nothing left to be said about it."""
        return self.filter(about_uid=record.uid, review__gt=approved_last(type(record), str(record.pk)))

    def sent(self) -> "FieldCommentQuerySet":
        """What authors see: not what a reviewer has noted and not sent yet."""
        return self.filter(sent_at__isnull=False)

    def sent_or_by(self, user) -> "FieldCommentQuerySet":
        """What an outside reviewer sees: her own, and what its authors have seen."""
        return self.filter(Q(sent_at__isnull=False) | Q(author=user))

    def threads(self) -> "FieldCommentQuerySet":
        """The comments that others answer."""
        return self.filter(parent=None)

    def open(self) -> "FieldCommentQuerySet":
        return self.threads().filter(resolved_at=None)


def approved_last(model: type[ReviewedRecord], key: str | Cast) -> Coalesce:
    """The key of the record's last review that ended well; reviews are numbered as they begin."""
    approved = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model), object_id=key, status=WorkflowState.STATUS_APPROVED
    ).order_by()
    return Coalesce(Subquery(approved.values("object_id").annotate(last=Max("pk")).values("last")), 0)


class FieldComment(models.Model):
    """A comment on one field of what was submitted, or an answer to one.

    `field` is named as the form names it (`summary`, `places`), "" for the whole; `child` is the uid of the part of the record
    in which the field stands, where it has several; `language` that of the text, "" for all of them. What reviewers note,
    authors see from `sent_at` on.
    """

    class Role(models.TextChoices):
        """As what its author spoke."""

        REVIEWER = "reviewer", _("reviewer")
        OUTSIDE = "outside", _("outside reviewer")
        CHECKER = "checker", _("for the organisation")
        AUTHOR = "author", _("author")

    about_kind = models.CharField(_("kind of record"), max_length=20, choices=KindName)
    about_uid = models.UUIDField(_("record"))
    review = models.ForeignKey(
        WorkflowState, verbose_name=_("review"), on_delete=models.CASCADE, related_name="field_comments"
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    field = models.CharField(_("field"), max_length=100, blank=True)
    child = models.UUIDField(_("part"), null=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("answers"), null=True, on_delete=models.CASCADE, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    is_named = models.BooleanField(_("authors may know the outside reviewer"), default=False)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    created = models.DateTimeField(_("when"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    resolved_at = models.DateTimeField(_("settled"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("settled by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = FieldCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a field")
        verbose_name_plural = _("comments on fields")
        ordering = ["created", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="field_comment_says_something"),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(resolved_at=None), name="field_comment_is_settled_as_a_thread"
            ),
            models.CheckConstraint(
                condition=Q(resolved_by=None) | Q(resolved_at__isnull=False), name="field_comment_settled_has_a_time"
            ),
        ]
        indexes = [models.Index(fields=["about_uid"], name="field_comment_record")]

    def __str__(self):
        return f"{self.about_kind} {self.about_uid}: {self.field}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def author_in_words(self) -> str:
        return (self.author.get_full_name() if self.author else "") or capfirst(_("somebody"))


def open_threads_of(model: type[ReviewedRecord]) -> QuerySet[FieldComment]:
    """The open comments that were sent, of the record at hand in a query of the model."""
    key = Cast(OuterRef(OuterRef("pk")), CharField())
    last = approved_last(model, key)
    return FieldComment.objects.open().sent().filter(about_uid=OuterRef("uid"), review__gt=last)


class Reminder(models.Model):
    """A person was reminded for the `number`th time: of all that waits for her decision, or of what was sent back to her.

    The number is the database's word that two workers write one letter.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    decision = models.ForeignKey(
        TaskState, verbose_name=_("sent back by"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    number = models.PositiveIntegerField(_("number"))
    sent = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["sent", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "number"], condition=Q(decision=None), name="reminder_of_decisions_once"
            ),
            models.UniqueConstraint(fields=["user", "decision", "number"], name="reminder_of_changes_once"),
        ]

    def __str__(self):
        return f"{self.user_id} {self.sent:%Y-%m-%d}"
