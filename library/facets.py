"""Under which values library items are found, beside the common ones."""

from catalogue.facets import uids


def library_facets(document: dict) -> dict[str, set[str]]:
    return {
        "type": {document["type"]},
        "status": {document["status"]},
        "year": {str(document["year"] or "")},
        "organisation": uids([document["publisher"]]),
        "project": uids(document["projects"]),
    }
