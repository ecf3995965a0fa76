from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

TRANSLATION_CONFIRMED = _("Found that a translation still fits")


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self):
        from catalogue import addresses, kinds, own_rows, publication, queue
        from catalogue.drafting import begun
        from operations import audit, link_checks, readiness, work
        from pages import home_blocks

        home_blocks.offer_kinds(lambda: [(kind.name.value, kind.plural) for kind in kinds.all_kinds()])
        work.register("refresh of stale entries", publication.refresh_stale)
        own_rows.register()
        audit.register("translation.confirmed", TRANSLATION_CONFIRMED)
        begun.register_section()
        link_checks.register(addresses.named_now)
        readiness.register("stale_entries", queue.oldest_stale_entry)
