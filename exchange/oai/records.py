"""Headers and records of the catalogue's entries."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import QuerySet

from catalogue.models.entry import EntryQuerySet
from catalogue.serializers import utc
from exchange.oai import dublin_core, sets
from exchange.oai.xml import element

_COLUMNS = ("pk", "uid", "kind", "network__slug", "modified", "withdrawn")
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Row(NamedTuple):
    """What is told of an entry; `text` is the JSON of its document, or of its card where the header is enough."""

    key: int
    uid: UUID
    kind: str
    network: str | None
    modified: datetime
    withdrawn: datetime | None
    text: str


def columns(entries: EntryQuerySet, *, whole: bool) -> QuerySet:
    return entries.values_list(*_COLUMNS, "document" if whole else "card")


def rows(entries: EntryQuerySet, *, whole: bool) -> list[Row]:
    return [Row(*values) for values in columns(entries, whole=whole)]


def authority() -> str:
    """The host in our identifiers."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def identifier_of(uid: UUID) -> str:
    return f"oai:{authority()}:{uid}"


def uid_of(identifier: str) -> UUID | None:
    """Of an identifier in just the form in which we give them."""
    beginning, _colon, uid = identifier.rpartition(":")
    return UUID(uid) if beginning == f"oai:{authority()}" and _UID.fullmatch(uid) else None


def written(page: list[Row], *, whole: bool, spec: str | None = None) -> str:
    """The page's records, or their headers alone, in the list of the set `spec`."""
    beginning, topic = f"oai:{authority()}:", sets.topic_of(spec)
    former = sets.former_topics([row.key for row in page if row.withdrawn])
    return "".join(_written(row, beginning, topic, former.get(row.key, ()), whole) for row in page)


def _written(row: Row, beginning: str, topic: str, former: Iterable[str], whole: bool) -> str:
    document = None if row.withdrawn else parsed(row.text)
    is_deleted, specs = document is None, _specs(row, former if document is None else document.get("topics") or ())
    if topic and not is_deleted and f"topic:{topic}" not in specs:
        is_deleted, specs = True, [f"topic:{topic}"]  # from this set, in which it was
    told = "".join(f"<setSpec>{spec}</setSpec>" for spec in specs)
    status = ' status="deleted"' if is_deleted else ""
    stamp = f"<datestamp>{utc(row.modified)}</datestamp>"
    header = f"<header{status}><identifier>{beginning}{row.uid}</identifier>{stamp}{told}</header>"
    if not whole:
        return header
    metadata = "" if is_deleted else f"<metadata>{dublin_core.rendered(document, row.text)}</metadata>"
    return f"<record>{header}{metadata}</record>"


def _specs(row: Row, topics: Iterable[str]) -> list[str]:
    if row.network:
        return [f"{sets.NETWORK}:{row.network}"]
    return [f"{sets.KIND}:{row.kind}", *(f"{sets.TOPIC}:{topic}" for topic in topics)]


def parsed(text: str) -> Mapping:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:  # it is stricter about what cannot be UTF-8
        return json.loads(text)


def described() -> str:
    """How our identifiers are made; "" where the host is no name of the kind that the scheme knows."""
    if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+", authority()):
        return ""
    namespace = "http://www.openarchives.org/OAI/2.0/oai-identifier"
    parts = {
        "scheme": "oai",
        "repositoryIdentifier": authority(),
        "delimiter": ":",
        "sampleIdentifier": identifier_of(UUID(int=0)),
    }
    return (
        f'<description><oai-identifier xmlns="{namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{namespace} {namespace}.xsd">'
        f"{''.join(element(name, text) for name, text in parts.items())}</oai-identifier></description>"
    )
