"""What each page of the catalogue as linked data tells of the whole: counted once for each version of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from catalogue import kinds
from catalogue.models import Entry
from exchange.memory import remembered

PAGE_SIZE = 100


@dataclass(frozen=True)
class Facts:
    """`records` are the visible ones; the times are those of the first publication and the latest change."""

    records: int
    issued: datetime | None
    modified: datetime | None


@dataclass(frozen=True)
class Overview:
    """`last_begins_behind` is the id of the entry before the last page, None where the first is the last."""

    kinds: dict[str, Facts]
    last_begins_behind: int | None

    @property
    def whole(self) -> Facts:
        known = self.kinds.values()
        issued = min((each.issued for each in known if each.issued), default=None)
        modified = max((each.modified for each in known if each.modified), default=None)
        return Facts(sum(each.records for each in known), issued, modified)


def entries() -> QuerySet[Entry]:
    """Every record that another catalogue may take over from us."""
    return Entry.objects.visible().ours().filter(kind__in=_kinds())


def overview(state: object) -> Overview:
    return remembered("overview of the catalogue", str(state), _counted)


def _counted() -> Overview:
    visible = Q(withdrawn__isnull=True)
    counted = Entry.objects.ours().filter(kind__in=_kinds()).order_by().values("kind")
    rows = counted.annotate(number=Count("pk", filter=visible), first=Min("published"), last=Max("modified"))
    found = {row["kind"]: Facts(row["number"], row["first"], row["last"]) for row in rows}
    known = {name: found.get(name, Facts(0, None, None)) for name in _kinds()}
    return Overview(known, _before_last_page(sum(each.records for each in known.values())))


def _before_last_page(total: int) -> int | None:
    on_last = total % PAGE_SIZE or PAGE_SIZE
    return (
        entries().order_by("-pk").values_list("pk", flat=True)[on_last : on_last + 1].first()
        if total > PAGE_SIZE
        else None
    )


def _kinds() -> list[str]:
    return [str(kind.name) for kind in kinds.all_kinds()]
