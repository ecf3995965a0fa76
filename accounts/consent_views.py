"""To what a person has agreed: she sees it, agrees to new words, and takes back what is hers to take back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import consents, purposes
from accounts.access import allowed
from accounts.models import Consent
from operations.reading import read_only


@allowed("account.keep")
@read_only
def show(request: HttpRequest) -> HttpResponse:
    told = {"consents": consents.of(request.user), "due": consents.due(request.user)}
    return render(request, "account/consents.html", told)


@allowed("account.keep")
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """What everybody with an account is asked; the rest is asked where it is about something."""
    asked = purposes.named(request.POST.get("purpose", ""))
    if asked is None or not asked.is_needed:
        raise Http404
    consents.give(request.user, asked.name)
    request.session.pop(consents.ASK, None)
    messages.success(request, _("Thank you: that is noted."))
    return redirect("consents")


@allowed("account.keep")
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("consent", "")
    if not number.isdecimal():
        raise Http404
    held = get_object_or_404(Consent.objects.open(), user=request.user, pk=int(number[:18]))
    purpose = purposes.named(held.purpose)
    if purpose and purpose.is_needed:
        raise Http404
    consents.withdraw(request.user, held.purpose, held.about)
    messages.success(request, _("Your consent is taken back."))
    return redirect("consents")
