"""Images as pages show them. The originals, and whatever else editors upload, stay where they are."""

import mimetypes
import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from operations.reading import read_only

RENDITIONS = "images"  # Wagtail's folder for them; the originals are in another one
NAME = re.compile(r"[\w-][\w.-]*\.(avif|gif|jpe?g|png|webp)", re.ASCII)
KEPT = "public, max-age=604800"  # a changed image is a file of another name


@read_only
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    if not NAME.fullmatch(name):
        raise Http404
    try:
        file = default_storage.open(f"{RENDITIONS}/{name}")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=mimetypes.guess_type(name)[0])
    response["Cache-Control"] = KEPT
    return response
