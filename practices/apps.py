from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")

    def ready(self):
        from catalogue import kinds
        from catalogue.models.entry import KindName
        from operations import work as background
        from practices import cards, photos, work
        from practices.facets import practice_facets
        from practices.models import GoodPractice
        from practices.serializers import GoodPracticeSerializer

        kinds.register(
            kinds.Kind(
                name=KindName.PRACTICES,
                model=GoodPractice,
                serializer=GoodPracticeSerializer,
                template="practices/practice.html",
                symbol="practice",
                lede=_("What has worked in industrial areas, eco-industrial parks and town centres, and what it took."),
                codes={"status": GoodPractice.Status},
                relations={
                    "organisation_in_charge": _("Good practices"),
                    "project": _("Good practices that grew from it"),
                },
                card_fields=("status", "organisation_in_charge", "projects", "images"),
                facets=practice_facets,
                kicker=cards.practice_kicker,
                meta=cards.practice_meta,
            )
        )
        work.register()
        background.register("unused photos", photos.remove_unused, every=timedelta(hours=1))
