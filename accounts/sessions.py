"""What is kept of where people are signed in: browser, time and address, as long as the session lasts.

An address (IP) says where somebody was, and nobody is shown it; allauth wants one in each row. It goes with the row: when
she signs out or signs the browser out, and else within a day after the session has ended, two weeks after she signed in.
"""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone


def forget_ended() -> None:
    """Sessions that have ended, and what was kept of them."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def sign_out(user, *, but: str | None = None) -> None:
    """In all browsers, or in all but that of the session."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=but):
        session.end()
