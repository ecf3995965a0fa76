"""What all pages have in common that are only read, or read and sent."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

read_and_write = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = 422  # what was sent stands in the form again, with what is wrong beside it


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD alone. Who sends something is told so, with the methods; not that the token of a form is too old."""
    return csrf_exempt(require_safe(view))


def or_not_there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What was taken away in another window, between the look at it and its lock, is not there: no fault of ours."""

    @wraps(view)
    def answer(*of, **where) -> HttpResponse:
        try:
            return view(*of, **where)
        except ObjectDoesNotExist:
            raise Http404 from None

    return answer
