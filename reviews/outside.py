"""Experts from outside who are asked to advise on one submission."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from accounts import access
from accounts.acts import Role
from accounts.invited import Invited, InvitedQuerySet, constraints
from catalogue.models.entry import KindName
from partners.models import ACTIVE_REVIEW, ReviewedQuerySet, ReviewedRecord

LONGEST_WORDS = 1000
GRACE = timedelta(days=14)  # after the day by which she was asked to answer


class OutsideReviewQuerySet(InvitedQuerySet):
    def agreed(self) -> "OutsideReviewQuerySet":
        """Accepted, and neither given back nor revoked; her time is not over."""
        taken = self.filter(accepted__isnull=False, closed=None, reviewer__isnull=False)
        return taken.filter(expires__gt=timezone.now())

    def held(self) -> "OutsideReviewQuerySet":
        """Of those, where the review goes on."""
        return self.agreed().filter(review__status__in=ACTIVE_REVIEW)

    def at_work(self) -> "OutsideReviewQuerySet":
        """Of those, where the text waits for a reviewer now: neither for its author nor for its organisation."""
        at_check = Q(review__current_task_state__task__organisationchecktask__isnull=False)
        return self.held().filter(review__status=WorkflowState.STATUS_IN_PROGRESS).exclude(at_check)

    def of(self, user) -> "OutsideReviewQuerySet":
        return self.filter(reviewer=user.pk)

    def late(self) -> "OutsideReviewQuerySet":
        """Who could answer now, and whom nobody has reminded yet."""
        return self.at_work().filter(given=None, reminded=None, until__lt=timezone.localdate())


class OutsideReview(Invited):
    """A reviewer has asked somebody for advice on what waits for a decision. She reads this submission alone, and decides
    nothing.

    `titles` are what it was called then, by language; `language` is that of the letter, as who asks has chosen it. `until` is
    the day by which she is asked to answer, `given` when she said that she has; `closed` when her access ended before the
    review did, `gave_up` whether it was she who ended it.
    """

    review = models.ForeignKey(
        WorkflowState, verbose_name=_("review"), on_delete=models.CASCADE, related_name="outside_reviews"
    )
    about_kind = models.CharField(_("kind of record"), max_length=20, choices=KindName)
    about_uid = models.UUIDField(_("record"))
    titles = models.JSONField(_("title"), default=dict)
    words = models.TextField(_("words of who asks"), max_length=LONGEST_WORDS, blank=True)
    language = models.CharField(_("language of the letter"), max_length=10, blank=True)
    until = models.DateField(_("asked for until"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("outside reviewer"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="outside_reviews",
    )
    given = models.DateTimeField(_("answered"), null=True)
    is_named = models.BooleanField(_("authors may know the name"), default=False)
    closed = models.DateTimeField(_("ended"), null=True)
    gave_up = models.BooleanField(_("given up"), default=False)
    reminded = models.DateTimeField(_("reminded"), null=True)

    objects = OutsideReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside review")
        verbose_name_plural = _("outside reviews")
        ordering = ["created", "pk"]
        constraints = [
            *constraints("outside_review", "review"),
            models.UniqueConstraint(
                fields=["review", "reviewer"], condition=Q(closed=None), name="outside_review_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None, given=None, closed=None) | Q(accepted__isnull=False),
                name="outside_review_begins_when_accepted",
            ),
        ]
        indexes = [
            models.Index(fields=["email"], name="outside_review_of_an_address"),
            models.Index(fields=["about_uid"], name="outside_review_record"),
        ]

    def __str__(self):
        return f"{self.email} → {self.title}"

    @property
    def title(self) -> str:
        return self.titles.get(get_language()) or next(iter(self.titles.values()), "")

    @property
    def is_late(self) -> bool:
        return self.given is None and self.until < timezone.localdate()

    def good_until(self, now: datetime) -> datetime:
        """The letter's link, and what it opens."""
        return timezone.make_aware(datetime.combine(self.until, time.max.replace(microsecond=0))) + GRACE


def read_by(user) -> Q:
    """The rows of records, of any kind, that she has before her as an outside reviewer."""
    uids = OutsideReview.objects.at_work().of(user).values("about_uid")
    return access.rows("reviews.advise", user, {Role.OUTSIDE_REVIEWER: Q(uid__in=uids)})


def advised_by(records: ReviewedQuerySet, user) -> ReviewedQuerySet:
    """Those that she reads so; who has come to write one of them meanwhile, be it a translation, advises on it no more."""
    if not user.is_authenticated:
        return records.none()
    hers = records.model.objects.editable_by(user).values("pk")
    return records.filter(read_by(user)).exclude(pk__in=hers).not_written_by(user)


def advises(record: ReviewedRecord, user) -> OutsideReview | None:
    """As what she reads the record now, if she does."""
    if not advised_by(type(record).objects.all(), user).filter(pk=record.pk).exists():
        return None
    return OutsideReview.objects.at_work().of(user).filter(about_uid=record.uid).first()
