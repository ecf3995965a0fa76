"""Whether a reader may take a practice for what is so today: confirmed, ageing, ended."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import GoodPractice

A_YEAR = timedelta(days=365)
AGEING = A_YEAR + timedelta(days=90)  # it was asked for twice, and nobody has answered


def standing_of(card: Mapping) -> dict[str, str]:
    """{state, label} for the `status` component, of a card or a document; empty where there is nothing to say yet."""
    if card["status"] == GoodPractice.Status.ENDED:
        return {"state": "done", "label": _("ended")}
    if card["status"] == GoodPractice.Status.STOPPED:
        return {"state": "stopped", "label": _("stopped")}
    confirmed = date.fromisoformat(card["confirmed_on"]) if card.get("confirmed_on") else None
    last = confirmed or (date.fromisoformat(card["published"][:10]) if card.get("published") else None)
    if last and not card["example"] and timezone.localdate() - last > AGEING:
        return {"state": "late", "label": _("ageing")}
    return {"state": "running", "label": _("confirmed %(year)s") % {"year": confirmed.year}} if confirmed else {}
