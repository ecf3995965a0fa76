from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self):
        from exchange.dumps import files
        from exchange.keys import actions, letters, own_rows
        from operations import work

        files.register_work()
        letters.register()
        own_rows.register()
        work.register("keys of networks", actions.look_after_keys, every=timedelta(hours=1))
