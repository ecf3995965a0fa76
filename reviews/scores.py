"""What those who read a submission scored, each for herself, of one revision."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState

from partners.models import ReviewedRecord
from reviews.criteria import Criterion

LONGEST_NOTE = 1000
LONGEST_REMARK = 5000


class Value(models.IntegerChoices):
    """How far the answer to a criterion's question is yes."""

    NOT_AT_ALL = 0, _("not at all")
    HARDLY = 1, _("hardly")
    IN_PART = 2, _("in part")
    LARGELY = 3, _("largely")
    FULLY = 4, _("fully")


class AssessmentQuerySet(models.QuerySet):
    def about(self, record: ReviewedRecord) -> "AssessmentQuerySet":
        """Of all its revisions, in the order in which they were submitted."""
        model = ContentType.objects.get_for_model(type(record))
        return self.filter(review__base_content_type=model, review__object_id=str(record.pk))

    def with_scores(self) -> "AssessmentQuerySet":
        return self.select_related("reviewer").prefetch_related("scores__criterion")


class Assessment(models.Model):
    """One person's scores of one revision. `remark` and `recommendation` are for those who review, not for authors."""

    class Role(models.TextChoices):
        """As what she scores: only those who decide can block."""

        REVIEWER = "reviewer", _("reviewer")
        OUTSIDE = "outside", _("outside reviewer")

    class Recommendation(models.TextChoices):
        PUBLISH = "publish", _("publish it")
        CHANGE = "change", _("ask for changes")
        REJECT = "reject", _("do not publish it")

    review = models.ForeignKey(
        WorkflowState, verbose_name=_("review"), on_delete=models.CASCADE, related_name="assessments"
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    recommendation = models.CharField(_("recommendation"), max_length=10, choices=Recommendation, blank=True)
    remark = models.TextField(_("remark"), max_length=LONGEST_REMARK, blank=True)
    created = models.DateTimeField(_("when"), default=timezone.now)
    changed = models.DateTimeField(_("changed"), default=timezone.now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["created", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "reviewer"], name="assessment_once_per_person_and_revision")
        ]

    def __str__(self):
        return f"{self.review_id}: {self.get_role_display()}"

    @property
    def reviewer_in_words(self) -> str:
        return (self.reviewer.get_full_name() if self.reviewer else "") or str(_("somebody"))

    @property
    def percent(self) -> int | None:
        """The weighted mean of what she scored, 100 where all is answered with *fully*; None without any score."""
        scores = list(self.scores.all())
        most = sum(Value.FULLY * score.criterion.weight for score in scores)
        return half_up(100 * sum(score.value * score.criterion.weight for score in scores), most) if most else None


def half_up(number: int, by: int) -> int:
    """The quotient as people round it: 62.5 is 63."""
    return (2 * number + by) // (2 * by)


class Score(models.Model):
    assessment = models.ForeignKey(
        Assessment, verbose_name=_("assessment"), on_delete=models.CASCADE, related_name="scores"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.PROTECT, related_name="scores"
    )
    value = models.PositiveSmallIntegerField(_("score"), choices=Value)
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__order", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=Value.FULLY), name="score_from_nought_to_four"),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.value}"
