from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from catalogue.attached import Format
from catalogue.pictures import KEPT
from operations.reading import read_only
from practices import attachments
from practices.models import AttachedFile


@read_only
def attachment(request: HttpRequest, file_key: str, ending: str) -> HttpResponse:
    """A download, whatever it is: nothing of it is shown or run at this address."""
    found = get_object_or_404(AttachedFile, key=file_key, format=ending)
    is_public = attachments.is_public(found)
    if not is_public and not attachments.may_read(found, request.user):
        raise Http404
    try:
        response = HttpResponse(found.content(), content_type=Format(found.format).media_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Disposition"] = f'attachment; filename="{found}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = f"public, max-age={KEPT}" if is_public else "private, no-store"
    return response
