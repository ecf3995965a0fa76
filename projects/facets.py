"""Under which values programmes and projects are found, beside the common ones."""

from catalogue.facets import uids, years


def programme_facets(document: dict) -> dict[str, set[str]]:
    return {"period": {document["period"]}, "type": {document["strand"]}, "programme": {document["uid"]}}


def project_facets(document: dict) -> dict[str, set[str]]:
    participations = document["participations"]
    return {
        "country": {participation["country"] for participation in participations},
        "organisation": uids([participation["organisation"] for participation in participations]),
        "programme": uids([document["programme"]]),
        "period": {document["period"]},
        "project": {document["uid"], *uids(document["capitalises"])},
        "year": years(document["start"], document["end"]),
        "status": {document["status"]},
        "type": {document["type"]},
    }
