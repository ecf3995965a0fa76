"""Under which values events are found, beside the common ones."""

from catalogue.facets import uids
from events.spans import months


def event_facets(document: dict) -> dict[str, set[str]]:
    in_months = months(document)
    return {
        "type": {document["type"]},
        "status": {document["status"]},
        "organisation": uids([document["host"]]),
        "project": uids([document["project"]]),
        "area": uids(document["areas"]),
        "year": {month[:4] for month in in_months},
        "month": in_months,
    }
