from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from allauth.socialaccount.models import SocialAccount
        from django.db.models.signals import pre_save

        from accounts import elsewhere, own_rows, purposes, retention, second_factor
        from accounts.audited import register_words
        from operations import work

        pre_save.connect(elsewhere.keep_least, sender=SocialAccount)
        register_words()
        work.register("second factors of former keys", second_factor.seal_anew, every=timedelta(days=1))
        purposes.register(purposes.TERMS)
        own_rows.register()
        retention.register()
