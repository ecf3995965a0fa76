"""How allauth behaves in this portal."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts are given by the network's staff; nobody can register by herself."""

    def is_open_for_signup(self, request) -> bool:
        return False
