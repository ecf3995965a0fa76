"""What an expert may write together with her decision: rooms register a form of theirs for a kind of record.

It is drawn below the message, by its `template_name`; kept whenever the page is sent; and what becomes of it when the record
is published is the room's matter.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from accounts.models import User
from catalogue import kinds, reviewing
from partners.models import ReviewedRecord


class WithDecision(Protocol):
    """As a Django form."""

    template_name: str
    errors: Mapping
    is_sent: bool  # whether what came holds it

    def is_valid(self) -> bool: ...

    def keep(self) -> None:
        """Raises PermissionDenied."""


_forms: dict[str, Callable[..., WithDecision]] = {}


def register(kind: str, form: Callable[..., WithDecision]) -> None:
    """Called in `AppConfig.ready()` with a function of record, person and what was sent; a kind has one only."""
    if _forms.setdefault(kind, form) is not form:
        raise ValueError(f"What is written with a decision on {kind!r} is registered twice.")


def of(record: ReviewedRecord, user: User, posted: Mapping[str, Any] | None = None) -> WithDecision | None:
    """None where the kind has nothing, and at the organisation's check: no expert speaks there; nor of what was sent without
    it, as a comment alone is.
    """
    form = _forms.get(kinds.of(record).name)
    if form is None or reviewing.hands_on(record.current_workflow_task_state):
        return None
    made = form(record, user, posted)
    return made if posted is None or made.is_sent else None
