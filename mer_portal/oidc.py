"""An organisation's own sign-in, as allauth wants to be told of it."""

PROVIDER = "organisation"  # in addresses: /accounts/oidc/organisation/login/


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
