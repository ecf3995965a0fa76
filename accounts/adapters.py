"""How allauth behaves in this portal."""

import base64
import logging
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import translation

from accounts import audited, claimed, consents, letters, own_place, sealing
from accounts.models import User
from accounts.names import tidy_name
from operations import audit
from operations.addresses import parts_of

logger = logging.getLogger(__name__)


CAUSED_BY_ANYBODY = {
    "account/email/password_reset_key": "reset",
    "account/email/unknown_account": "reset",
    "account/email/email_confirmation": "confirm",
    "account/email/email_confirmation_signup": "confirm",
    "account/email/account_already_exists": "confirm",
}


class AccountAdapter(DefaultAccountAdapter):
    """Whether people may sign up is a setting; demo users stay in the demo; letters are ours."""

    def is_open_for_signup(self, request) -> bool:
        return settings.SIGN_UP == "open"

    def new_user(self, request) -> User:
        """She has read the portal in this language."""
        return User(language=translation.get_language())

    def save_user(self, request, user: User, form, commit: bool = True) -> User:
        user = super().save_user(request, user, form, commit)
        if commit:
            audit.note("account.opened", by=user)
        return user

    def confirm_email(self, request, email_address) -> bool:
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            audit.note("address.confirmed", by=email_address.user)
        return is_confirmed

    def clean_email(self, email: str) -> str:
        """Longer ones than we keep would be cut off by allauth."""
        MaxLengthValidator(User._meta.get_field("email").max_length)(email)
        return super().clean_email(email)

    def is_safe_url(self, url):
        """Whether a page may lead there afterwards; allauth fails over what is no address at all."""
        return parts_of(url or "") is not None and super().is_safe_url(url)

    def pre_login(self, request, user, **more):
        if user.is_demo and not settings.DEMO:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)

    def post_login(self, request, user, **more):
        response = super().post_login(request, user, **more)
        own_place.mark(response, user.email)
        request.session[consents.ASK] = not user.is_demo and bool(consents.due(user))
        return response

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """By what wrong passwords are counted, beside the visitor's address: see `accounts.own_place`."""
        email = credentials.get("email", "").lower()
        return own_place.key_of_passwords(request, email)

    def _delete_login_attempts_cached_email(self, request, **credentials) -> None:
        """Called for each of her addresses when she has set a new password by a letter."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        for user in User.objects.filter(email=credentials["email"].lower()):
            own_place.forget_strangers(request, user)

    def pre_authenticate(self, request, **credentials) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            audited.note_slowed(credentials.get("email", "").lower(), self.get_client_ip(request))
            raise

    def send_notification_mail(self, template_prefix: str, user: User, context=None, email=None) -> None:
        audited.note_letter(template_prefix, user)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of whom it is for; where nobody has the address, in that of the page it was written on.

        Of those that anybody can cause an address gets some, and no more, whether it is known or not: without a word, so that
        whoever asks is answered alike, and nobody is refused because somebody else has asked.
        """
        cause, reader = CAUSED_BY_ANYBODY.get(template_prefix), context.get("user")
        if cause == "confirm" and reader and reader.last_login:
            cause = None  # of an account that somebody has come into, strangers cause none
        if cause and not ratelimit.consume(self.request, action="letters", key=f"{cause}:{email.lower()}"):
            return
        reader = reader or User.objects.filter(email=email).first()
        with translation.override(reader.language if reader else translation.get_language()):
            letters.write(template_prefix, [email], context | {"email": email}).send()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """People who come in through the sign-in of an organisation (OIDC_URL)."""

    def authenticate_by_email(self, sociallogin) -> tuple[User, str] | None:
        """Accounts are joined by nothing but an address of which the other side says, plainly, that it is confirmed."""
        for address in sociallogin.email_addresses:
            address.verified = address.verified is True  # some say "false", which would count as true
            if address.verified:
                claimed.release(address.email)
        return super().authenticate_by_email(sociallogin)

    def is_auto_signup_allowed(self, request, sociallogin) -> bool:
        """Nobody has an account who has not agreed to the terms: the form asks her."""
        return False

    def save_user(self, request, sociallogin, form=None) -> User:
        user = super().save_user(request, sociallogin, form)
        if form is None:  # else the other adapter has noted it
            audit.note("account.opened", by=user)
        audit.note("sign-in.joined", by=user)
        return user

    def populate_user(self, request, sociallogin, data: dict) -> User:
        user = super().populate_user(request, sociallogin, data)
        user.first_name, user.last_name = tidy_name(user.first_name), tidy_name(user.last_name)
        return user


class MFAAdapter(DefaultMFAAdapter):
    """The secrets of second factors are sealed in the database."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where no key opens it, no code is good: as of a secret that nobody knows. An empty one everybody would know."""
        text = sealing.unseal(encrypted_text)
        if text is None:
            logger.error("A second factor cannot be opened: neither SECRET_KEY nor SECRET_KEY_FALLBACKS holds its key")
            return base64.b32encode(secrets.token_bytes(20)).decode()
        return text
