from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REMINDERS = _("That you were reminded of a decision, or of changes that were asked for")


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self):
        from catalogue.drafting import beside
        from operations import retention
        from operations import work as background
        from reviews import letters, own_rows, reminding, scoring, work
        from reviews.talk import Talk

        letters.register()
        own_rows.register()
        scoring.register()
        work.register()
        beside.register(Talk)
        background.register("review reminders", reminding.remind_due, every=timedelta(hours=6))
        retention.register(retention.Retention("review reminders", REMINDERS, 400, reminding.forget))
