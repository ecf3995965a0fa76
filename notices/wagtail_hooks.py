"""What notices put into the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from notices import undeliverable
from notices.desk_views import try_again
from operations.dates import long_date


@hooks.register("before_edit_user")
def tell_that_letters_come_back(request, user) -> None:
    since = undeliverable.since(user.email) if request.method == "GET" else None
    if since:
        said = _("Letters to this address have come back since %(date)s.") % {"date": long_date(since)}
        button = messages.button(reverse("try_letters_again", args=[user.pk]), _("Try again"))
        messages.warning(request, said, buttons=[button])


@hooks.register("register_admin_urls")
def letters_urls():
    return [path("users/letters/<int:pk>/", try_again, name="try_letters_again")]
