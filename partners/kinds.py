"""What the catalogue knows of partners."""

from django.utils.translation import gettext_lazy as _

from catalogue.codes import PartnerType
from catalogue.kinds import Kind
from catalogue.models.entry import KindName
from partners import cards
from partners.facets import organisation_facets
from partners.models import Organisation
from partners.serializers import OrganisationSerializer

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
)
