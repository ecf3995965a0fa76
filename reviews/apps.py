from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self):
        from catalogue.drafting import beside
        from reviews import letters, own_rows, work
        from reviews.talk import Talk

        letters.register()
        own_rows.register()
        work.register()
        beside.register(Talk)
