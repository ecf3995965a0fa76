from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import purposes
        from accounts.sessions import forget_ended
        from operations import work

        work.register("ended sessions", forget_ended, every=timedelta(days=1))
        purposes.register(purposes.TERMS)
