"""What a plan's page calls the fields of its document, in the order in which one reads them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

CALLED = {
    "title": "",
    "summary": "",
    "area": "",
    "organisation": "",
    "project": "",
    "start": "",
    "end": "",
    "status": "",
    "adopted_on": "",
    "adopted_by": "",
    "vision": "",
    "context": _("Background"),
    "objectives": _("Goals"),
    "measures": "",
    "measures.number": _("No."),
    "measures.action": _("What is done"),
    "measures.cost_low": "",
    "indicators": "",
    "indicators.measure": _("Belongs to"),
    "stakeholders": "",
    "risks": "",
    "risks.response": _("What would be done"),
}


def _measure(uid: str, beside: Mapping) -> str:
    """By the number that it has in the plan."""
    number = next((each["number"] for each in beside.get("measures") or [] if each["uid"] == uid), "")
    return f"{_('Measure')} {number}".strip()


SAID = {"indicators.measure": _measure}
