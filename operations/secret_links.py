"""Pages to which a letter leads by a secret in their address."""

from django.http import HttpResponse


def kept_secret(response: HttpResponse) -> HttpResponse:
    """The address goes nowhere from there, and into no search engine.

    Its origin alone does: under `no-referrer` browsers send `Origin: null` with every form, and it would be refused.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
