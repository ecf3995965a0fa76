"""Under which values organisations are found, beside the common ones."""


def organisation_facets(document: dict) -> dict[str, set[str]]:
    return {"type": {document["partner_type"]}, "organisation": {document["uid"]}}
