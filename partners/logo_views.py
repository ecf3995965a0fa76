from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from catalogue import pictures
from operations.reading import read_only
from partners import logos
from partners.models import Logo


@read_only
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    found = get_object_or_404(Logo, digest=digest)
    is_public = logos.is_public(found)
    if not is_public and not logos.may_see(found, request.user):
        raise Http404
    return pictures.served(request, found, is_public=is_public)
