from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self):
        from pages import changes, own_rows, publishable, redirects
        from pages.languages import let_the_others_speak_english

        let_the_others_speak_english()
        redirects.clean_goals()
        publishable.guard()
        changes.notice()
        own_rows.register()
