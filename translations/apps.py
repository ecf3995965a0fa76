from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translations")

    def ready(self):
        from operations import audit
        from operations import work as background
        from operations.reasons import Reason
        from partners import record_words
        from translations import actions, letters, machine, own_rows, work
        from translations.libretranslate import LibreTranslate

        machine.register("libretranslate", LibreTranslate)
        for what, (label, reason) in AUDITED.items():
            audit.register(what, label, reason=Reason(reason) if reason else None)
            record_words.register(what, record_words.with_reason(letters.into_which))
        letters.register()
        background.register("calls for translations", letters.call_due, every=timedelta(minutes=10))
        background.register("translations that are none", actions.end_needless, every=timedelta(minutes=10))
        own_rows.register()
        work.register()


AUDITED = {  # with what is its own reason (`operations.reasons`)
    "translation.asked": (_("Translation asked for"), ""),
    "translation.taken": (_("Translation taken up"), "wanted"),
    "translation.given-back": (_("Translation given back"), "own_wish"),
    "translation.released": (_("Translation given to others"), "overdue"),
    "translation.withdrawn": (_("Translation no longer asked for"), "unneeded"),
    "translation.needless": (_("Translation into what is now the original"), "unneeded"),
    "translation.done": (_("Translation handed over"), "wanted"),
}
