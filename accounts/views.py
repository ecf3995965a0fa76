from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from accounts.language import page_left


@never_cache
def admin_door(request: HttpRequest) -> HttpResponse:
    """Where the Wagtail admin sends those whom it does not let in. Only strangers can mend that by signing in."""
    if not request.user.is_authenticated:
        return redirect_to_login(page_left(request) or reverse("wagtailadmin_home"))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    list(messages.get_messages(request))  # read, and not shown: Wagtail's own word for what the page says better
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(request.user.language)
    return render(request, "403.html", {"messages": ()}, status=403)
