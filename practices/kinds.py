"""What the catalogue knows of good practices."""

from django.utils.translation import gettext_lazy as _

from catalogue.kinds import Kind
from catalogue.models.entry import KindName
from practices import cards, people, wording
from practices.facets import practice_facets
from practices.models import GoodPractice
from practices.serializers import GoodPracticeSerializer
from practices.similar import met_with, similar_to

PRACTICES = Kind(
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
        "area": _("Good practices in this area"),
    },
    card_fields=("status", "confirmed_on", "organisation_in_charge", "projects", "areas", "images"),
    parts=("evidence",),
    facets=practice_facets,
    reads_whole=("projects",),
    beside=similar_to,
    beside_with=met_with,
    compare="practices:compare",
    kicker=cards.practice_kicker,
    meta=cards.practice_meta,
    authors=("author", "organisation_in_charge"),
    people=(people.owner, people.coordinators_in_charge),
    called=wording.CALLED,
    said=wording.SAID,
    pdf=("practices:pdf", "practices:version_pdf"),
)
