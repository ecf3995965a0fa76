"""An organisation's own sign-in, as allauth wants to be told of it."""

from django.core.exceptions import ImproperlyConfigured
from environ import Env

PROVIDER = "organisation"  # in addresses: /accounts/oidc/organisation/login/


def oidc_told(env: Env) -> dict[str, str]:
    """What the environment says of it: all, or nothing."""
    told = {name: env.str(f"OIDC_{name}", "") for name in ("NAME", "URL", "CLIENT_ID", "SECRET")}
    if any(told.values()) and not all(told.values()):
        raise ImproperlyConfigured("OIDC_NAME, OIDC_URL, OIDC_CLIENT_ID and OIDC_SECRET: all four, or none.")
    return told


def oidc_providers(told: dict[str, str]) -> dict:
    """SOCIALACCOUNT_PROVIDERS of NAME, URL, CLIENT_ID and SECRET; without them none."""
    if not told["URL"]:
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": told["NAME"],
        "client_id": told["CLIENT_ID"],
        "secret": told["SECRET"],
        "settings": {"server_url": told["URL"], "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
