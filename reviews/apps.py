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
        from partners.models import shown
        from reviews import (
            advice,
            letters,
            outside,
            outside_letters,
            outside_rows,
            outside_work,
            own_rows,
            reminding,
            scoring,
            work,
        )
        from reviews.talk import Talk

        letters.register()
        own_rows.register()
        outside_letters.register()
        outside_rows.register()
        outside_work.register()
        shown.register(outside.read_by)
        background.register("outside reviews", advice.remind_late, every=timedelta(hours=6))
        scoring.register()
        work.register()
        beside.register(Talk)
        background.register("review reminders", reminding.remind_due, every=timedelta(hours=6))
        retention.register(retention.Retention("review reminders", REMINDERS, 400, reminding.forget))
