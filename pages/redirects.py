"""Former addresses of pages: they lead to what is published, and never in a circle."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from operations.addresses import parts_of
from pages.addresses import is_goal

NO_OLD_PATH = _("This cannot be read as an address. Give the path alone, such as /old/place/.")
CIRCLE = _("This address would lead back to itself. Choose another goal.")
FOREIGN = _("Give an address of the portal, or one that begins with https://.")


class LiveRedirects(RedirectMiddleware):
    """As Wagtail's, but a page that is not published is not told of, and nobody is sent round in a circle."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        found = super().process_response(request, response)
        if found is response:
            return response
        path = Redirect.normalise_path(urlsplit(found["Location"]).path)
        here = Redirect.normalise_path(request.path)
        is_there = not Page.objects.filter(url_path=f"{path}/", live=False).exists()
        return found if path != here and is_there else response


def process_import(request: HttpRequest) -> HttpResponse:
    """As Wagtail's, but what was not signed when the file was looked at is refused; Wagtail's own check of it fails."""
    for name in ("import_file_name", "input_format"):
        try:
            Signer().unsign(request.POST.get(name, ""))
        except BadSignature:
            raise SuspiciousOperation("The import was not begun here.") from None
    return views.process_import(request)


def leads_in_a_circle(redirect: Redirect) -> bool:
    """Whether somebody who follows it, and the redirects after it, comes back to where it begins."""
    begin = Redirect.normalise_path(redirect.old_path)
    seen, goal = set(), _goal(redirect)
    while goal and goal not in seen:
        if goal == begin:
            return True
        seen.add(goal)
        following = Redirect.objects.filter(old_path=goal).exclude(pk=redirect.pk).first()
        goal = _goal(following) if following else ""
    return False


def _goal(redirect: Redirect) -> str:
    """The path to which it leads on this portal; empty for other sites."""
    if redirect.redirect_page:
        return Redirect.normalise_path(redirect.redirect_page.url_path)
    address = parts_of(redirect.redirect_link or "")
    if address is None:
        return ""
    own = {urlsplit(settings.PUBLIC_URL).hostname, *(host.strip("[]") for host in settings.ALLOWED_HOSTS)}
    is_ours = not address.netloc or address.hostname in own
    return Redirect.normalise_path(redirect.redirect_link) if redirect.redirect_link and is_ours else ""


class GoalForm(RedirectForm):
    """As Wagtail's, but a path of the portal is a goal, too."""

    redirect_link = forms.CharField(
        label=_("redirect to any address"),
        max_length=Redirect._meta.get_field("redirect_link").max_length,
        required=False,
        help_text=_("Where there is no page: a path of the portal, such as /en/practices/, or an address with https."),
    )

    def clean_old_path(self) -> str:
        old_path = self.cleaned_data["old_path"]
        if parts_of(old_path) is None:
            raise ValidationError(NO_OLD_PATH)
        return old_path


def validate_goal(goal: str) -> None:
    if not is_goal(goal, ["http", "https"]):
        raise ValidationError(FOREIGN)


def clean_goals() -> None:
    """Redirects are Wagtail's: its forms, and its import, ask the model whether it is clean, and so do we."""
    if views.RedirectForm is GoalForm:
        return
    field = Redirect._meta.get_field("redirect_link")
    field.validators = [each for each in field.validators if not isinstance(each, URLValidator)] + [validate_goal]
    views.RedirectForm = views.CreateView.form_class = views.EditView.form_class = GoalForm
    clean = Redirect.clean

    def clean_without_circles(redirect: Redirect) -> None:
        clean(redirect)
        if leads_in_a_circle(redirect):
            field = "redirect_page" if redirect.redirect_page else "redirect_link"
            raise ValidationError({field: CIRCLE})

    Redirect.clean = clean_without_circles
