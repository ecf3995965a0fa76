"""What a list says of an organisation, and of an industrial area."""

from babel.numbers import format_decimal
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.cards import place_line
from catalogue.codes import PartnerType
from operations.languages import interface_language, locale_of
from partners.models import IndustrialArea, Organisation


def organisation_kicker(card: dict) -> str:
    code = card["partner_type"]
    return str(PartnerType(code).label) if code else str(Organisation._meta.verbose_name).capitalize()


def organisation_meta(card: dict) -> list[str]:
    return [place_line(card["places"])]


def area_kicker(card: dict) -> str:
    code = card["type"]
    return capfirst(str(IndustrialArea.Type(code).label if code else IndustrialArea._meta.verbose_name))


def area_meta(card: dict) -> list[str]:
    return [place_line(card["places"]), hectares(card["hectares_total"])]


def hectares(number: str | None) -> str:
    """`38.5` → 38.5 ha, with the reader's decimal sign."""
    return _("%(number)s ha") % {"number": plain_number(number)} if number is not None else ""


def plain_number(number: str | int) -> str:
    return format_decimal(number, locale=locale_of(interface_language()))
