"""Under which values organisations and industrial areas are found, beside the common ones."""

from catalogue.facets import uids


def organisation_facets(document: dict) -> dict[str, set[str]]:
    return {"type": {document["partner_type"]}, "organisation": {document["uid"]}}


def area_facets(document: dict) -> dict[str, set[str]]:
    return {"type": {document["type"]}, "organisation": uids([document["manager"]]), "area": {document["uid"]}}
