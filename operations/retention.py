"""How long things are kept: apps register what they keep about people, for how many days, and how they forget it.

Once a day everything older goes. *Your data* shows the same list to everybody with an account, so that what is said there
is what is done.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise

from operations import work

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Retention:
    """`what` is a phrase for those whom it is about. `forget` is called with the moment before which nothing stays."""

    name: str
    what: str | Promise
    days: int
    forget: Callable[[datetime], object]


_registry: dict[str, Retention] = {}


def register(retention: Retention) -> None:
    """Called in `AppConfig.ready()`; a name belongs to one app only."""
    if _registry.setdefault(retention.name, retention) != retention:
        raise ValueError(f"The retention {retention.name!r} is registered twice.")


def all_retentions() -> list[Retention]:
    """The shortest first."""
    return sorted(_registry.values(), key=lambda retention: retention.days)


def register_work() -> None:
    work.register("what is kept no longer", forget_due, every=timedelta(days=1))


def forget_due(now: datetime | None = None) -> None:
    """One that fails holds up no other, and is noted in the end."""
    failed = []
    for retention in _registry.values():
        try:
            retention.forget((now or timezone.now()) - timedelta(days=retention.days))
        except Exception:
            logger.exception("%s could not be forgotten", retention.name)
            failed.append(retention.name)
    if failed:
        raise RuntimeError(f"Not forgotten: {', '.join(failed)}")
