from django.conf import settings
from django.http import HttpRequest

from operations.languages import interface_language


def portal(request: HttpRequest) -> dict:
    """What every page's frame needs to know."""
    return {"interface_language": interface_language(), "public_url": settings.PUBLIC_URL}
