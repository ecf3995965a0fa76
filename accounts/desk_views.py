"""What administrators do at the desk for one person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import second_factor
from accounts.access import allowed
from accounts.models import User


@allowed("desk.people")
def remove_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first. Her own is not hers to remove here, and where there is none there is nothing."""
    person = get_object_or_404(User, pk=pk)
    if not second_factor.can_remove(person, by=request.user):
        raise Http404
    if request.method != "POST":
        return render(request, "wagtailadmin/people/remove_second_factor.html", {"person": person})
    second_factor.remove(user=person, by=request.user)
    messages.success(request, _("The second factor of %(name)s is removed.") % {"name": person.for_staff})
    return redirect("wagtailusers_users:edit", person.pk)
