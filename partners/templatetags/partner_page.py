"""What the page of an organisation shows beside its texts."""

from django import template
from django.utils.translation import gettext as _

from catalogue.cards import country, told
from catalogue.codes import LegalStatus, PartnerType, SmeSize, nuts
from partners.models import Membership

register = template.Library()


@register.simple_tag
def partner_facts(record: dict) -> list[dict]:
    address = record["address"]
    website = record["website"] or ""
    facts = [
        {"label": _("Abbreviation"), "value": record["abbreviation"]},
        {"label": _("Kind"), "value": _label(PartnerType, record["partner_type"])},
        {"label": _("Size"), "value": _label(SmeSize, record["sme_size"])},
        {"label": _("Legal status"), "value": _label(LegalStatus, record["legal_status"])},
        {"label": _("Address"), "lines": [{"text": text} for text in _address_lines(address)]},
        {"label": _("Region"), "value": _region(address)},
        {
            "label": _("Other names"),
            "lines": [{"text": alias["name"], "note": _years(alias)} for alias in record["aliases"]],
        },
        {"label": "PIC", "value": record["pic"]},
        {"label": record["other_id_scheme"] or _("Number"), "value": record["other_id"]},
        {"label": "ROR", "value": record["ror"], "url": record["ror"]},
        {"label": _("Website"), "value": website.split("://")[-1].rstrip("/"), "url": website},
    ]
    return told(facts)


def _label(choices, code: str | None) -> str:
    return str(choices(code).label) if code else ""


def _address_lines(address: dict) -> list[str]:
    town = " ".join(part for part in (address["postal_code"], address["town"]) if part)
    return [
        text for text in (address["street"], town, country(address["country"]) if address["country"] else "") if text
    ]


def _region(address: dict) -> str:
    code = address["nuts"]
    return f"{nuts.nuts_name(code, address['nuts_version'])} ({code})" if code else ""


def _years(alias: dict) -> str:
    return "–".join(str(year) for year in (alias.get("from"), alias.get("to")) if year)


@register.simple_tag
def partner_places(record: dict) -> list[dict]:
    """The organisation's place as its map takes it."""
    return [place | {"kind": "partner", "label": place["town"] or "", "main": True} for place in record["places"]]


@register.inclusion_tag("partners/named_people.html")
def named_people(record: dict) -> dict:
    """Those of its people who want it, the coordinator first; read when the page is drawn, and in no document."""
    people = Membership.objects.named().filter(organisation__uid=record["uid"]).select_related("user")
    return {"people": people.order_by("role", "since", "pk")}
