"""A service that translates texts by machine, as the environment tells of it."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

LONGEST = 10  # seconds that a page may wait for another house, all tries together


def machine_translation(env: Env) -> dict[str, str | float]:
    """SERVICE, URL, KEY and TIMEOUT; without an address nothing is sent anywhere."""
    told = {name: env.str(f"MACHINE_TRANSLATION_{name}", "").strip() for name in ("URL", "KEY")}
    told["SERVICE"] = env.str("MACHINE_TRANSLATION_SERVICE", "libretranslate")
    timeout = env.float("MACHINE_TRANSLATION_TIMEOUT", 8.0)
    if told["URL"] and not _is_plain_address(told["URL"]):
        raise ImproperlyConfigured("MACHINE_TRANSLATION_URL is an http(s) address without a password, ? or #.")
    if not 0 < timeout <= LONGEST:
        raise ImproperlyConfigured(f"MACHINE_TRANSLATION_TIMEOUT lies between 0 and {LONGEST} seconds.")
    return told | {"TIMEOUT": timeout}


def _is_plain_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        is_there = parts.port is None or parts.port > 0
    except ValueError:
        return False
    extra = parts.username or parts.password or parts.query or parts.fragment
    return is_there and parts.scheme in ("http", "https") and bool(parts.hostname) and not extra
