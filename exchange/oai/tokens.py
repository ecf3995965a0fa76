"""Resumption tokens: all that the next page needs, signed; nothing is kept here.

A list holds what the catalogue had when its first page was read. What changes meanwhile leaves it, and stands in the next
harvest from that time, which is the responseDate of all its pages: nothing is lost, whichever page's date a harvester keeps,
nothing comes twice, and a list ends however much is published meanwhile.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from catalogue.sealed import opened, seal
from catalogue.serializers import utc
from exchange.oai.clock import Clock
from exchange.oai.faults import Code, Fault

GOOD_FOR = timedelta(days=7)  # from the first page of a list to its last
_PURPOSE = "exchange.oai"


@dataclass(frozen=True)
class Place:
    """Where a harvester stands in a list: behind the row with this datestamp and key, after so many rows.

    `position` and `began` are how far the catalogue was at the first page, and its time; many changes share a second, so
    the position is where the list ends. `promised` is the key of the row that was to come next. `since` is told for the
    first page alone.
    """

    verb: str
    epoch: str
    position: int
    began: datetime
    expires: datetime
    spec: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    modified: datetime | None = None
    key: int = 0
    promised: int = 0
    given: int = 0

    @classmethod
    def first(cls, verb: str, clock: Clock, **asked) -> "Place":
        expires = timezone.now().replace(microsecond=0) + GOOD_FOR
        return cls(verb, clock.epoch, clock.position, clock.now, expires, **asked)

    def behind(self, *, modified: datetime, key: int, promised: int, given: int) -> "Place":
        return replace(self, modified=modified, key=key, promised=promised, given=self.given + given)

    def token(self) -> str:
        times = (self.began, self.expires, self.until, self.modified)
        numbers = (self.position, self.key, self.promised, self.given)
        told = [self.verb, self.epoch, self.spec, *numbers, *(_number(time) for time in times)]
        return seal(told, purpose=_PURPOSE)

    @classmethod
    def read(cls, token: str, *, verb: str, clock: Clock) -> "Place":
        """Raises Fault for a token that is not ours, not this list's, or too old."""
        try:
            told_verb, epoch, spec, position, key, promised, given, *times = opened(token, purpose=_PURPOSE)
            began, expires, until, modified = (_time(number) for number in times)
        except (ValueError, TypeError, OverflowError):
            raise _bad("It is none of ours, or was changed.") from None
        if told_verb != verb:
            raise _bad(f"It is of {told_verb}.")
        if epoch != clock.epoch:
            raise _bad("The catalogue was restored from a backup since: begin anew, without a token.")
        if expires < timezone.now():
            raise _bad(f"It was good until {utc(expires)}: begin anew, from the responseDate of your last harvest.")
        return cls(verb, epoch, position, began, expires, spec, None, until, modified, key, promised, given)


def _bad(text: str) -> Fault:
    return Fault(Code.BAD_RESUMPTION, text)


def _number(time: datetime | None) -> int | None:
    return None if time is None else int(time.timestamp())


def _time(number: int | None) -> datetime | None:
    return None if number is None else datetime.fromtimestamp(number, UTC)
