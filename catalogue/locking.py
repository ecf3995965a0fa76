"""The one lock under which the catalogue changes.

Order, everywhere: this lock, then domain and workflow rows in pk order, then Entry rows. Taken late, approvals die of
deadlock beside a bulk run. No network and no file while it is held; bulk work at most 500 records a lock.
"""

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

from catalogue.models import CatalogueState

RECORDS_PER_LOCK = 500
TRIES = 3
# SQLSTATE: serialization_failure, deadlock_detected
_WORTH_RETRYING = ("40001", "40P01")

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@contextmanager
def publishing() -> Iterator[None]:
    """A transaction that holds the catalogue's lock; may be nested."""
    with transaction.atomic():
        CatalogueState.objects.lock()
        yield


def in_publication(action: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The action runs under the lock; a serialization failure is retried twice, if no outer transaction is open."""

    @functools.wraps(action)
    def under_lock(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        tries = 1 if transaction.get_connection().in_atomic_block else TRIES
        for attempt in range(1, tries + 1):
            try:
                with publishing():
                    return action(*args, **kwargs)
            except OperationalError as error:
                if attempt == tries or getattr(error.__cause__, "pgcode", None) not in _WORTH_RETRYING:
                    raise
                time.sleep(0.05 * attempt)
        raise AssertionError("unreachable")

    return under_lock
