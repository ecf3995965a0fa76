from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        from accounts import purposes
        from catalogue.drafting import begun
        from catalogue.kinds import register
        from operations import work as background
        from partners import (
            describing,
            letters,
            logos,
            naming,
            own_rows,
            retention,
            review_letters,
            work,
        )
        from partners.desks import AREA_BEGUN
        from partners.kinds import AREAS, PARTNERS
        from partners.purposes import NAMED_BY_ORGANISATION

        register(PARTNERS)
        register(AREAS)
        describing.register("page", describing.page)
        describing.register("areas", describing.areas)
        begun.register(AREA_BEGUN)
        purposes.register(NAMED_BY_ORGANISATION)
        letters.register()
        review_letters.register()
        naming.notice()
        work.register()
        retention.register()
        own_rows.register()
        background.register("unused logos", logos.remove_unused, every=timedelta(hours=1))
