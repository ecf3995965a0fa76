"""What a record's page tells machines about itself in its headers: Signposting, level 1 (https://signposting.org/FAIR/).

Relations are those of IANA's registry; `linkset` leads to the same and more as RFC 9264 has it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from catalogue.codes import LICENCE_URLS
from catalogue.models.entry import KindName

JSON, HTML, LINKSET = "application/json", "text/html", "application/linkset+json"
ABOUT_PAGE = "https://schema.org/AboutPage"  # of every page that is about something, as FAIR Signposting asks
TYPES = {
    KindName.PRACTICES: "Article",
    KindName.PROJECTS: "Project",
    KindName.PROGRAMMES: "FundingScheme",
    KindName.PARTNERS: "Organization",
    KindName.AREAS: "Place",
    KindName.EVENTS: "Event",
    KindName.ACTION_PLANS: "CreativeWork",
    KindName.ADOPTIONS: "Action",
    KindName.COMMITMENTS: "Action",
    KindName.LIBRARY: "DigitalDocument",
}
FILE_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
}
MOST_ITEMS = 20  # files that a header names; the linkset names all


@dataclass(frozen=True)
class Signpost:
    relation: str
    target: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def signposts(document: dict, language: str) -> list[Signpost]:
    """Of the page in that language, from the record's document alone; targets are absolute."""
    posts = [
        Signpost("cite-as", here(document["url"])),
        Signpost("describedby", api_address(document), {"type": JSON}),
        Signpost("type", ABOUT_PAGE),
        Signpost("type", f"https://schema.org/{TYPES[document['kind']]}"),
        Signpost("collection", here(f"/{language}/{document['kind']}/"), {"type": HTML}),
        Signpost("linkset", linkset_address(document), {"type": LINKSET}),
    ]
    if licence := LICENCE_URLS.get(document["licence"]):
        posts.append(Signpost("license", licence))
    return posts + items(document)


def items(document: dict) -> list[Signpost]:
    """The files that belong to the record and that everybody may have."""
    files = document.get("attachments") or ()
    return [Signpost("item", here(file["url"]), _type(file["format"])) for file in files]


def header(posts: Iterable[Signpost]) -> str:
    """The value of `Link` (RFC 8288)."""
    files = 0
    told = []
    for post in posts:
        files += post.relation == "item"
        if files <= MOST_ITEMS:
            more = "".join(f'; {name}="{value}"' for name, value in post.attributes.items())
            told.append(f'<{post.target}>; rel="{post.relation}"{more}')
    return ", ".join(told)


def here(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def api_address(document: dict) -> str:
    return here(f"/api/v1/{document['kind']}/{document['uid']}/")


def linkset_address(document: dict) -> str:
    return here(f"{document['url']}linkset.json")


def _type(ending: str) -> dict[str, str]:
    return {"type": FILE_TYPES[ending]} if ending in FILE_TYPES else {}
