"""The pages that read the catalogue. They draw what is published, from its documents, and ask nothing else."""

import functools
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from catalogue import citations, kinds, signposts, versions
from catalogue.filters import InvalidParameters
from catalogue.listing import Listing
from catalogue.models import Entry, EntryVersion, OldSlug
from catalogue.reading import page_context
from catalogue.texts import in_language
from operations.reading import read_only
from pages.languages import preferred_language


@read_only
def entry_list(request: HttpRequest, kind: str) -> HttpResponse:
    if kinds.find(kind) is None:
        raise Http404
    return _listing_page(request, kinds.get(kind))


@read_only
def search(request: HttpRequest) -> HttpResponse:
    return _listing_page(request, None)


def _listing_page(request: HttpRequest, kind: kinds.Kind | None) -> HttpResponse:
    try:
        listing = Listing.for_people(request.GET, kind)
    except InvalidParameters as error:
        return render(request, "catalogue/bad_list.html", {"kind": kind, "errors": error.errors}, status=400)
    return render(request, "catalogue/list.html", {"kind": kind, "listing": listing})


@read_only
def record(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    entries, known = Entry.objects.with_versions(), kinds.find(kind)
    entry = (known.read_with(entries) if known and known.read_with else entries).at_slug(kind, slug)
    if entry is None:
        return _moved(request, kind, slug)
    if not entry.is_visible:
        return gone(request, entry)
    response = render(request, kinds.get(kind).template, page_context(entry.record, entry=entry))
    response["Link"] = signposts.header(signposts.signposts(entry.record, get_language()))
    return response


def _moved(request: HttpRequest, kind: str, slug: str, number: int | None = None) -> HttpResponse:
    """Former addresses lead to the present one for ever, those of a version to that version's."""
    former = OldSlug.objects.at(kind, slug)
    entry = Entry.objects.filter(uid=former.uid).first() if former else None
    if entry is None:
        raise Http404
    if not entry.is_visible:
        return gone(request, entry)
    return HttpResponsePermanentRedirect(page_of(entry, get_language(), number))


def gone(request: HttpRequest, entry: Entry) -> HttpResponse:
    """410: why, and after a merge where it goes on."""
    successor = entry.successor()
    context = {"entry": entry, "kind": kinds.get(entry.kind), "merged_into": _link_to(successor) if successor else None}
    return render(request, "catalogue/gone.html", context, status=410)


def _link_to(entry: Entry) -> dict[str, str]:
    language, card = get_language(), entry.short
    title = in_language(card["title"], language, card["original_language"])
    return {"title": title.text, "lang": title.language, "url": page_of(entry, language)}


class EmptiedVersion(Exception):
    """It went with a withdrawal of the record, which is public again."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


def version_of(entry: Entry, number: int) -> EntryVersion:
    """Raises Http404, and EmptiedVersion."""
    found = get_object_or_404(entry.versions, number=number)
    if not found.document:
        raise EmptiedVersion(number)
    return found


def _emptied(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """410: the address was cited, and the text goes on in another version."""
    context = {"entry": entry, "kind": kinds.get(entry.kind), "number": number, "current": _link_to(entry)}
    return render(request, "catalogue/version_gone.html", context, status=410)


def of_entry(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages that belong to a record's: the view is given the visible entry of ours at the address.

    What is withdrawn or unknown is answered as its own page would be, a version that is withdrawn too; so is a former
    address, unless something is sent there: that is taken where it was written.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, kind: str, slug: str, **more) -> HttpResponse:
        entry = Entry.objects.at_slug(kind, slug)
        if entry is None and request.method == "POST":
            former = OldSlug.objects.at(kind, slug)
            entry = Entry.objects.ours().filter(uid=former.uid).first() if former else None
        if entry is None:
            return _moved(request, kind, slug, more.get("number"))
        if not entry.is_visible:
            return gone(request, entry)
        try:
            return view(request, entry, **more)
        except EmptiedVersion as version:
            return _emptied(request, entry, version.number)

    return answer


@read_only
@of_entry
def version(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    found = version_of(entry, number)
    return render(request, kinds.get(entry.kind).template, page_context(found.record, entry=entry, version=found))


@read_only
@of_entry
def changes(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """What changed in a version: since the one before it, or since the one that is asked for."""
    try:
        compared = versions.compared(entry, number, since=request.GET.get("since"))
    except versions.UnknownVersion as error:
        version_of(entry, number)
        raise Http404 from error
    return render(request, "catalogue/changes.html", versions.changes_context(entry, compared))


def _named(entry: Entry, number: int | None) -> int:
    """The version that an address names, and the latest where it names none."""
    return entry.version if number is None else number


@read_only
@of_entry
def cite(request: HttpRequest, entry: Entry, number: int | None = None) -> HttpResponse:
    found = version_of(entry, _named(entry, number))
    cited = citations.citation_of(found, get_language())
    context = page_context(found.record, entry=entry, version=None if number is None else found)
    files = {"bibtex": citations.bibtex(cited), "ris": citations.ris(cited)}
    return render(request, "catalogue/cite.html", context | files | {"cited": cited, "number": number})


@read_only
@of_entry
def citation(request: HttpRequest, entry: Entry, file: str, ending: str, number: int | None = None) -> HttpResponse:
    """The same as a file, called as the record is."""
    if file != entry.slug:
        raise Http404
    write, media_type = citations.FORMATS[ending]
    text = write(citations.citation_of(version_of(entry, _named(entry, number)), get_language()))
    headers = {"Content-Disposition": f'attachment; filename="{file}.{ending}"'}
    return HttpResponse(text, content_type=f"{media_type}; charset=utf-8", headers=headers)


@read_only
def identity(request: HttpRequest, uid: UUID, number: int | None = None) -> HttpResponse:
    """Leads to the record, or to one of its versions, wherever their pages are now."""
    entry = get_object_or_404(Entry, uid=uid)
    if successor := None if entry.is_visible else entry.successor():  # people read of it at the page's address
        return HttpResponsePermanentRedirect(reverse("identity:record", args=[successor.uid]))
    if not entry.is_visible:
        return gone(request, entry)
    if number is not None and not entry.versions.filter(number=number).exists():
        raise Http404
    language = preferred_language(request.headers.get("Accept-Language", ""))
    response = HttpResponse(status=303, headers={"Location": page_of(entry, language, number)})
    patch_vary_headers(response, ["Accept-Language"])
    return response


def page_of(entry: Entry, language: str, number: int | None = None) -> str:
    """The entry's page in the language, or that of a version; every language has one, whatever languages the text is in."""
    return f"/{language}/{entry.kind}/{entry.slug}/" + (f"v/{number}/" if number is not None else "")
