"""What a list says of action plans."""

from django.utils.translation import gettext as _

from actionplans.models import LocalActionPlan
from catalogue.cards import short_title
from projects.cards import year_span


def plan_kicker(card: dict) -> str:
    """`Action plan, in implementation`"""
    return _("Action plan, %(status)s") % {"status": LocalActionPlan.Status(card["status"]).label}


def plan_meta(card: dict) -> list[str]:
    return [year_span(card["start"], card["end"]), short_title(card["area"]), short_title(card["organisation"])]
