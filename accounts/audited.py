"""What the audit log tells of accounts: what people do to their own, and what staff does to those of others.

Sign-ins stand under *Where you are signed in*, as long as they last, and are not told.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations import audit

ADMIN = "Admins"  # as a role, beside the names of groups
WORDS = {
    "account.opened": _("Account opened"),
    "account.given": _("Account given by staff"),
    "account.closed": _("Account closed"),
    "account.reopened": _("Account opened again"),
    "account.erased": _("Account erased"),
    "address.confirmed": _("Address confirmed"),
    "address.changed": _("Address changed by staff"),
    "password.changed": _("Password changed"),
    "password.given": _("Password changed by staff"),
    "password.reset": _("Password reset by letter"),
    "role.given": _("Role given"),
    "role.taken": _("Role taken away"),
    "second-factor.set": _("Second factor set up"),
    "second-factor.removed": _("Second factor removed"),
    "second-factor.codes": _("New recovery codes made"),
    "sign-in.joined": _("Sign-in of an organisation joined"),
    "sign-in.slowed": _("Sign-in slowed after wrong passwords"),
}
# Whatever a letter about the account tells is noted, too.
BY_LETTER = {
    "account/email/password_changed": "password.changed",
    "account/email/password_set": "password.changed",
    "account/email/password_reset": "password.reset",
    "mfa/email/totp_activated": "second-factor.set",
    "mfa/email/totp_deactivated": "second-factor.removed",
    "mfa/email/recovery_codes_generated": "second-factor.codes",
    "socialaccount/email/account_connected": "sign-in.joined",
}


def register_words() -> None:
    for what, label in WORDS.items():
        audit.register(what, label)


def note_letter(template: str, user: User) -> None:
    if what := BY_LETTER.get(template):
        audit.note(what, by=user)


def note_slowed(email: str, place: str) -> None:
    """Once in the five minutes that it lasts, and once for each visitor, so that nobody fills the log.

    What is done is the same whether anybody has the address.
    """
    if all(_is_new(word) for word in (f"from {place}", email)):
        audit.note("sign-in.slowed", whom=User.objects.filter(email=email).first())


def _is_new(word: str) -> bool:
    key = salted_hmac("accounts.audited", word, algorithm="sha256").hexdigest()
    return cache.add(f"sign-in.slowed:{key}", True, timeout=300)


# What staff does to accounts


@dataclass(frozen=True)
class Standing:
    """What staff can change of an account."""

    email: str
    password: str
    is_active: bool
    roles: frozenset[str]


def standings(people: Iterable[int]) -> dict[int, Standing]:
    """By the accounts' numbers; of those that are there."""
    users = User.objects.filter(pk__in=list(people)).prefetch_related("groups")
    return {user.pk: Standing(user.email, user.password, user.is_active, _roles(user)) for user in users}


def _roles(user: User) -> frozenset[str]:
    admin = [ADMIN] if user.is_superuser else []
    return frozenset([*admin, *(group.name for group in user.groups.all())])


@contextmanager
def changes(people: Iterable[int], *, by: User) -> Iterator[None]:
    """Notes what is done within to the accounts, in one transaction with it."""
    people = list(people)
    with transaction.atomic():
        before = standings(people)
        yield
        note_changes(before, people, by=by)


def note_changes(before: dict[int, Standing], people: Iterable[int], *, by: User) -> None:
    now = standings(people)
    there = User.objects.in_bulk(now)
    for pk in people:
        for what, facts in _differences(before.get(pk), now.get(pk)):
            audit.note(what, by=by, whom=there.get(pk), **facts)


def _differences(before: Standing | None, now: Standing | None) -> Iterator[tuple[str, dict]]:
    if now is None:
        return  # `accounts.erasure` has noted it
    if before is None:
        yield "account.given", {}
    else:
        if before.email != now.email:
            yield "address.changed", {}
        if before.password != now.password:
            yield "password.given", {}
        if before.is_active != now.is_active:
            yield ("account.reopened" if now.is_active else "account.closed"), {}
    had = before.roles if before else frozenset()
    yield from (("role.given", {"role": role}) for role in sorted(now.roles - had))
    yield from (("role.taken", {"role": role}) for role in sorted(had - now.roles))
