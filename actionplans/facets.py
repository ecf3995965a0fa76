"""Under which values action plans are found, beside the common ones."""

from catalogue.facets import uids, years


def plan_facets(document: dict) -> dict[str, set[str]]:
    players = [player["organisation"] for measure in document["measures"] for player in measure["players"]]
    return {
        "status": {document["status"]},
        "organisation": uids([document["organisation"], *players]),
        "project": uids([document["project"]]),
        "area": uids([document["area"]]),
        "year": years(document["start"], document["end"]),
    }
