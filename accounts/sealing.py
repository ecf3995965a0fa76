"""Secrets that the database keeps, but does not tell: whoever reads a copy of it cannot make codes of second factors.

They are sealed (Fernet: AES and an HMAC) by a key made from SECRET_KEY. Of SECRET_KEY_FALLBACKS each opens what was sealed
while it was the key; `second_factor.seal_anew` seals that by the newest, so that a former key may go after a day.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

BEGINNING = "gAAAA"  # of all that Fernet has sealed
SECRETS = ("secret", "seed")  # of what allauth keeps of a second factor


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None for what no key opens."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def sealed_anew(kept: dict) -> dict:
    """What allauth keeps of a second factor, with its secrets sealed by the newest key, also if they were plain."""
    secrets = {name: resealed(kept[name]) for name in SECRETS if name in kept}
    codes = {"migrated_codes": [resealed(code) for code in kept["migrated_codes"]]} if "migrated_codes" in kept else {}
    return kept | secrets | codes


def resealed(text: str) -> str:
    """By the newest key; what was plain is sealed, what no key opens stays."""
    if not text.startswith(BEGINNING):
        return seal(text)
    try:
        return _box().rotate(text.encode()).decode()
    except InvalidToken:
        return text  # its key is gone; it may come back


def _box() -> MultiFernet:
    return MultiFernet([_key(word) for word in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(word: str) -> Fernet:
    digest = salted_hmac("accounts.sealing", "second factors", secret=word, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
