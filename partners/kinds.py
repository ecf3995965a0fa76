"""What the catalogue knows of partners and industrial areas."""

from django.utils.translation import gettext_lazy as _

from catalogue.codes import PartnerType
from catalogue.kinds import Kind
from catalogue.models.entry import KindName
from partners import cards, people, wording
from partners.facets import area_facets, organisation_facets
from partners.models import IndustrialArea, Organisation
from partners.serializers import IndustrialAreaSerializer, OrganisationSerializer

PARTNERS = Kind(
    name=KindName.PARTNERS,
    model=Organisation,
    serializer=OrganisationSerializer,
    template="partners/partner.html",
    symbol="partner",
    lede=_("Authorities, agencies, chambers, universities and firms that took part and keep what was learned."),
    codes={"type": PartnerType},
    card_fields=("abbreviation", "partner_type", "website"),
    facets=organisation_facets,
    kicker=cards.organisation_kicker,
    meta=cards.organisation_meta,
    people=(people.of_organisation,),
    read_with=people.with_named,
    called=wording.PARTNER,
)

AREAS = Kind(
    name=KindName.AREAS,
    model=IndustrialArea,
    serializer=IndustrialAreaSerializer,
    template="partners/area.html",
    symbol="area",
    lede=_("Industrial zones, business and eco-industrial parks, brownfields and town centres: what each is like."),
    codes={"type": IndustrialArea.Type},
    relations={"manager": _("Industrial areas")},
    card_fields=("type", "hectares_total"),
    facets=area_facets,
    kicker=cards.area_kicker,
    meta=cards.area_meta,
    authors=("manager",),
    people=(people.of_area,),
    called=wording.AREA,
)
