from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self):
        from allauth.account.signals import email_confirmed, password_reset

        from accounts import daily_letters
        from notices import digests, outbox, own_rows, retention, waiting
        from operations import audit, readiness, work

        work.register("letters", outbox.send_due, every=timedelta(seconds=5))
        work.register("letters of the day", digests.write_due, every=timedelta(minutes=10))
        daily_letters.register(digests.write_last)
        email_confirmed.connect(forgive_address)
        password_reset.connect(forgive_reader)
        audit.register("letters.tried", _("Letters to an address tried again"))
        readiness.register("letters", outbox.state)
        own_rows.register()
        waiting.register_work()
        retention.register()


def forgive_address(email_address, **more) -> None:
    """Who confirms an address can be written to there."""
    from notices.models import Undeliverable  # after the apps are ready

    Undeliverable.objects.forgive(email_address.email)


def forgive_reader(user, **more) -> None:
    """Who has set a new password by a letter has had the letter."""
    from notices.models import Undeliverable  # after the apps are ready

    Undeliverable.objects.forgive(user.email)
