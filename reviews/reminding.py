"""Reminders, at most one in each period: of all that waits for somebody's decision, and of what was sent back and lies still.

The rows say what was sent. A letter goes by the person's own wishes, as every notice does (`notices.actions.notify`).
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from accounts import access
from accounts.models import User
from catalogue.latest import words_of
from catalogue.models import WorkingCopy
from catalogue.texts import in_language
from notices.actions import can_be_told, notify
from operations.dates import long_date
from partners.models import Membership, ReviewedRecord
from partners.review_letters import authors_of, tell
from reviews import letters
from reviews.models import FieldComment, Reminder
from reviews.work import waiting_for

logger = logging.getLogger(__name__)

# The periods, all of them.
WAITED = timedelta(days=7)  # before anybody is reminded of a decision
DECIDERS_EVERY = timedelta(days=7)
LAY_STILL = timedelta(days=14)  # what was sent back, before its author is reminded
AUTHORS_AGAIN = timedelta(days=30)  # after the first time
MOST_TO_AUTHORS = 2  # for one and the same text that was sent back
LISTED = 50  # in one letter; all of them stand in the portal


def remind_due(now: datetime | None = None) -> None:
    """One person's reminder that fails holds up no other's."""
    now = now or timezone.now()
    for user in _deciders(now):
        _attempt(remind_of_decisions, user, now)
    for decision in _sent_back(now):
        _attempt(remind_of_changes, decision, now)


def _attempt(remind, about, now: datetime) -> None:
    try:
        remind(about, now)
    except IntegrityError:
        logger.info("Another worker has reminded of %s %s", type(about).__name__, about.pk)
    except Exception:
        logger.exception("The reminder of %s %s failed", type(about).__name__, about.pk)


# Decisions


def _deciders(now: datetime) -> QuerySet[User]:
    """Whoever may have something to decide on, as long as anything has waited for so long."""
    waits = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    if not waits.filter(current_task_state__started_at__lte=now - WAITED).exists():
        return User.objects.none()
    experts, staff = access.people("reviews.assess"), access.people("reviews.check")
    somebody = Q(pk__in=experts.values("pk")) | Q(pk__in=staff.values("pk"))
    somebody |= Q(pk__in=Membership.objects.coordinating().values("user"))
    lately = Reminder.objects.filter(decision=None, sent__gt=now - DECIDERS_EVERY)
    return User.objects.filter(somebody, is_active=True).exclude(pk__in=lately.values("user")).order_by("pk")


@transaction.atomic
def remind_of_decisions(user: User, now: datetime) -> bool:
    """Of all that has waited for her so long; whether it did."""
    last = Reminder.objects.filter(user=user, decision=None).order_by("number").last()
    if (last and last.sent > now - DECIDERS_EVERY) or not can_be_told(user):
        return False
    rows = [row for row in waiting_for(user) if row.since <= now - WAITED]
    if not rows:
        return False
    Reminder.objects.create(user=user, number=last.number + 1 if last else 1, sent=now)
    told = {"titles": _counted(len(rows)), "path": "my/reviews/", "message": lazy(_listed, str)(rows)}
    notify([user], letters.STILL_TO_DECIDE.name, **told)
    return True


def _counted(number: int) -> dict[str, str]:
    """How many texts, for readers of every language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = ngettext("%(number)s text", "%(number)s texts", number) % {"number": number}
    return found


def _listed(rows: Sequence[SimpleNamespace]) -> str:
    """In the language of the letter, oldest first."""
    lines = [f"– {_title(row)}, {_('since %(when)s') % {'when': long_date(row.since)}}" for row in rows[:LISTED]]
    return "\n".join(lines + (["…"] if len(rows) > LISTED else []))


def _title(row: SimpleNamespace) -> str:
    draft = words_of(row.model, row.content)
    return in_language(draft.title_map.data, get_language(), draft.original_language).text or str(draft.untitled)


# Changes


def _sent_back(now: datetime) -> Iterator[TaskState]:
    decisions = TaskState.objects.filter(
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        status=TaskState.STATUS_REJECTED,
        finished_at__lte=now - LAY_STILL,
    )
    for decision in decisions.select_related("workflow_state__requested_by").order_by("pk"):
        record = decision.workflow_state.content_object
        if decision.workflow_state.current_task_state_id == decision.pk and isinstance(record, ReviewedRecord):
            yield decision


@transaction.atomic
def remind_of_changes(decision: TaskState, now: datetime) -> bool:
    """The author of a text that lies still since it was sent back; whether it did."""
    record = decision.workflow_state.content_object
    author = next(filter(can_be_told, authors_of(decision.workflow_state)), None)
    if author is None:
        return False
    sent = list(Reminder.objects.filter(user=author, decision=decision).order_by("number"))
    if len(sent) >= MOST_TO_AUTHORS or (sent and sent[-1].sent > now - AUTHORS_AGAIN):
        return False
    if _last_touched(record, decision) > now - LAY_STILL:
        return False
    Reminder.objects.create(user=author, decision=decision, number=len(sent) + 1, sent=now)
    tell(record, letters.STILL_TO_CHANGE, [author], path=record.writing_address())
    return True


def _last_touched(record: ReviewedRecord, decision: TaskState) -> datetime:
    """Saved, typed or answered, by any of its people."""
    answers = FieldComment.objects.about(record).filter(role=FieldComment.Role.AUTHOR)
    typed = WorkingCopy.objects.filter(record=record.uid)
    times = [
        decision.finished_at,
        record.latest_revision.created_at if record.latest_revision else None,
        answers.order_by("created").values_list("created", flat=True).last(),
        typed.order_by("saved_at").values_list("saved_at", flat=True).last(),
    ]
    return max(filter(None, times))


def forget(before: datetime) -> None:
    """Not those of what still lies there: nobody is reminded of it a third time."""
    lies = Q(decision__workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES)
    Reminder.objects.filter(sent__lt=before).exclude(lies).delete()
