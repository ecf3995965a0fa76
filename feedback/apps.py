from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Feedback")

    def ready(self):
        from feedback import letters, own_rows, retention, work

        letters.register()
        work.register()
        own_rows.register()
        retention.register()
