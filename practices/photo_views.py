from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from practices import photos
from practices.models import Photo


@require_safe
def photo(request: HttpRequest, digest: str) -> HttpResponse:
    """What is public may be kept by caches for ever; what is not is shown to authors and reviewers, and not kept."""
    found = get_object_or_404(Photo, digest=digest)
    is_public = photos.is_public(found)
    if not is_public and not photos.may_see(found, request.user):
        raise Http404
    try:
        response = HttpResponse(photos.content_of(found), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_public else "private, no-store"
    return response
