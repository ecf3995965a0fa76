"""What the accounts themselves keep about a person (`accounts.personal_data`)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from accounts import erasure, invited, personal_data, speaking
from accounts.models import Consent, InvitationLetter, User
from accounts.personal_data import PersonalData
from operations.models import AuditEntry

OF_ACCOUNT = ("first_name", "last_name", "email", "language", "mail", "translates")
OWN = (*OF_ACCOUNT, "date_joined", "last_login", "is_active", "is_staff")


def register() -> None:
    personal_data.register(
        PersonalData(
            "account",
            what=_("Your name, address, languages and roles; what you have agreed to"),
            kept=_("as long as you have an account"),
            export=_account,
            relations=(
                "account.EmailAddress.user",
                "accounts.Consent.user",
                "accounts.FormerAddress.user",
                "accounts.SpokenLanguage.user",
                "accounts.User_groups.user",
                "accounts.User_user_permissions.user",
            ),
        )
    )
    personal_data.register(
        PersonalData(
            "invitation_letters",
            what=_("When you sent letters of invitation, and when such letters went to you"),
            kept=_("a day or two"),
            export=_letters,
            erase=_erase_letters,
            relations=("accounts.InvitationLetter.user",),
        )
    )
    personal_data.register(
        PersonalData(
            "signing_in",
            what=_(
                "Your password as a hash, second factor, and where you are signed in: browser, network address, time"
            ),
            kept=_("sessions until they end, at the latest after two weeks; the rest as long as you have an account"),
            export=_signing_in,
            relations=("mfa.Authenticator.user", "usersessions.UserSession.user", "socialaccount.SocialAccount.user"),
        )
    )
    personal_data.register(
        PersonalData(
            "audit_log",
            what=_("The log of who did what: roles, organisations, accounts"),
            kept=_("two years"),
            export=_audit_log,
            stays=_("that it was done, and when; no longer by whom"),
            relations=("operations.AuditEntry.actor", "operations.AuditEntry.whom"),
        )
    )


def _account(user: User) -> dict:
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    consents = Consent.objects.filter(user=user)
    return {name: getattr(user, name) for name in OWN} | {
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "is_admin": user.is_superuser,
        "languages": speaking.of(user),
        "addresses": list(addresses.values("email", "verified", "primary")),
        "former_addresses": list(user.former_addresses.order_by("pk").values("email", "until")),
        "consents": list(consents.values("purpose", "about", "text_version", "language", "given", "withdrawn")),
    }


def _letters(user: User) -> dict:
    to_her = invited.letters_to(erasure.addresses_of(user)).order_by("pk")
    sent = InvitationLetter.objects.filter(user=user).order_by("pk")
    return {"sent": list(sent.values("sent")), "sent_to_you": list(to_her.values("sent"))}


def _erase_letters(user: User) -> None:
    """Her own go with her account."""
    invited.letters_to(erasure.addresses_of(user)).delete()


def _signing_in(user: User) -> dict:
    """Of secrets only that they exist."""
    sessions = UserSession.objects.filter(user=user).order_by("created_at")
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    elsewhere = SocialAccount.objects.filter(user=user).order_by("pk")
    return {
        "has_password": user.has_usable_password(),
        "second_factors": list(factors.values("type", "created_at", "last_used_at")),
        "other_sign_ins": list(elsewhere.values("provider", "uid", "extra_data", "date_joined", "last_login")),
        "sessions": list(sessions.values("created_at", "last_seen_at", "ip", "user_agent")),
    }


def _audit_log(user: User) -> dict:
    told = ("at", "what", "about_kind", "about_uid", "about_title", "facts")
    return {
        "done_by_you": list(AuditEntry.objects.filter(actor=user).values(*told)),
        "done_about_you": list(AuditEntry.objects.filter(whom=user).values(*told)),
    }
