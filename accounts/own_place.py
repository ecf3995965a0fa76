"""The place from which a person has signed in before, told by a cookie that only signing in gives.

Wrong passwords are counted by account, so that a guesser with a thousand addresses gets no more tries than one with a
single address. Counted alone, that would let anybody lock a person out of her account. So wrong passwords from her own
places are counted apart, each place for itself: guessers use up the strangers' tries, and hers are left. On a new device
she waits with the strangers, or sets a new password by mail, which wipes the strangers' count.

The cookie names no one: it is a random word, signed together with the address that it is good for.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "own_place"
DAYS = 365


def mark(response: HttpResponse, email: str) -> None:
    """From now on the browser is one of her places."""
    response.set_cookie(
        COOKIE,
        signing.dumps(secrets.token_urlsafe(12), salt=_salt(email)),
        max_age=DAYS * 86400,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def of(request: HttpRequest, email: str) -> str:
    """The word of the place, if she has signed in from there before; else ""."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(email), max_age=DAYS * 86400)
    except signing.BadSignature:
        return ""


def _salt(email: str) -> str:
    return f"accounts.own_place:{email.strip().lower()}"
