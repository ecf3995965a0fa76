"""Who may sign in."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.models import User


class EmailBackend(AuthenticationBackend):
    """E-mail and password; demo users, whose passwords lie in a file, only where the demo is switched on."""

    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id):
        user = User.objects.with_roles().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
