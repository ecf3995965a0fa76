"""Background work: apps register it when they start; `manage.py tick`, or Celery's beat, does what is due.

The registry holds functions without arguments. Each opens its own transaction if it needs one, and may be run twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from operations.models import Heartbeat

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """A function to call once in each `every`. What `is_long` takes minutes, and should hold up nothing else."""

    name: str
    function: Callable[[], None]
    every: timedelta
    is_long: bool = False


_registry: dict[str, Work] = {}


def register(
    name: str, function: Callable[[], None], *, every: timedelta = timedelta(seconds=30), is_long: bool = False
) -> None:
    """Called in `AppConfig.ready()`; a name belongs to one function only."""
    if name in _registry and _registry[name].function is not function:
        raise ValueError(f"Background work {name!r} is registered twice.")
    _registry[name] = Work(name, function, every, is_long)


def tick(now: datetime | None = None, *, is_long: bool | None = None) -> list[str]:
    """Do all that is due, or of that what is long, or is not; return the names done.

    One failure is logged and noted, and never stops the others.
    """
    now = now or timezone.now()
    last_began = dict(Heartbeat.objects.values_list("work", "began"))
    done = []
    for work in _registry.values():
        if is_long is not None and work.is_long != is_long:
            continue
        if work.name not in last_began or last_began[work.name] + work.every <= now:
            _do(work, now)
            done.append(work.name)
    return done


def _do(work: Work, now: datetime) -> None:
    Heartbeat.objects.update_or_create(work=work.name, defaults={"began": now})
    try:
        work.function()
    except Exception as error:
        logger.exception("Background work %s failed", work.name)
        if isinstance(error, DatabaseError | InterfaceError) and not connection.in_atomic_block:
            connection.close()  # it may be lost; the next query opens another
        Heartbeat.objects.filter(work=work.name).update(error=f"{type(error).__name__}: {error}"[:2000])
    else:
        Heartbeat.objects.filter(work=work.name).update(succeeded=timezone.now(), error="")
