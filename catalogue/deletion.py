"""A draft that was never public goes for good: whose work goes with it, who hears of it and why, and what is kept of it.

For the portal's own desk (`catalogue.reviewing`) and the admin's (`catalogue.viewsets`).
"""

from django.db.models import Q
from wagtail.models import Revision

from accounts.models import User
from catalogue import kinds, record_log, working_copies
from catalogue.models import WorkingCopy
from catalogue.records import Record


class ReasonNeeded(Exception):
    """It is not hers alone."""


def others_in(record: Record, by: User) -> list[User]:
    """Who beside her began it, writes it, has saved in it, or has typed into it."""
    typed = Q(pk__in=WorkingCopy.objects.filter(record=record.uid).values("person"))
    saved = Q(pk__in=Revision.objects.for_instance(record).filter(user__isnull=False).values("user"))
    its_people = Q(pk__in=[user.pk for user in record.its_writers()])
    return list(User.objects.filter(typed | saved | its_people).exclude(pk=by.pk).order_by("pk"))


def carry_out(record: Record, *, by: User, reason: str = "") -> None:
    """In the transaction at hand, by who may. The others are told while it is still there to be asked what each may know; what
    they had typed and not saved stays theirs. Raises ReasonNeeded.
    """
    others = others_in(record, by)
    if others and not reason:
        raise ReasonNeeded
    record_log.note(record.latest_draft(), record_log.DELETED, by=by, **({"reason": reason} if others else {}))
    place = record.form_place
    typed = set(WorkingCopy.objects.filter(record=record.uid, place=place).values_list("person", flat=True))
    record.tell_of_deletion(others, typed=typed, by=by, reason=reason)
    for person in (other for other in others if other.pk in typed):
        working_copies.keep_apart(person=person, kind=kinds.of(record).name, record=record.uid, place=place)
    if review := record.current_workflow_state:
        review.cancel(user=by)
    record.delete()
    working_copies.drop_all(record=record.uid)
