"""Sets: our records by kind and by topic, and what was harvested by the network that it is from.

A record that leaves a topic, or is withdrawn, stays in the topic's list as deleted: whoever mirrors that set alone, and
takes the deleted out, ends with just what the set holds now.
"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from catalogue import kinds
from catalogue.codes import Topic, topic_name
from catalogue.models import Entry, EntryFacet, FormerTopic, Network
from catalogue.models.entry import EntryQuerySet

KIND, TOPIC, NETWORK = "kind", "topic", "network"
LANGUAGE = "en"


def all_sets() -> Iterator[tuple[str, str]]:
    """Each set's spec and name."""
    for kind in kinds.all_kinds():
        yield f"{KIND}:{kind.name}", str(kind.plural)
    for topic in Topic:
        yield f"{TOPIC}:{topic.value}", topic_name(topic, LANGUAGE)
    for slug, name in Network.objects.values_list("slug", "name"):
        yield f"{NETWORK}:{slug}", name


def members(spec: str | None) -> EntryQuerySet:
    """The entries of a set, those that left it included; without one, all of ours. Nothing is in a set that is none."""
    if spec is None:
        return Entry.objects.ours()
    by, _colon, value = spec.partition(":")
    match by:
        case "kind":
            return Entry.objects.ours().of_kind(value)
        case "topic":
            return Entry.objects.ours().filter(_is_or_was_of(value))
        case "network":
            return Entry.objects.filter(network=Network.objects.filter(slug=value).order_by().values("pk")[:1])
    return Entry.objects.none()


def _is_or_was_of(topic: str) -> Q:
    """Asked row by row, in the order of the list, a page costs the same wherever it stands."""
    now = EntryFacet.objects.filter(entry=OuterRef("pk"), name=TOPIC, value=topic)
    return Q(Exists(now)) | Q(Exists(FormerTopic.objects.filter(entry=OuterRef("pk"), topic=topic)))


def topic_of(spec: str | None) -> str:
    """The topic that the set is of; "" for any other set."""
    by, _colon, value = (spec or "").partition(":")
    return value if by == TOPIC else ""


def former_topics(entries: list[int]) -> dict[int, list[str]]:
    """Of withdrawn entries, by their keys."""
    found: dict[int, list[str]] = {}
    if entries:
        rows = FormerTopic.objects.filter(entry__in=entries).order_by("topic")
        for entry, topic in rows.values_list("entry", "topic"):
            found.setdefault(entry, []).append(topic)
    return found
