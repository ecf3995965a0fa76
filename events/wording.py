"""What an event's page calls the fields of its document, in the order in which one reads them; times as clocks there show
them.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from events.cards import clock, day_in
from operations.dates import long_date

CALLED = {
    "title": "",
    "summary": "",
    "type": "",
    "status": "",
    "start": _("Begins"),
    "end": _("Ends"),
    "all_day": _("All day"),
    "time_zone": "",
    "mode": "",
    "venue": "",
    "access_notes": "",
    "online_url": "",
    "registration_url": "",
    "audience": "",
    "how_to_take_part": "",
    "agenda": _("Programme"),
    "agenda.start": _("From"),
    "agenda.end": _("To"),
    "speakers": "",
    "practices": "",
    "areas": "",
    "host": "",
    "project": "",
    "languages": "",
}


def _moment(value: str, beside: Mapping) -> str:
    zone = beside["time_zone"]
    return ", ".join(part for part in (long_date(day_in(value, zone)), clock(value, zone)) if part)


SAID = dict.fromkeys(("start", "end", "agenda.start", "agenda.end"), _moment)
