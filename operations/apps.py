from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Operations")

    def ready(self):
        from operations import audit, scheduled, work

        scheduled.register_work()
        work.register("old entries of the audit log", audit.forget, every=timedelta(days=1))
