"""The place from which a person has signed in before, told by a cookie that only signing in gives.

Wrong passwords, and wrong codes of the second factor, are counted by account, so that a guesser with a thousand addresses
gets no more tries than one with a single address. Counted alone, that would let anybody lock a person out of her account. So
those from her own places are counted apart, each place for itself: guessers use up the strangers' tries, and hers are left.

What holds: from her own place she comes in whatever strangers do. On a new device she waits with the strangers, or sets a new
password by mail, which wipes the strangers' counts of both; who knew the old password no longer comes to the second step.
Nobody can keep that letter from her: asking for it is never refused because others have asked. An address gets so many of
them in an hour and in a day, then they are left out without a word, and each one that came is good for its three days.

The cookie names no one: it is a random word, signed together with the address that it is good for.
"""

import secrets

from allauth.core import ratelimit
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


def key_of_passwords(request: HttpRequest, email: str) -> str:
    return f"{email}:{of(request, email)}"


def key_of_codes(request: HttpRequest, user) -> str:
    return f"second-factor:{user.pk}:{of(request, user.email)}"


def forget_strangers(request: HttpRequest, user) -> None:
    """She has a new password: what others tried with the old one counts no more."""
    for key in (f"{user.email}:", f"second-factor:{user.pk}:"):
        ratelimit.clear(request, action="login_failed", key=key)


def _salt(email: str) -> str:
    return f"accounts.own_place:{email.strip().lower()}"
