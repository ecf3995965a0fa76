from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self):
        from catalogue.drafting import beside
        from reviews import letters, own_rows, scoring, work
        from reviews.talk import Talk

        letters.register()
        own_rows.register()
        scoring.register()
        work.register()
        beside.register(Talk)
