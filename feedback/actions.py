"""The only writers of suggestions, and the way a message takes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from catalogue.models import Entry
from feedback import letters
from feedback.models import Suggestion


class Answered(Exception):
    """Somebody was a moment faster."""


@transaction.atomic
def suggest(*, entry: Entry, by: User, **suggestion) -> Suggestion:
    """`suggestion`: part, text, source; of people without an account also sender_name and sender_email."""
    written = Suggestion.objects.create(
        about_kind=entry.kind,
        about_uid=entry.uid,
        version=entry.version,
        language=get_language(),
        sender=by if by.is_authenticated else None,
        **suggestion,
    )
    letters.suggested(written, entry)
    return written


@transaction.atomic
def answer(*, suggestion: Suggestion, by: User, state: str, answer: str = "") -> Suggestion:
    """Marks it as done, or declines it with words. Raises Answered."""
    held = Suggestion.objects.select_for_update().answerable_by(by).get(pk=suggestion.pk)
    if held.state != Suggestion.State.NEW:
        raise Answered
    held.state, held.answer, held.answered_by, held.answered = state, answer, by, timezone.now()
    held.save(update_fields=["state", "answer", "answered_by", "answered"])
    letters.answered(held)
    return held


@transaction.atomic
def contact(*, entry: Entry, name: str, email: str, subject: str, message: str) -> None:
    """A letter to each of those who answer for the record; nothing else is kept of it."""
    letters.forward(entry, name=name, email=email, subject=subject, message=message)
