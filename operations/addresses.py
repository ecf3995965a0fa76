"""Addresses that people and programs send, which may be anything at all."""

from urllib.parse import SplitResult, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}


def parts_of(address: str) -> SplitResult | None:
    """As `urlsplit`, but None for what cannot be read as an address: `//[`, `https://exa]mple.org`."""
    try:
        parts = urlsplit(address)
        parts.hostname, parts.port  # noqa: B018 (read late, and refused then)
    except ValueError:
        return None
    return parts


def usual(address: str) -> str:
    """The same place as most would write it: scheme and host in small letters, no port that goes without saying, a path.

    What a server never sees, the part behind `#`, is left out (RFC 3986, section 6.2). An address that cannot be read stays.
    """
    parts = parts_of(address)
    if parts is None or not parts.hostname:
        return address
    user, at, place = parts.netloc.rpartition("@")
    place = place.lower().removesuffix(f":{_PORTS.get(parts.scheme)}").removesuffix(":")
    return urlunsplit((parts.scheme, f"{user}{at}{place}", parts.path or "/", parts.query, ""))
