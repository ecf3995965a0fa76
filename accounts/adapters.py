"""How allauth behaves in this portal."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from operations.addresses import parts_of


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts are given by the network's staff; nobody can register by herself. Demo users stay in the demo."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def is_safe_url(self, url):
        """Whether a page may lead there afterwards; allauth fails over what is no address at all."""
        return parts_of(url or "") is not None and super().is_safe_url(url)

    def pre_login(self, request, user, **more):
        if user.is_demo and not settings.DEMO:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)
