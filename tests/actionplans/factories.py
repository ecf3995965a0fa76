"""Action plans and their parts, with boring defaults."""

from datetime import date

import factory

from actionplans.models import (
    Funding,
    IndicatorTarget,
    LocalActionPlan,
    Measure,
    Milestone,
    PlanIndicator,
    PlanIndicatorValue,
    PlanObjective,
    Player,
    Risk,
    Stakeholder,
    TimelineNote,
)
from tests.factories import PartFactory, texts


class LocalActionPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalActionPlan

    title = factory.Sequence(lambda number: texts(f"Plan {number}", f"Načrt {number}"))
    summary = texts("What the zone means to do.", "Kaj cona namerava.")
    status = LocalActionPlan.Status.IN_IMPLEMENTATION
    start = date(2026, 1, 1)
    end = date(2028, 12, 31)
    topics = ["area-management-and-governance"]


class PlanObjectiveFactory(PartFactory):
    class Meta:
        model = PlanObjective

    plan = factory.SubFactory(LocalActionPlanFactory)
    text = texts("More firms share services.", "Več podjetij si deli storitve.")


class MeasureFactory(PartFactory):
    class Meta:
        model = Measure

    plan = factory.SubFactory(LocalActionPlanFactory)
    title = factory.Sequence(lambda number: texts(f"Measure {number}", f"Ukrep {number}"))
    start = date(2026, 1, 1)
    end = date(2026, 9, 30)
    status = Measure.Status.STARTED
    progress = 40


class PlayerFactory(PartFactory):
    class Meta:
        model = Player

    measure = factory.SubFactory(MeasureFactory)
    name = texts("The zone's office", "Pisarna cone")


class MilestoneFactory(PartFactory):
    class Meta:
        model = Milestone

    measure = factory.SubFactory(MeasureFactory)
    date = date(2026, 6, 1)
    title = texts("The post is filled", "Mesto je zasedeno")


class FundingFactory(PartFactory):
    class Meta:
        model = Funding

    measure = factory.SubFactory(MeasureFactory)
    source = texts("Municipal budget", "Občinski proračun")
    amount = 12000


class TimelineNoteFactory(PartFactory):
    class Meta:
        model = TimelineNote

    measure = factory.SubFactory(MeasureFactory)
    date = date(2026, 2, 1)
    text = texts("The first call came.", "Prišel je prvi klic.")


class PlanIndicatorFactory(PartFactory):
    class Meta:
        model = PlanIndicator

    plan = factory.SubFactory(LocalActionPlanFactory)
    name = texts("Firms in a shared service", "Podjetja v skupni storitvi")
    unit = texts("firms", "podjetja")


class PlanIndicatorValueFactory(PartFactory):
    class Meta:
        model = PlanIndicatorValue

    indicator = factory.SubFactory(PlanIndicatorFactory)
    year = 2026
    value = 14


class IndicatorTargetFactory(PartFactory):
    class Meta:
        model = IndicatorTarget

    indicator = factory.SubFactory(PlanIndicatorFactory)
    year = 2026
    value = 20


class StakeholderFactory(PartFactory):
    class Meta:
        model = Stakeholder

    plan = factory.SubFactory(LocalActionPlanFactory)
    name = texts("Residents' association", "Društvo stanovalcev")
    role = texts("Hears the noise", "Sliši hrup")


class RiskFactory(PartFactory):
    class Meta:
        model = Risk

    plan = factory.SubFactory(LocalActionPlanFactory)
    text = texts("The money ends.", "Denarja zmanjka.")
    response = texts("The firms pay.", "Plačajo podjetja.")


def whole_plan(**fields) -> LocalActionPlan:
    """A plan with one of everything; organisations, area and practice are given by `fields` or left out."""
    player = fields.pop("player", None)
    practice = fields.pop("practice", None)
    plan = LocalActionPlanFactory(**fields)
    PlanObjectiveFactory(plan=plan)
    measure = MeasureFactory(plan=plan, cost_low=10000, cost_high=20000, number=1)
    if practice:
        measure.derived_from.add(practice)
        measure.save()
    PlayerFactory(measure=measure, organisation=player)
    MilestoneFactory(measure=measure)
    FundingFactory(measure=measure)
    TimelineNoteFactory(measure=measure)
    indicator = PlanIndicatorFactory(plan=plan, measure_uid=measure.uid)
    PlanIndicatorValueFactory(indicator=indicator)
    IndicatorTargetFactory(indicator=indicator)
    StakeholderFactory(plan=plan)
    RiskFactory(plan=plan)
    return type(plan).objects.get(pk=plan.pk)
