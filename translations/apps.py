from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translations")

    def ready(self):
        from operations import audit
        from operations import work as background
        from partners import record_words
        from translations import letters, machine, own_rows, work
        from translations.libretranslate import LibreTranslate

        machine.register("libretranslate", LibreTranslate)
        for what, label in AUDITED.items():
            audit.register(what, label)
            record_words.register(what, letters.into_which)
        letters.register()
        background.register("calls for translations", letters.call_due, every=timedelta(minutes=10))
        own_rows.register()
        work.register()


AUDITED = {
    "translation.asked": _("Translation asked for"),
    "translation.taken": _("Translation taken up"),
    "translation.given-back": _("Translation given back"),
    "translation.released": _("Translation given to others"),
    "translation.withdrawn": _("Translation no longer asked for"),
    "translation.done": _("Translation handed over"),
}
