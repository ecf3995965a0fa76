"""What a list says of an organisation."""

from catalogue.cards import place_line
from catalogue.codes import PartnerType
from partners.models import Organisation


def organisation_kicker(card: dict) -> str:
    code = card["partner_type"]
    return str(PartnerType(code).label) if code else str(Organisation._meta.verbose_name).capitalize()


def organisation_meta(card: dict) -> list[str]:
    return [place_line(card["places"])]
