"""The catalogue's own time, in which harvesters reckon."""

from datetime import UTC, datetime
from typing import NamedTuple

from catalogue.models import CatalogueState

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(NamedTuple):
    """The catalogue's epoch, how far it is, and the latest datestamp that was given.

    Read before any row: whatever is earlier than `now` is committed, and what is still to be published gets `now` or
    later, however long its transaction takes. So a harvest `from` an answer's responseDate, which is this and not what
    a clock on the wall says, misses nothing, not even what is published within the same second. While nothing has ever
    been published it is 1970.
    """

    epoch: str
    position: int
    now: datetime

    @classmethod
    def read(cls) -> "Clock":
        epoch, position, modified = CatalogueState.objects.values_list("epoch", "position", "modified").get(pk=1)
        return cls(epoch, position, modified or BEFORE_ALL)
