"""The only writer of scores, and what a 0 does: given by somebody who may decide, where the criterion can block, it keeps the
revision from being published for as long as it stands.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision, TaskState

from accounts.models import User
from catalogue import kinds, reviewing
from operations import audit
from partners.models import ReviewedRecord
from reviews.criteria import Criterion, CriterionQuerySet
from reviews.outside import advises
from reviews.scores import Assessment, Score, Value

Role = Assessment.Role
AUDITED: dict[str, str | Promise] = {"review.scored": gettext_lazy("Scored in a review")}


class Given(NamedTuple):
    value: int
    note: str = ""


class Assessed(NamedTuple):
    """What somebody scored, by the keys of criteria; as `Assessment` and `Score` have it."""

    scores: Mapping[int, Given]
    recommendation: str = ""
    remark: str = ""


def register() -> None:
    reviewing.register_objection(objection)
    for what, label in AUDITED.items():
        audit.register(what, label)


@transaction.atomic
def keep(*, record: ReviewedRecord, by: User, revision: int | None, assessed: Assessed) -> None:
    """All that she scores of the revision that she has read, in place of what she scored before; nothing at all takes it back.

    Keys of criteria that are not asked of such a record have no effect, and what was scored by retired ones stays. Raises
    PermissionDenied, and EditConflict if another revision waits now.
    """
    record = type(record).objects.select_for_update().filter(pk=record.pk).first()
    role = assesses_as(record, by)
    step = record.current_workflow_task_state
    if step.revision_id != revision:
        raise reviewing.EditConflict(step.revision)
    known = Assessment.objects.filter(revision=revision, reviewer=by).first()
    assessment = known or Assessment(review=step.workflow_state, revision_id=revision, reviewer=by)
    asked = set(criteria_of(record).values_list("pk", flat=True))
    assessed = assessed._replace(scores={key: given for key, given in assessed.scores.items() if key in asked})
    if _as_kept(assessment, asked) == assessed and (known is None or known.role == role):
        return
    assessment.role = role
    _write(assessment, assessed, asked)
    zeros = sum(given.value == Value.NOT_AT_ALL for given in assessed.scores.values())
    audit.note("review.scored", by=by, about=record, role=str(role), scores=len(assessed.scores), zeros=zeros)


def assesses_as(record: ReviewedRecord | None, user: User) -> Assessment.Role:
    """Raises PermissionDenied: her organisation's check is no assessment."""
    if record and type(record).objects.assessable_by(user).filter(pk=record.pk).exists():
        return Role.REVIEWER
    if record and advises(record, user):
        return Role.OUTSIDE
    raise PermissionDenied


def criteria_of(record: ReviewedRecord) -> CriterionQuerySet:
    return Criterion.objects.asked_of(kinds.of(record).name)


def _as_kept(assessment: Assessment, asked: set[int]) -> Assessed:
    scores = assessment.scores.filter(criterion__in=asked) if assessment.pk else ()
    given = {score.criterion_id: Given(score.value, score.note) for score in scores}
    return Assessed(given, assessment.recommendation, assessment.remark)


def _write(assessment: Assessment, assessed: Assessed, asked: set[int]) -> None:
    assessment.recommendation, assessment.remark = assessed.recommendation, assessed.remark
    assessment.changed = timezone.now()
    assessment.save()
    assessment.scores.filter(criterion__in=asked - set(assessed.scores)).delete()
    for key, given in assessed.scores.items():
        assessment.scores.update_or_create(criterion_id=key, defaults=given._asdict())
    if not (assessed.recommendation or assessed.remark or assessment.scores.exists()):
        assessment.delete()


# What a 0 does


def objection(record: ReviewedRecord, step: TaskState) -> str:
    """Who keeps the revision from being published, and by what; "" where nobody does."""
    zero = next(iter(_blocking_zeros(record, step.revision)), None)
    if zero is None:
        return ""
    told = {"name": zero.assessment.reviewer_in_words, "criterion": str(zero.criterion)}
    return (
        _(
            "It cannot be published: %(name)s scored “%(criterion)s” with 0. That holds until %(name)s scores it otherwise, or"
            " the author submits another text."
        )
        % told
    )


def _blocking_zeros(record: ReviewedRecord, revision: Revision) -> list[Score]:
    """Of those who may still decide on it: what each has said last of this very text, be it of an earlier revision."""
    scores = Score.objects.filter(
        assessment__in=Assessment.objects.about(record).filter(revision__isnull=False),
        assessment__role=Role.REVIEWER,
        criterion__blocking=True,
        criterion__retired=False,
    ).select_related("assessment__reviewer", "assessment__revision", "criterion")
    scores = scores.order_by("assessment__revision_id", "criterion__order", "criterion_id")
    if all(score.value != Value.NOT_AT_ALL for score in scores):
        return []
    text, last = reviewing.text_of(record, revision), {}
    for score in scores:
        if reviewing.text_of(record, score.assessment.revision) == text:
            last[score.assessment.reviewer_id, score.criterion_id] = score
    zeros = [score for score in last.values() if score.value == Value.NOT_AT_ALL]
    return [zero for zero in zeros if _may_decide(zero.assessment.reviewer, record)]


def _may_decide(person: User | None, record: ReviewedRecord) -> bool:
    return person is not None and type(record).objects.assessable_by(person).filter(pk=record.pk).exists()
