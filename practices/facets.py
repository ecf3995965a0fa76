"""Under which values practices are found, beside the common ones."""

from catalogue.facets import uids, years


def practice_facets(document: dict) -> dict[str, set[str]]:
    return {
        "organisation": uids([document["organisation_in_charge"]]),
        "project": uids(document["projects"]),
        "area": uids(document.get("areas", [])),
        "status": {document["status"]},
        "year": years(document["start"], document["end"]),
    }
