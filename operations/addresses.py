"""Addresses that people and programs send, which may be anything at all."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult | None:
    """As `urlsplit`, but None for what cannot be read as an address: `//[`, `https://exa]mple.org`."""
    try:
        parts = urlsplit(address)
        parts.hostname, parts.port  # noqa: B018 (read late, and refused then)
    except ValueError:
        return None
    return parts
