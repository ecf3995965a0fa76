"""Local action plans: what an area means to do, who answers for it, and how one will know."""

from actionplans.models.indicators import IndicatorTarget, PlanIndicator, PlanIndicatorValue
from actionplans.models.measures import Funding, Measure, Milestone, Player, TimelineNote
from actionplans.models.plans import LocalActionPlan, PlanObjective, Risk, Stakeholder

__all__ = [
    "Funding",
    "IndicatorTarget",
    "LocalActionPlan",
    "Measure",
    "Milestone",
    "PlanIndicator",
    "PlanIndicatorValue",
    "PlanObjective",
    "Player",
    "Risk",
    "Stakeholder",
    "TimelineNote",
]
