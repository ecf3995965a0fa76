from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from operations.reading import read_only
from practices import photos
from practices.models import Photo

KEPT = 300  # seconds


@read_only
def photo(request: HttpRequest, digest: str) -> HttpResponse:
    """What is public may be kept by caches, yet not long: it may be withdrawn. Drafts' pictures are kept by nobody."""
    found = get_object_or_404(Photo, digest=digest)
    is_public = photos.is_public(found)
    if not is_public and not photos.may_see(found, request.user):
        raise Http404
    try:
        response = HttpResponse(photos.content_of(found), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"public, max-age={KEPT}" if is_public else "private, no-store"
    return response
