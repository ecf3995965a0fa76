"""To what a person has agreed, when, and in which words: given and taken back here, and nowhere else.

`about` says which one is meant where a purpose can be agreed to several times: the uid of an organisation.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts import purposes
from accounts.models import Consent, User
from accounts.purposes import Purpose, Words

ASK = "consents_due"  # in the session, from signing in until she agrees: My work need not look it up each time


@transaction.atomic
def give(user: User, purpose: str, about: object = "") -> Consent:
    """To the words as they are now, in the language at hand. Consent to earlier words ends with it."""
    asked = _known(purpose)
    open_ones = _held(user, purpose, about)
    held = open_ones.first()
    if held and held.text_version == asked.version:
        return held
    now = timezone.now()
    open_ones.update(withdrawn=now)
    return Consent.objects.create(
        user=user,
        purpose=purpose,
        about=str(about),
        text_version=asked.version,
        language=get_language() or user.language,
        given=now,
    )


@transaction.atomic
def withdraw(user: User, purpose: str, about: object = "") -> bool:
    """Whether there was one. What was done until now stays lawful (Article 7(3))."""
    was_given = bool(_held(user, purpose, about).update(withdrawn=timezone.now()))
    known = purposes.named(purpose)
    if was_given and known and known.taken_back:
        known.taken_back(user, str(about))
    return was_given


def has(user: User, purpose: str, about: object = "") -> bool:
    """Whether she has agreed and not taken it back, be it to earlier words."""
    return Consent.objects.open().filter(user=user, purpose=purpose, about=str(about)).exists()


def due(user: User) -> list[Purpose]:
    """What she has to agree to, and has not, or only in earlier words."""
    held = set(Consent.objects.open().filter(user=user, about="").values_list("purpose", "text_version"))
    return [purpose for purpose in purposes.needed() if (purpose.name, purpose.version) not in held]


def has_ever(user: User, asked: list[Purpose]) -> bool:
    """Whether she has agreed to one of them before, in whatever words."""
    return Consent.objects.filter(user=user, purpose__in=[purpose.name for purpose in asked]).exists()


@dataclass(frozen=True)
class Told:
    """A consent as its page shows it."""

    consent: Consent
    title: Words
    text: Words = ""
    about: str = ""
    can_withdraw: bool = False


def of(user: User) -> list[Told]:
    """All that she has agreed to, the latest first; one query, and one for each purpose with names."""
    consents = list(Consent.objects.filter(user=user))
    names = {}
    for purpose in purposes.all_purposes():
        if purpose.names_of and (uids := {each.about for each in consents if each.purpose == purpose.name}):
            names |= purpose.names_of(uids)
    return [_told(consent, names.get(consent.about, "")) for consent in consents]


def _told(consent: Consent, about: str) -> Told:
    purpose = purposes.named(consent.purpose)
    if purpose is None:
        return Told(consent, title=consent.purpose, about=about)
    is_open = consent.withdrawn is None
    text = purpose.text if purpose.version == consent.text_version else ""
    return Told(consent, purpose.title, text, about, can_withdraw=is_open and not purpose.is_needed)


def _held(user: User, purpose: str, about: object):
    """Under the lock of her own row, so that pressing a button twice agrees once."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    return Consent.objects.open().filter(user=user, purpose=purpose, about=str(about))


def _known(purpose: str) -> Purpose:
    known = purposes.named(purpose)
    if known is None:
        raise ValueError(f"No app has registered the purpose {purpose!r}.")
    return known
