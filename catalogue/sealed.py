"""What a reader carries for us from one question to the next: signed, so that nobody else can make it up; not secret.

As `django.core.signing`, but without the time, so that the same place has the same token, and with keys that are derived once:
a page of records carries two tokens.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac


class NotSealed(ValueError):
    """The text is none of ours, or not as it was."""


class _Signer(signing.Signer):
    derived = staticmethod(cache(lambda salt, key: salted_hmac(f"{salt}signer", "", key, algorithm="sha256").digest()))

    def signature(self, value: str, key: str | None = None) -> str:
        return _base64(hmac.digest(self.derived(self.salt, key or self.key), value.encode(), "sha256"))


@cache
def _signer(secret: str, purpose: str) -> _Signer:
    return _Signer(key=secret, sep=".", salt=purpose)


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def seal(payload: Any, *, purpose: str) -> str:
    """A short text of letters that need no escaping in addresses; what is sealed for one purpose opens for no other."""
    content = json.dumps(payload, separators=(",", ":"))
    return _signer(settings.SECRET_KEY, purpose).sign(_base64(content.encode()))


def opened(text: str, *, purpose: str) -> Any:
    """Raises NotSealed."""
    try:
        return json.loads(urlsafe_b64decode(_signer(settings.SECRET_KEY, purpose).unsign(text) + "=="))
    except (signing.BadSignature, ValueError) as error:
        raise NotSealed from error
