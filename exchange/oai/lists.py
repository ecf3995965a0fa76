"""The two lists, page by page."""

from django.db.models import Q

from catalogue.models.entry import EntryQuerySet
from catalogue.serializers import utc
from exchange.oai import arguments, records, sets
from exchange.oai.clock import Clock
from exchange.oai.faults import Code, Fault
from exchange.oai.tokens import Place
from exchange.oai.xml import element

PAGE_SIZE = 200  # records, or headers


def listed(verb: str, asked: dict[str, str], clock: Clock) -> tuple[Place, str]:
    """Where the page begins, and what it holds. Raises Fault."""
    if "resumptionToken" in asked:
        place = Place.read(asked["resumptionToken"], verb=verb, clock=clock)
    else:
        span = arguments.span_of(asked)
        place = Place.first(verb, clock, spec=asked.get("set"), since=span.since, until=span.until)
    whole = verb == "ListRecords"
    found = _page(place, whole=whole)
    if not found:
        raise Fault(Code.NO_RECORDS_MATCH, "Nothing is in this set, or was modified in this time.")
    page, more = found[:PAGE_SIZE], found[PAGE_SIZE:]
    return place, records.written(page, whole=whole, spec=place.spec) + _token(place, page, more)


def _page(place: Place, *, whole: bool) -> list[records.Row]:
    """The rows of a page, and one more if there are more.

    An answer needs a record. If all that was to come has been modified since, the next of it stands there as it is now:
    entries never go, nor do they leave a set, so it is there.
    """
    found = records.rows(page_of(place), whole=whole)
    if not found and place.promised:
        found = records.rows(sets.members(place.spec).filter(pk=place.promised), whole=whole)
    return found


def page_of(place: Place) -> EntryQuerySet:
    entries = sets.members(place.spec).filter(position__lte=place.position).order_by("modified", "pk")
    if place.since:
        entries = entries.filter(modified__gte=place.since)
    if place.until:
        entries = entries.filter(modified__lte=place.until)
    if place.modified:
        entries = entries.filter(Q(modified__gt=place.modified) | Q(pk__gt=place.key), modified__gte=place.modified)
    return entries[: PAGE_SIZE + 1]


def _token(place: Place, page: list[records.Row], more: list[records.Row]) -> str:
    """Nothing after a list of one page, and an empty one after the last of several."""
    if not more and not place.given:
        return ""
    cursor = str(place.given)
    if not more:
        return element("resumptionToken", "", cursor=cursor)
    last = page[-1]
    next_place = place.behind(modified=last.modified, key=last.key, promised=more[0].key, given=len(page))
    return element("resumptionToken", next_place.token(), expirationDate=utc(place.expires), cursor=cursor)
