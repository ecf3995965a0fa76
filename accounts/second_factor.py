"""Who has the keys to the editors' desk needs more than a password (REQUIRE_MFA); who has lost it is helped by staff."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from accounts import sealing, sessions
from accounts.language import NEXT, remember
from accounts.models import User
from operations import audit

LAST_USED = "last_used_counter"  # of half minutes since 1970, in the data of the second factor
LEFT_OPEN = ("login/", "logout/", "jsi18n/")  # of the admin's own addresses


def asked_of_staff(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leads staff without a second factor from the admin to where one is set up."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not settings.REQUIRE_MFA or not _is_in_admin(request.path_info) or not is_missing(request.user):
            return get_response(request)
        return lead(request, request.get_full_path())

    return answer


def lead(request: HttpRequest, back: str = "") -> HttpResponse:
    """To where a second factor is set up, and from there `back`."""
    query = QueryDict(mutable=True)
    query[NEXT] = back
    response = redirect(f"{reverse('mfa_index')}?{query.urlencode(safe='/')}" if back else "mfa_index")
    remember(response, request.LANGUAGE_CODE)  # the page's: the account pages have none of their own
    return response


def is_missing(user) -> bool:
    """Whether she has to set up a second factor before anything of staff's is open to her."""
    return settings.REQUIRE_MFA and user.is_authenticated and _has_keys(user) and not _has_one(user)


def _has_keys(user) -> bool:
    is_staff = user.is_superuser or User.Role.EDITOR in user.group_names
    return is_staff or user.has_perm("wagtailadmin.access_admin")


def _has_one(user) -> bool:
    """Asked for many times in one answer."""
    if not hasattr(user, "_has_second_factor"):
        user._has_second_factor = is_mfa_enabled(user)
    return user._has_second_factor


def _is_in_admin(path: str) -> bool:
    home = reverse("wagtailadmin_home")
    return path.startswith(home) and not path.removeprefix(home).startswith(LEFT_OPEN)


@transaction.atomic
def takes(factor: Authenticator, code: str) -> bool:
    """A code that was used, and any before it, is good no more (RFC 6238, 5.2); which one it was stands with the secret."""
    factor = Authenticator.objects.select_for_update().get(pk=factor.pk)
    if factor.type != Authenticator.Type.TOTP:
        return factor.wrap().validate_code(code)
    secret = decrypt(factor.data["secret"])
    for counter in totp.yield_hotp_counters_from_time():
        is_right = compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter)))
        if is_right and counter > factor.data.get(LAST_USED, -1):
            factor.data[LAST_USED] = counter
            factor.save(update_fields=["data"])
            return True
    return False


def can_remove(user: User, *, by: User) -> bool:
    """Administrators help others; each looks after her own herself, with her password."""
    return by.is_active and by.is_superuser and user != by and is_mfa_enabled(user)


@transaction.atomic
def remove(*, user: User, by: User) -> None:
    """She has lost it, and perhaps the device with it: she is signed out everywhere, and is told by letter."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not can_remove(user, by=by):
        raise PermissionDenied
    Authenticator.objects.filter(user=user).delete()
    sessions.sign_out(user)
    audit.note("second-factor.removed", by=by, whom=user)
    context = {"user": user, "second_factor_url": reverse("mfa_index")}
    get_adapter().send_mail("account/email/second_factor_removed", user.email, context)


def seal_anew() -> None:
    """While there are former keys: what they have sealed, by the newest one."""
    if not settings.SECRET_KEY_FALLBACKS:
        return
    for pk in Authenticator.objects.values_list("pk", flat=True):
        with transaction.atomic():  # who uses a recovery code writes the same row
            for factor in Authenticator.objects.select_for_update().filter(pk=pk):
                factor.data = sealing.sealed_anew(factor.data)
                factor.save(update_fields=["data"])
