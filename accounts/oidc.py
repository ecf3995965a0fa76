"""What another side says of a person (OIDC): what we understand of it is taken, the rest is left, and nonsense gets the page
that says so.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import app_settings
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

logger = logging.getLogger(__name__)

TEXTS = ("email", "name", "given_name", "family_name", "preferred_username")  # OpenID Connect Core 1.0, 5.1
NONSENSE = (KeyError, TypeError, ValueError, AttributeError, RequestException)


class OtherSide(OpenIDConnectOAuth2Adapter):
    """Tells allauth no more than the claims that the portal needs."""

    def get_provider(self):
        """What it tells about itself is asked for on the way there, by a copy of allauth's own."""
        provider = super().get_provider()
        provider.oauth2_adapter_class = OtherSide
        return provider

    def get_client(self, request: HttpRequest, app):
        with self._understood():
            return super().get_client(request, app)

    def get_access_token_data(self, request: HttpRequest, app, client, pkce_code_verifier=None):
        with self._understood():
            return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def parse_token(self, data):
        with self._understood():
            return super().parse_token(data)

    def complete_login(self, request: HttpRequest, app, token, **more):
        with self._understood():
            return super().complete_login(request, app, token, **more)

    def _fetch_user_info(self, access_token: str) -> dict:
        return claims_of(super()._fetch_user_info(access_token))

    def _decode_id_token(self, app, id_token: str) -> dict:
        return claims_of(super()._decode_id_token(app, id_token))

    @contextmanager
    def _understood(self) -> Iterator[None]:
        try:
            yield
        except NONSENSE as error:
            logger.warning("What the other side says is not understood: %s", type(error).__name__)
            answer = render_authentication_error(self.request, self.get_provider(), exception=error)
            raise ImmediateHttpResponse(answer) from error


def claims_of(told: dict) -> dict:
    """Raises ValueError where `sub` is nothing by which she would be known again."""
    sub = told["sub"]
    if not (isinstance(sub, str) and sub.isprintable() and sub.strip() and len(sub) <= app_settings.UID_MAX_LENGTH):
        raise ValueError("sub")
    texts = {name: told[name] for name in TEXTS if isinstance(told.get(name), str) and "\0" not in told[name]}
    for text in (sub, *texts.values()):
        text.encode()  # half a character cannot be kept
    return {
        "sub": sub,
        **texts,
        "email_verified": told.get("email_verified") is True,
    }  # some say "false": that is no yes


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _answer(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: type[OAuth2View], request: HttpRequest, provider_id: str) -> HttpResponse:
    other_side = OtherSide(request, provider_id)
    try:
        other_side.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return view.adapter_view(other_side)(request)
