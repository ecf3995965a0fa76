from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")

    def ready(self):
        from catalogue.drafting import written
        from catalogue.kinds import register
        from operations import work as background
        from practices import own_rows, photos
        from practices.form_page import SECTIONS
        from practices.forms import PracticeForm
        from practices.kinds import PRACTICES

        register(PRACTICES)
        written.register(PRACTICES.name, written.in_form(PracticeForm, SECTIONS))
        own_rows.register()
        background.register("unused photos", photos.remove_unused, every=timedelta(hours=1))
