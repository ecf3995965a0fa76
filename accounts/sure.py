"""Before what cannot be undone: is it really she, or somebody at her open browser?

Who has a password or a second factor is asked for it. Who comes in by the sign-in of an organisation alone has neither: she
signs in there again, unless she has done so in the last minutes.
"""

import functools
import time
from collections.abc import Callable

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

View = Callable[..., HttpResponse]


def that_it_is_she(back: str) -> Callable[[View], View]:
    """For POST. `back` names the page on which she does it, to which she comes back from the other side."""

    def decorate(view: View) -> View:
        asked = reauthentication_required(view)

        @functools.wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            if get_reauthentication_flows(request.user) or _has_just_come_in(request):
                return asked(request, *args, **kwargs)
            told = {"providers": get_adapter().list_providers(request), "back": reverse(back)}
            return render(request, "account/sign_in_again.html", told, status=403)

        return answer

    return decorate


def _has_just_come_in(request: HttpRequest) -> bool:
    last = max((each["at"] for each in get_authentication_records(request, request.user)), default=0)
    return time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT
