"""Images as pages show them. The originals, and whatever else editors upload, stay where they are."""

import mimetypes
import re

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from wagtail.images.models import Rendition

from operations.reading import read_only
from pages.documents import may_be_read

RENDITIONS = "images"  # Wagtail's folder for them; the originals are in another one
NAME = re.compile(r"[\w-][\w.-]*\.(avif|gif|jpe?g|png|webp)", re.ASCII)
KEPT = "public, max-age=604800"  # a changed image is a file of another name


@read_only
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    if not NAME.fullmatch(name):
        raise Http404
    found = Rendition.objects.filter(file=f"{RENDITIONS}/{name}").select_related("image").first()
    if found is None:
        raise Http404
    is_public = may_be_read(found.image, AnonymousUser())
    if not is_public and not may_be_read(found.image, request.user):
        raise Http404
    try:
        file = default_storage.open(f"{RENDITIONS}/{name}")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=mimetypes.guess_type(name)[0])
    response["Cache-Control"] = KEPT if is_public else "private, no-store"
    return response
