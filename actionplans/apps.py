from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionPlansConfig(AppConfig):
    name = "actionplans"
    verbose_name = _("Action plans")

    def ready(self):
        from actionplans.kinds import ACTION_PLANS
        from catalogue.kinds import register

        register(ACTION_PLANS)
