"""Codes of second factors: by what wrong ones are counted, and what a code is good for."""

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth

from accounts import own_place, sealing, second_factor


class _Code:
    """In the place of allauth's, which counts by account alone: who knew the password could keep her out for ever."""

    def clean_code(self) -> str:
        key = own_place.key_of_codes(context.request, self.user)
        if not ratelimit.consume(context.request, action="login_failed", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        for factor in Authenticator.objects.filter(user=self.user).order_by("pk"):
            if second_factor.takes(factor, self.cleaned_data["code"]):
                self.authenticator = factor
                ratelimit.clear(context.request, action="login_failed", key=key)
                return self.cleaned_data["code"]
        raise get_mfa_adapter().validation_error("incorrect_code")


class SecondStep(_Code, AuthenticateForm):
    """On the way in."""


class SecondStepAgain(_Code, ReauthenticateForm):
    """Before something that only she may do."""


class SetUp(ActivateTOTPForm):
    """Until the first code has come, the secret waits in the session: sealed, as it will be in the database."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        opened = sealing.unseal(self.secret)
        if opened is None:  # made just now, or sealed by a key that is gone
            if self.secret.startswith(sealing.BEGINNING):
                self.secret = auth.generate_totp_secret()
            context.request.session[auth.SECRET_SESSION_KEY] = sealing.seal(self.secret)
        else:
            self.secret = opened
