from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import own_rows, purposes, retention
        from accounts.audited import register_words

        register_words()
        purposes.register(purposes.TERMS)
        own_rows.register()
        retention.register()
