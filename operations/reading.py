"""What all pages have in common that are only read, or read and sent."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

read_and_write = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = 422  # what was sent stands in the form again, with what is wrong beside it


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD alone. Who sends something is told so, with the methods; not that the token of a form is too old."""
    return csrf_exempt(require_safe(view))
