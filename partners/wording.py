"""What the pages of partners and areas call the fields of their documents, in the order in which one reads them."""

from django.utils.translation import gettext_lazy as _

PARTNER = {
    "name_original": "",
    "name_english": "",
    "logo": "",
    "description": "",
    "abbreviation": "",
    "department": "",
    "partner_type": _("Kind"),
    "sme_size": _("Size"),
    "legal_status": "",
    "address": "",
    "aliases": _("Other names"),
    "website": "",
}

AREA = {
    "name": "",
    "summary": "",
    "hectares_total": "",
    "hectares_free": "",
    "firms": "",
    "jobs": "",
    "description": _("What it is like"),
    "services": "",
    "type": _("Kind"),
    "places": "",
    "manager": _("Managed by"),
    "nace": _("Branches"),
    "topics": "",
    "website": _("Website"),
}
