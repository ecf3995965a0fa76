"""Other ways to read what is published: a practice on paper, several side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from catalogue.models import Entry
from catalogue.pictures import KEPT
from catalogue.views import of_entry, version_of
from operations.reading import read_only
from practices import pdf
from practices.comparing import compared


@read_only
@of_entry
def as_pdf(request: HttpRequest, entry: Entry, file: str, number: int | None = None) -> HttpResponse:
    """The latest version or the one asked for, in a file called as the record is."""
    if file != entry.slug:
        raise Http404
    version = version_of(entry, number or entry.version)
    context = pdf.context_of(version, entry)
    etag = pdf.etag_of(version, entry, context["around"].entries_of(context["record"]["projects"]))
    known = get_conditional_response(request, etag=etag)
    response = known or HttpResponse(pdf.pdf_of(version, entry, context, etag), content_type="application/pdf")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["Content-Disposition"] = f'inline; filename="{file}.pdf"'
    return response


@read_only
def compare(request: HttpRequest) -> HttpResponse:
    comparison = compared(request.GET.getlist("with"))
    status = 200 if comparison.is_possible else 400
    return render(request, "practices/compare.html", {"comparison": comparison}, status=status)
