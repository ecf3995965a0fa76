"""How keys look: `mer_`, a prefix by which the row is found, `_`, and 256 random bits of which only a hash is kept."""

import hashlib
import re
import secrets
from typing import NamedTuple

BEGINNING = "mer_"
_SHAPE = re.compile(r"mer_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


class Token(NamedTuple):
    """`whole` is told once; `prefix` and `digest` are kept."""

    whole: str
    prefix: str
    digest: str


def new() -> Token:
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    whole = f"{BEGINNING}{prefix}_{secret}"
    return Token(whole, prefix, digest_of(whole))


def read(whole: str) -> Token | None:
    """None for what cannot be a key of ours."""
    found = _SHAPE.fullmatch(whole)
    return Token(whole, found[1], digest_of(whole)) if found else None


def digest_of(whole: str) -> str:
    """A plain hash is enough: nobody tries 256 bits."""
    return hashlib.sha256(whole.encode()).hexdigest()
