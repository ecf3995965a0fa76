"""Signatures by Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, in three headers."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

BEGINNING = "whsec_"
BYTES = 32  # the standard wants 24 to 64


def new_secret() -> str:
    return BEGINNING + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    signed = b".".join([message_id.encode(), str(timestamp).encode(), body])
    key = base64.b64decode(secret.removeprefix(BEGINNING))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(keys: Sequence[str], *, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """One signature for each secret that is good, the newest first."""
    signed = [signature(key, message_id=message_id, timestamp=timestamp, body=body) for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signed),
        "Content-Type": "application/json",
    }
