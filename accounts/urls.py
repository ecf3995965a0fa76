"""What of allauth's account pages people meet here: an address is given once and changed by staff alone."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from accounts import oidc
from accounts.access import allowed
from accounts.language import in_language_of_page_left
from accounts.views import (
    only_with_oidc,
    second_factor,
    second_factor_codes,
    set_up_second_factor,
    sign_out,
    sign_up,
)

coming_in = [
    path("login/", views.login, name="account_login"),
    path("logout/", sign_out, name="account_logout"),
    path("signup/", sign_up, name="account_signup"),
    path("confirm-email/", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("oidc/<slug:provider_id>/login/", only_with_oidc(oidc.login), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", only_with_oidc(oidc.callback), name="openid_connect_callback"),
    path("oidc/signup/", only_with_oidc(social.signup), name="socialaccount_signup"),
    path("oidc/cancelled/", only_with_oidc(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("oidc/error/", only_with_oidc(social.login_error), name="socialaccount_login_error"),
]
own_account = [
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("second-factor/", second_factor, name="mfa_index"),
    path("second-factor/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", set_up_second_factor, name="mfa_activate_totp"),
    path("second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", second_factor_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
for addresses, act in ((coming_in, "account.enter"), (own_account, "account.keep")):
    for address in addresses:
        address.callback = in_language_of_page_left(allowed(act)(address.callback))
urlpatterns = coming_in + own_account
