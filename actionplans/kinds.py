"""What the catalogue knows of action plans."""

from django.utils.translation import gettext_lazy as _

from actionplans import cards, wording
from actionplans.facets import plan_facets
from actionplans.models import LocalActionPlan
from actionplans.serializers import ActionPlanSerializer
from actionplans.trail import plan_trail
from catalogue.kinds import Kind
from catalogue.models.entry import KindName

ACTION_PLANS = Kind(
    name=KindName.ACTION_PLANS,
    model=LocalActionPlan,
    serializer=ActionPlanSerializer,
    template="actionplans/plan.html",
    symbol="measure",
    lede=_("What towns and areas mean to do: measures, who answers for them, and how far they have come."),
    codes={"status": LocalActionPlan.Status},
    relations={
        "owner": _("Action plans"),
        "area": _("Action plans"),
        "project": _("Action plans"),
        "stakeholder": _("Action plans that list it as a stakeholder"),
        "player": _("Action plans with measures it takes part in"),
        "derived_from": _("Measures that grew from it"),
    },
    card_fields=("status", "start", "end", "area", "organisation"),
    parts=("objectives", "measures", "indicators", "stakeholders", "risks"),
    facets=plan_facets,
    trail=plan_trail,
    kicker=cards.plan_kicker,
    meta=cards.plan_meta,
    authors=("organisation",),
    called=wording.CALLED,
    said=wording.SAID,
)
