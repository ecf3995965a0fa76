"""Who has the keys to the editors' desk needs more than a password (REQUIRE_MFA)."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from accounts.language import NEXT, remember

LEFT_OPEN = ("login/", "logout/", "jsi18n/")  # of the admin's own addresses


def asked_of_staff(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leads staff without a second factor from the admin to where one is set up."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not settings.REQUIRE_MFA or not _is_in_admin(request.path_info) or not is_missing(request.user):
            return get_response(request)
        query = QueryDict(mutable=True)
        query[NEXT] = request.get_full_path()
        response = redirect(f"{reverse('mfa_index')}?{query.urlencode(safe='/')}")
        remember(response, request.LANGUAGE_CODE)  # the admin's: the account pages have none of their own
        return response

    return answer


def is_missing(user) -> bool:
    """Whether she has to set up a second factor before she may go on to the editors' desk."""
    return (
        settings.REQUIRE_MFA
        and user.is_authenticated
        and user.has_perm("wagtailadmin.access_admin")
        and not is_mfa_enabled(user)
    )


def _is_in_admin(path: str) -> bool:
    home = reverse("wagtailadmin_home")
    return path.startswith(home) and not path.removeprefix(home).startswith(LEFT_OPEN)
