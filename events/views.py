"""The list of events and the month calendar, for people; and calendar files, for their machines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.filters import InvalidParameters
from events.clock import keep_until
from events.kinds import EVENTS
from events.listing import EventListing, MonthListing
from events.months import weekdays
from operations.reading import read_only


@read_only
def event_list(request: HttpRequest) -> HttpResponse:
    return _listing_page(request, EventListing, "events/list.html")


@read_only
def month_calendar(request: HttpRequest) -> HttpResponse:
    return _listing_page(request, MonthListing, "events/calendar.html", weekdays=weekdays())


def _listing_page(request: HttpRequest, of: type[EventListing], template: str, **more) -> HttpResponse:
    try:
        listing = of.for_people(request.GET, EVENTS)
    except InvalidParameters as error:
        return render(request, "catalogue/bad_list.html", {"kind": EVENTS, "errors": error.errors}, status=400)
    keep_until(request, listing.changes_at)
    return render(request, template, {"kind": EVENTS, "listing": listing, **more})
