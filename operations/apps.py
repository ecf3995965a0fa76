from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Operations")

    def ready(self):
        from operations import audit, link_checks, retention, scheduled
        from operations.models import KEPT

        scheduled.register_work()
        link_checks.register_work()
        retention.register_work()
        what = _("What you did, or others did to your account, in the log of who did what")
        retention.register(retention.Retention("audit log", what, KEPT.days, lambda before: audit.forget()))
