"""Which network a key belongs to: looked up once, then remembered by the process for a few seconds."""

import time
from hmac import compare_digest
from threading import Lock
from typing import NamedTuple

from exchange.keys import tokens
from exchange.models import ClientKey

REMEMBERED = 5.0  # seconds: so long a key that was revoked elsewhere may still open a door here
MOST = 1_000  # keys that a process remembers
NOBODY = "0" * 64

_grants: dict[str, tuple[float, "Grant"]] = {}
_lock = Lock()


class Grant(NamedTuple):
    """What a key opens."""

    key: int
    client: int
    scopes: frozenset[str]
    expires: float  # seconds since 1970


def remembered(whole: str) -> Grant | None:
    found = _grants.get(tokens.digest_of(whole))
    if found is None or found[0] < time.monotonic() or found[1].expires <= time.time():
        return None
    return found[1]


def look_up(whole: str) -> Grant | None:
    """None for a key that is unknown, has ended or was revoked. Found by its prefix, told apart in constant time.

    Whoever guesses costs one look at an index, and nothing where it has not the shape of our keys.
    """
    token = tokens.read(whole)
    if token is None:
        return None
    key = ClientKey.objects.good().filter(prefix=token.prefix).first()
    if not compare_digest(key.digest if key else NOBODY, token.digest):
        return None
    grant = Grant(key.pk, key.client_id, frozenset(key.scopes), key.expires.timestamp())
    with _lock:
        if len(_grants) >= MOST:
            _grants.clear()
        _grants[token.digest] = (time.monotonic() + REMEMBERED, grant)
    return grant


def forget() -> None:
    """After a key was revoked in this process; others forget by themselves."""
    with _lock:
        _grants.clear()
