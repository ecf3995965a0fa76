import functools
from http import HTTPStatus
from uuid import uuid4

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.account.views import SignupView, logout
from allauth.mfa.base.views import IndexView as SecondFactorView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView as RecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import sessions
from accounts.access import allowed
from accounts.forms import PreferencesForm
from accounts.language import page_left, remember
from accounts.models import User
from operations import audit


class SignUpView(SignupView):
    """Known addresses and unknown ones take the same time; what is written is written together."""

    def form_valid(self, form) -> HttpResponse:
        try:
            with transaction.atomic():
                if form.account_already_exists:
                    self._make_and_undo(form)
                return super().form_valid(form)
        except IntegrityError:  # somebody took the address a moment before
            form.account_already_exists = True
            return super().form_valid(form)

    def _make_and_undo(self, form) -> None:
        """All that takes time in making an account, so that the time does not tell who has one."""
        email = f"{uuid4()}@example.invalid"
        with transaction.atomic():
            user = get_adapter().save_user(self.request, User(), form, commit=False)
            user.email = email
            user.save()
            audit.note("account.opened", by=user)
            form.custom_signup(self.request, user)
            setup_user_email(self.request, user, [EmailAddress(email=email)])
            transaction.set_rollback(True)


sign_up = SignUpView.as_view()


def sign_out(request: HttpRequest) -> HttpResponse:
    """The browser forgets what forms kept in it (autosave.js): the next person may be somebody else."""
    response = logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"storage"'
    return response


BACK = "back_from_second_factor"


def second_factor(request: HttpRequest) -> HttpResponse:
    """Keeps, through all steps of setting one up, whence she was led here."""
    back = page_left(request)
    if back and get_adapter().is_safe_url(back):
        request.session[BACK] = back
    return SecondFactorView.as_view()(request)


def second_factor_codes(request: HttpRequest) -> HttpResponse:
    """The last step: from here she goes back, once."""
    shown = RecoveryCodesView.as_view(extra_context={"back": request.session.get(BACK)})(request)
    if shown.status_code == HTTPStatus.OK:
        request.session.pop(BACK, None)
    return shown


class SetUpView(ActivateTOTPView):
    """Who had got in with the password alone is out when the second factor is set up."""

    def form_valid(self, form) -> HttpResponse:
        answer = super().form_valid(form)
        sessions.sign_out(self.request.user, but=self.request.session.session_key)
        return answer


set_up_second_factor = SetUpView.as_view()


@allowed("account.keep")
def preferences(request: HttpRequest) -> HttpResponse:
    """Her name, her language, what she wants to be written, and the ways to her password, second factor and sessions."""
    form = PreferencesForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/preferences.html", {"form": form})
    language = form.save().language
    with translation.override(language):
        messages.success(request, _("Your preferences are saved."))
        response = redirect("preferences")
    remember(response, language)
    return response


def only_with_oidc(view):
    """The view is there only where the settings name an organisation's sign-in. It joins no accounts by hand."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.SOCIALACCOUNT_PROVIDERS or request.GET.get("process", "login") != "login":
            raise Http404
        return view(request, *args, **kwargs)

    return answer


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
