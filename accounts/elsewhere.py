"""What the sign-in of an organisation (OIDC) tells of a person, and how little of it is kept: her number there."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from accounts.models import FormerAddress


def confirmed_in(told: dict) -> set[str]:
    """The addresses that it says, plainly, to be confirmed. What it tells may be nested (`userinfo`, `id_token`)."""
    parts = [told, *told.values()] if isinstance(told, dict) else []
    said = [part for part in parts if isinstance(part, dict) and part.get("email_verified") is True]
    return {part["email"].strip().lower() for part in said if isinstance(part.get("email"), str)}


def keep_least(sender: type, instance: SocialAccount, **more) -> None:
    """Before every writing of the row. An address that is new is kept for her erasure alone."""
    told, instance.extra_data = instance.extra_data, {}
    remember(instance.user, confirmed_in(told))


def remember(user, addresses: set[str]) -> None:
    """As addresses that were hers, but never by our letters: so they end when her account began."""
    known = {user.email.lower(), *EmailAddress.objects.filter(user=user.pk).values_list("email", flat=True)}
    known |= set(user.former_addresses.values_list("email", flat=True))
    FormerAddress.objects.bulk_create(
        FormerAddress(user=user, email=address, until=user.date_joined)
        for address in sorted(addresses - known)
        if len(address) <= FormerAddress._meta.get_field("email").max_length
    )
