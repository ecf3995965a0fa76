from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Feedback")

    def ready(self):
        from feedback import letters, retention, work
        from operations import work as background

        letters.register()
        work.register()
        background.register("old suggestions", retention.forget, every=timedelta(days=1))
