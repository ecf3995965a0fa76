from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PRACTICE_CONFIRMED = _("Practice confirmed")
YEARLY_QUESTIONS = _("That you were asked whether a practice is still true")


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")

    def ready(self):
        from catalogue.drafting import begun, written
        from catalogue.kinds import register
        from operations import audit, retention
        from operations import work as background
        from practices import attachments, confirming, dead_links, letters, own_rows, photos
        from practices.desk import BEGUN
        from practices.form_page import SECTIONS
        from practices.forms import PracticeForm
        from practices.kinds import PRACTICES

        register(PRACTICES)
        begun.register(BEGUN)
        written.register(PRACTICES.name, written.in_form(PracticeForm, SECTIONS))
        own_rows.register()
        letters.register()
        dead_links.register()
        audit.register("practice.confirmed", PRACTICE_CONFIRMED)
        retention.register(retention.Retention("yearly questions", YEARLY_QUESTIONS, 730, confirming.forget))
        background.register("yearly questions", confirming.ask_due, every=timedelta(hours=6))
        background.register("unused attachments", attachments.remove_unused, every=timedelta(hours=1))
        background.register("unused photos", photos.remove_unused, every=timedelta(hours=1))
