"""How often somebody may ask: a bucket for each network, or for each visitor's address, in the memory of the process.

A bucket holds a minute's worth and fills evenly. Of each only the moment is kept at which it will be full again (the generic
cell rate algorithm), so that one that is full need not be kept at all, and a flood of addresses takes only so much memory.
"""

import ipaddress
import math
import time
from collections.abc import Callable, Hashable
from itertools import islice
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

MOST = 20_000  # buckets that a process keeps: about 4 MB
MINUTE = 60.0
JUST = 1e-9  # what sums of seconds are wrong by


class Taken(NamedTuple):
    """How it stands after a request: `left` of `most`; `wait` seconds until the next one is let in, 0 if it was."""

    most: int
    left: int
    wait: float


class Buckets:
    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._full_at: dict[Hashable, float] = {}
        self._lock = Lock()

    def take(self, whose: Hashable, most: int) -> Taken:
        """One request of somebody who may ask `most` times a minute; 0 is no limit."""
        if not most:
            return Taken(0, 0, 0)
        each = MINUTE / most
        with self._lock:
            now = self._clock()
            full_at = max(self._full_at.get(whose, now), now) + each
            late = full_at - now - MINUTE
            if late > JUST:
                return Taken(most, 0, late)
            if len(self._full_at) >= MOST and whose not in self._full_at:
                self._make_room(now)
            self._full_at[whose] = full_at
        return Taken(most, math.floor((MINUTE - (full_at - now)) / each + JUST), 0)

    def _make_room(self, now: float) -> None:
        """Those that are full again tell nothing. If too many are not, half of them go, the longest known first."""
        self._full_at = {whose: at for whose, at in self._full_at.items() if at > now}
        if len(self._full_at) > MOST // 2:
            self._full_at = dict(islice(self._full_at.items(), MOST // 2, None))

    def __len__(self) -> int:
        return len(self._full_at)

    def clear(self) -> None:
        with self._lock:
            self._full_at.clear()


buckets = Buckets()


def address_of(request: HttpRequest) -> str:
    """The visitor's own: what stands in X-Forwarded-For counts only behind a proxy, and of it only what the proxy wrote."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    return _network(address) if ":" in address else address[:15]


def _network(address: str) -> str:
    """A household, or a machine, has a whole /64 of IPv6; an IPv4 address may come written as one of IPv6, or with a port."""
    if address.count(":") == 1:
        return address.partition(":")[0][:15]
    try:
        known = ipaddress.IPv6Address(address.strip("[]").partition("%")[0])
    except ValueError:
        return "?"
    return str(known.ipv4_mapped or known.packed[:8].hex())


def forget() -> None:
    """For tests."""
    buckets.clear()
