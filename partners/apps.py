from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        from accounts import purposes
        from catalogue.drafting import begun, written
        from catalogue.kinds import register
        from operations import work as background
        from partners import (
            area_form,
            describing,
            letters,
            logos,
            naming,
            organisation_form,
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
        page, area = organisation_form.OrganisationPageForm, area_form.AreaForm
        written.register(PARTNERS.name, written.in_form(page, organisation_form.SECTIONS))
        written.register(AREAS.name, written.in_form(area, area_form.SECTIONS))
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
