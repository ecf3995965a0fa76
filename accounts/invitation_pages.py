"""Where the letter of an invitation leads. Nothing is done there, whoever opens it, and its address goes nowhere from there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.invited import Invited, is_for
from operations.secret_links import kept_secret


def follow(request: HttpRequest, found: Invited | None, *, mine: str, template: str, **context) -> HttpResponse:
    """Whoever holds the link sees who invites to what; only whose address it is gets further, to the address `mine` without
    a secret.

    `template` is the beginning of three: for a visitor, `…_for_another` and `…_over`.
    """
    if found is None:
        response = over(request, template)
    elif not request.user.is_authenticated:
        response = render(request, f"{template}.html", context | {"invitation": found, "here": request.path})
    elif is_for(found, request.user):
        response = redirect(mine, found.pk)
    else:
        response = render(request, f"{template}_for_another.html", status=403)
    return kept_secret(response)


def over(request: HttpRequest, template: str) -> HttpResponse:
    """The same for a link that never was and for one that is over."""
    return render(request, f"{template}_over.html", status=404)
