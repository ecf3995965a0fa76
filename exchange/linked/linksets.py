"""Sets of links about what has no headers of its own, or more links than fit into them (RFC 9264)."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404

from catalogue import kinds, signposts
from catalogue.models import Entry
from catalogue.publication import dumps
from catalogue.signposts import HTML, JSON, Signpost, here
from exchange import problems
from exchange.doors import Door
from exchange.linked import atom
from exchange.linked.doors import FORMS

LINKSET = signposts.LINKSET
PROFILE = "https://www.rfc-editor.org/info/rfc9727"
CATALOG = "/.well-known/api-catalog"
YAML = "application/yaml"


def context(anchor: str, posts: Iterable[Signpost]) -> dict[str, Any]:
    """A link context object: relation → targets (RFC 9264, section 4.2.2)."""
    told: dict[str, Any] = {"anchor": anchor}
    for post in posts:
        told.setdefault(post.relation, []).append({"href": post.target, **post.attributes})
    return told


class RecordLinkset(Door):
    """Everything that Signposting says of a record: of its pages in all languages, and of its JSON."""

    operation = "linkset"
    media_types = (LINKSET, JSON)
    shape = {"type": "object"}
    faults = (400, 404, 406, 410)

    @cached_property
    def entry(self) -> Entry:
        uid: UUID = self.kwargs["uid"]
        entry = Entry.objects.filter(uid=uid).defer("card").first()
        if entry is None:
            raise Http404(f"There is no record {uid}.")
        if not entry.is_visible:
            raise problems.withdrawn(entry)
        return entry

    def version(self) -> str:
        return f"{self.entry.pk}-{self.entry.position}-{self.entry.etag}"

    def body(self) -> str:
        self.asked.only()
        document = self.entry.record
        pages = {code: here(page) for code, page in document["pages"].items()}
        told = [context(page, _of_page(document, code)) for code, page in pages.items()]
        described = [Signpost("describes", page, {"type": HTML}) for page in pages.values()]
        told.append(context(signposts.api_address(document), described))
        holding = [Signpost("collection", page, {"type": HTML}) for page in pages.values()]
        told += [context(file.target, holding) for file in signposts.items(document)]
        return dumps({"linkset": told})


def _of_page(document: dict, language: str) -> list[Signpost]:
    return [post for post in signposts.signposts(document, language) if post.relation != "linkset"]


class ApiCatalog(Door):
    """`/.well-known/api-catalog` (RFC 9727): the doors for programs, each with what describes it."""

    operation = "api_catalog"
    media_types = (LINKSET, JSON)
    shape = {"type": "object"}

    def version(self) -> str:
        return ""

    def get(self, request, **where):
        response = super().get(request, **where)
        response["Link"] = f'<{here(CATALOG)}>; rel="api-catalog"'
        return response

    @property
    def content_type(self) -> str:
        return f'{LINKSET}; profile="{PROFILE}"' if self.media_type == LINKSET else self.media_type

    def body(self) -> str:
        self.asked.only()
        return dumps({"linkset": [context(anchor, posts) for anchor, posts in _doors()]})


def _doors() -> Iterable[tuple[str, list[Signpost]]]:
    guide = Signpost("service-doc", here("/api/docs/"), {"type": HTML})
    catalogues = [
        Signpost("service-meta", here(f"/catalogue.{ending}"), {"type": form}) for ending, form in FORMS.items()
    ]
    api, oai = here("/api/v1/"), here("/oai")
    yield here(CATALOG), [Signpost("item", api), Signpost("item", oai)]
    yield (
        api,
        [
            Signpost("service-desc", here("/api/v1/schema/?format=json"), {"type": JSON}),
            Signpost("service-desc", here("/api/v1/schema/?format=yaml"), {"type": YAML}),
            guide,
            *catalogues,
            Signpost("status", here("/healthz")),
        ],
    )
    yield oai, [Signpost("service-desc", here("/oai?verb=Identify"), {"type": "text/xml"}), guide]
    feeds = [here(f"/feeds/{name}.atom") for name in ("all", *(kind.name for kind in kinds.all_kinds()))]
    yield (
        here(f"/{settings.LANGUAGE_CODE}/"),
        [Signpost("alternate", feed, {"type": atom.MEDIA_TYPE}) for feed in feeds],
    )
