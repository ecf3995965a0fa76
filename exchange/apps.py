from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self):
        from exchange.dumps import files
        from exchange.keys import actions, letters, own_rows
        from exchange.webhooks import letters as webhook_letters
        from exchange.webhooks import sending, telling
        from exchange.webhooks.actions import forget_former_secrets, seal_anew
        from operations import work

        files.register_work()
        letters.register()
        webhook_letters.register()
        own_rows.register()
        work.register("keys of networks", actions.look_after_keys, every=timedelta(hours=1))
        work.register("webhooks told", telling.tell_changes, every=timedelta(seconds=5))
        work.register("webhooks sent", sending.send_due, every=timedelta(seconds=5))
        work.register("former secrets of webhooks", forget_former_secrets, every=timedelta(hours=1))
        work.register("secrets of former keys", seal_anew, every=timedelta(days=1))
