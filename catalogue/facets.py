"""Under which values a document is found. Taken from the public document alone, so that no filter can be an oracle."""

from collections.abc import Iterator

from catalogue import kinds


def facets_of(document: dict) -> dict[str, set[str]]:
    """The common facets (country, nuts, topic, language) and the kind's own, each with its values."""
    found: dict[str, set[str]] = {
        "country": {place["country"] for place in document["places"]},
        "nuts": {prefix for place in document["places"] for prefix in _prefixes(place.get("nuts"))},
        "topic": set(document["topics"]),
        "language": set(document["translations"]),
    }
    for name, values in kinds.get(document["kind"]).facets(document).items():
        found.setdefault(name, set()).update(value for value in values if value)
    return found


def _prefixes(code: str | None) -> Iterator[str]:
    """`SI032` is found under SI, SI0, SI03 and SI032."""
    for length in range(2, len(code or "") + 1):
        yield code[:length]


def uids(embeds: list[dict | None]) -> set[str]:
    """The uids of embedded records that are published."""
    return {embed["uid"] for embed in embeds if embed}


def years(start: str | None, end: str | None) -> set[str]:
    """Every year from an ISO date to another; one year when only one is known."""
    known = [int(date[:4]) for date in (start, end) if date]
    return {str(year) for year in range(min(known), max(known) + 1)} if known else set()
