"""What the catalogue knows of events."""

from django.utils.translation import gettext_lazy as _

from catalogue.kinds import Kind
from catalogue.models.entry import KindName
from events import cards, wording
from events.facets import event_facets
from events.models import Event
from events.serializers import EventSerializer
from events.spans import span
from events.stories import with_story
from events.trail import event_trail

EVENTS = Kind(
    name=KindName.EVENTS,
    model=Event,
    serializer=EventSerializer,
    template="events/event.html",
    symbol="event",
    lede=_("Study visits, workshops and other occasions to see what worked elsewhere, and to ask those who did it."),
    codes={"status": Event.Status, "type": Event.Type},
    relations={
        "host": _("Events"),
        "project": _("Events"),
        "area": _("Events"),
        "shown": _("Shown at"),
        "speaker": _("Speaks at"),
    },
    card_fields=("type", "status", "start", "end", "all_day", "time_zone", "mode"),
    facets=event_facets,
    kicker=cards.event_kicker,
    meta=cards.event_meta,
    authors=("host",),
    span=span,
    trail=event_trail,
    read_with=with_story,
    lists={"practices": ("project",), "agenda": ("project",)},
    called=wording.CALLED,
    said=wording.SAID,
)
