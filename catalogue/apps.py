from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self):
        from catalogue import publication, queue
        from operations import readiness, work

        work.register("refresh of stale entries", publication.refresh_stale)
        readiness.register("stale_entries", queue.oldest_stale_entry)
