"""Where the letter of an invitation leads. Nothing is done there, whoever opens it, and its address goes nowhere from there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.invited import Invited, is_for
from operations.secret_links import kept_secret

PAGES = "accounts/invitation"  # of which each room may have its own `…_for_another` and `…_over`


def follow(request: HttpRequest, found: Invited | None, *, mine: str, pages: str = PAGES, **context) -> HttpResponse:
    """Whoever holds the link sees who invites to what; only whose address it is gets further, to the address `mine` without
    a secret. `context` is what the invitation says (`accounts/invitation_told.html`), with its heading.
    """
    if found is None:
        response = over(request, pages)
    elif not request.user.is_authenticated:
        response = render(request, f"{PAGES}.html", context | {"invitation": found, "here": request.path})
    elif is_for(found, request.user):
        response = redirect(mine, found.pk)
    else:
        response = render(request, f"{pages}_for_another.html", status=403)
    return kept_secret(response)


def over(request: HttpRequest, pages: str = PAGES) -> HttpResponse:
    """The same for a link that never was and for one that is over."""
    return render(request, f"{pages}_over.html", status=404)


def ask(request: HttpRequest, *, status: int = 200, **context) -> HttpResponse:
    """Where she accepts or declines."""
    return render(request, f"{PAGES}_answer.html", context, status=status)
