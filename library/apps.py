from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = _("Library")

    def ready(self):
        from catalogue.kinds import register
        from library.kinds import LIBRARY

        register(LIBRARY)
