from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from pages.languages import let_the_others_speak_english

        let_the_others_speak_english()
