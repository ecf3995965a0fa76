"""What administrators do at the desk for one person's letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.models import User
from notices import actions, undeliverable
from operations.dates import long_date


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("desk.people")
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: what programs open by themselves changes nothing."""
    person = get_object_or_404(User, pk=pk)
    since = undeliverable.since(person.email)
    if request.method != "POST" and since:
        told = {"person": person, "date": long_date(since)}
        return render(request, "wagtailadmin/people/letters_back.html", told)
    if request.method == "POST" and actions.try_again(user=person, by=request.user):
        messages.success(request, _("We have written to %(address)s.") % {"address": person.email})
    elif since:
        messages.info(request, _("That has been tried today already. Please try again tomorrow."))
    return redirect("wagtailusers_users:edit", person.pk)
