"""Events, and the pages that tell their stories."""

from events.models.event import AgendaItem, Event, EventQuerySet, Speaker
from events.models.workshop_page import PLACES, WorkshopIndexPage, WorkshopPage

__all__ = [
    "PLACES",
    "AgendaItem",
    "Event",
    "EventQuerySet",
    "Speaker",
    "WorkshopIndexPage",
    "WorkshopPage",
]
