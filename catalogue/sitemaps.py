"""`/sitemap.xml` (sitemaps.org, protocol 0.9): what is published, in each of its languages, for search engines.

The index names parts by ranges of ids, so that no part is ever counted or skipped through, and a part stays what it is
when something is added. Harvested records are not ours to announce.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse

from catalogue import kinds
from catalogue.models import Entry
from operations.reading import read_only
from pages.sitemaps import Place, page_places

PART = 5_000  # ids
SECONDS_KEPT = 3600
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@read_only
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Pages and lists, and as many parts of records as ids have been given out."""
    highest = Entry.objects.visible().ours().aggregate(highest=Max("pk"))["highest"]
    parts = range(highest // PART + 1) if highest else ()
    addresses = ["/sitemap/pages.xml", *(f"/sitemap/records-{number}.xml" for number in parts)]
    told = "".join(f"<sitemap><loc>{settings.PUBLIC_URL}{address}</loc></sitemap>\n" for address in addresses)
    return _answer(f"<sitemapindex {SITEMAPS}>\n{told}</sitemapindex>\n")


@read_only
def sitemap_of_pages(request: HttpRequest) -> HttpResponse:
    return _urlset([*page_places(), *_lists()])


@read_only
def sitemap_of_records(request: HttpRequest, number: int) -> HttpResponse:
    first = number * PART
    entries = Entry.objects.visible().ours().filter(pk__gte=first, pk__lt=first + PART).order_by("pk")
    places = [_place(entry) for entry in entries.only("card", "modified").iterator(chunk_size=500)]
    if not places and number:
        raise Http404
    return _urlset(places)


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /accounts/",
        "",
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _place(entry: Entry) -> Place:
    """The record's pages in the languages that its title is in."""
    card = entry.short
    return Place({code: url for code, url in card["pages"].items() if code in (card["title"] or {})}, entry.modified)


def _lists() -> Iterator[Place]:
    for kind in kinds.all_kinds():
        yield Place({code: f"/{code}/{kind.name}/" for code in settings.INTERFACE_LANGUAGES}, None)
    yield Place({code: f"/{code}/search/" for code in settings.INTERFACE_LANGUAGES}, None)


def _urlset(places: Iterable[Place]) -> HttpResponse:
    told = "".join(url for place in places for url in _urls(place))
    return _answer(f"<urlset {SITEMAPS} {XHTML}>\n{told}</urlset>\n")


def _urls(place: Place) -> Iterator[str]:
    """One entry for each language, every one with all alternates; who speaks none of them is sent to English, or the first."""
    default = place.addresses.get(settings.LANGUAGE_CODE) or next(iter(place.addresses.values()), "")
    alternates = "".join(_alternate(code, url) for code, url in [*place.addresses.items(), ("x-default", default)])
    changed = f"<lastmod>{_moment(place.modified)}</lastmod>" if place.modified else ""
    for url in place.addresses.values():
        yield f"<url><loc>{settings.PUBLIC_URL}{_text(url)}</loc>{changed}{alternates}</url>\n"


def _alternate(code: str, url: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(settings.PUBLIC_URL + url)}/>'


def _text(url: str) -> str:
    return quoteattr(url)[1:-1]


def _moment(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _answer(body: str) -> HttpResponse:
    response = HttpResponse(HEAD + body, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    return response
