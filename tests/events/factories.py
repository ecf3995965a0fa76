"""Events with boring defaults, like the records of `tests.factories`."""

from datetime import date, time

import factory

from events.models import AgendaItem, Event, Speaker
from tests.factories import PartFactory, texts


class EventFactory(factory.django.DjangoModelFactory):
    """A study visit of two days in Ptuj; `EventFactory(starts_at=None, ends_at=None)` lasts whole days."""

    class Meta:
        model = Event

    title = factory.Sequence(lambda number: texts(f"Visit {number}", f"Obisk {number}"))
    summary = texts("See how the area is run.", "Oglejte si, kako vodijo območje.")
    starts_on = date(2027, 4, 15)
    starts_at = time(9)
    ends_on = date(2027, 4, 16)
    ends_at = time(16, 30)
    venue_name = "Grad"
    street = "Na gradu 1"
    postal_code = "2250"
    town = "Ptuj"
    country = "SI"
    topics = ["area-management-and-governance"]
    languages = ["en", "sl"]


class AgendaItemFactory(PartFactory):
    class Meta:
        model = AgendaItem

    event = factory.SubFactory(EventFactory)
    day = date(2027, 4, 15)
    start = time(9)
    end = time(10, 30)
    title = texts("The office that answers first", "Pisarna, ki se prva oglasi")


class SpeakerFactory(PartFactory):
    class Meta:
        model = Speaker

    event = factory.SubFactory(EventFactory)
    name = "Maja Novak"
    function = texts("manages the area", "vodi območje")
    agreed = True
