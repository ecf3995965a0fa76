from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")

    def ready(self):
        from catalogue.drafting import begun
        from catalogue.kinds import register
        from operations import work as background
        from practices import own_rows, photos
        from practices.desk import BEGUN
        from practices.kinds import PRACTICES

        register(PRACTICES)
        begun.register(BEGUN)
        own_rows.register()
        background.register("unused photos", photos.remove_unused, every=timedelta(hours=1))
