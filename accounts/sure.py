"""Before what cannot be undone: is it really she, or somebody at her open browser?

Who has a password or a second factor is asked for it. Who comes in by the sign-in of an organisation alone has neither: she
signs in there again, unless she has done so in the last minutes.
"""

import functools
import json
import time
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.adapter import get_adapter
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from accounts import sealing

TYPED = "typed"
PURPOSE = "typed before: "  # the same key seals other things, too
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
            return _sign_in_again(request, reverse(back))

        return answer

    return decorate


def asks(request: HttpRequest, *, back: str) -> HttpResponse | None:
    """None if she has come in, or was asked, in the last minutes; for POST, before what is told once.

    What she sent is not lost: who is asked for her password or a code has it done as soon as she has answered (allauth keeps
    it, and raises ReauthenticationRequired here); who signs in at the other side comes `back`, to a page that tells what
    she had typed (`typed_before`).
    """
    if _has_just_come_in(request):
        return None
    if get_reauthentication_flows(request.user):
        raise ReauthenticationRequired
    return _sign_in_again(request, f"{back}?{urlencode({TYPED: _sealed(request, back)})}")


def _sealed(request: HttpRequest, page: str) -> str:
    """For an address, as her session ends over there; nobody else can read it, or make one for her."""
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    return sealing.seal(PURPOSE + json.dumps({"page": page, "whose": request.user.pk, "sent": sent.urlencode()}))


def typed_before(request: HttpRequest, form: type[BaseForm]) -> dict:
    """What she had typed into a form of this page before she was led away to sign in again; for `initial`."""
    told = sealing.unseal(request.GET.get(TYPED, "")) or ""
    typed = json.loads(told.removeprefix(PURPOSE)) if told.startswith(PURPOSE) else {}
    if (typed.get("page"), typed.get("whose")) != (request.path, request.user.pk):
        return {}
    sent = QueryDict(typed["sent"])
    fields = {name: field for name, field in form.base_fields.items() if name in sent}
    return {name: field.widget.value_from_datadict(sent, {}, name) for name, field in fields.items()}


def _sign_in_again(request: HttpRequest, back: str) -> HttpResponse:
    told = {"providers": get_adapter().list_providers(request), "back": back}
    return render(request, "account/sign_in_again.html", told, status=403)


def _has_just_come_in(request: HttpRequest) -> bool:
    last = max((each["at"] for each in get_authentication_records(request, request.user)), default=0)
    return time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT
