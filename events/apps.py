from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from catalogue.kinds import register
        from events.kinds import EVENTS

        register(EVENTS)
