from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        from catalogue.kinds import register
        from partners.kinds import AREAS, PARTNERS

        register(PARTNERS)
        register(AREAS)
