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
        from partners import record_words
        from practices import (
            attachments,
            co_author_rows,
            co_authors,
            confirming,
            dead_links,
            letters,
            opinion_rows,
            opinions,
            own_rows,
            photos,
            work,
        )
        from practices.desk import BEGUN
        from practices.form_page import SECTIONS
        from practices.forms import PracticeForm
        from practices.kinds import PRACTICES
        from practices.opinion_forms import OpinionForm
        from reviews import with_decision

        register(PRACTICES)
        begun.register(BEGUN)
        written.register(PRACTICES.name, written.in_form(PracticeForm, SECTIONS))
        own_rows.register()
        co_author_rows.register()
        co_authors.register()
        work.register()
        letters.register()
        opinions.register()
        opinion_rows.register()
        with_decision.register(PRACTICES.name, OpinionForm)
        dead_links.register()
        audit.register("practice.confirmed", PRACTICE_CONFIRMED)
        record_words.register("practice.confirmed")
        retention.register(retention.Retention("yearly questions", YEARLY_QUESTIONS, 730, confirming.forget))
        background.register("yearly questions", confirming.ask_due, every=timedelta(hours=6))
        background.register("unused attachments", attachments.remove_unused, every=timedelta(hours=1))
        background.register("unused photos", photos.remove_unused, every=timedelta(hours=1))
