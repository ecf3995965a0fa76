from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from catalogue import pictures
from operations.reading import read_only
from practices import photos
from practices.models import Photo


@read_only
def photo(request: HttpRequest, digest: str) -> HttpResponse:
    found = get_object_or_404(Photo, digest=digest)
    is_public = photos.is_public(found)
    if not is_public and not photos.may_see(found, request.user):
        raise Http404
    return pictures.served(request, found, is_public=is_public)
