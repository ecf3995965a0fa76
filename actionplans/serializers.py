"""The documents of action plans: measures and indicators stand inside their plan, with uids of their own."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from actionplans.models import (
    Funding,
    IndicatorTarget,
    LocalActionPlan,
    Measure,
    Milestone,
    PlanIndicator,
    PlanIndicatorValue,
    Player,
    Risk,
    Stakeholder,
    TimelineNote,
)
from catalogue.serializers import ENVELOPE, EmbedField, EmbedListField, RecordSerializer, TextMapField
from projects.serializers import IndicatorSerializer, IndicatorValueSerializer, SourceSerializer, StatementSerializer


class PlayerSerializer(serializers.ModelSerializer):
    organisation = EmbedField(relation="player")
    name = TextMapField(help_text=_("Of a player that is no organisation of the catalogue."))

    class Meta:
        model = Player
        fields = ["uid", "organisation", "name", "role"]


class MilestoneSerializer(serializers.ModelSerializer):
    title = TextMapField()

    class Meta:
        model = Milestone
        fields = ["uid", "date", "title", "done"]


class FundingSerializer(serializers.ModelSerializer):
    source = TextMapField(help_text=_("Who pays; the currency is the measure's."))

    class Meta:
        model = Funding
        fields = ["uid", "source", "amount", "state"]


class TimelineNoteSerializer(serializers.ModelSerializer):
    text = TextMapField()

    class Meta:
        model = TimelineNote
        fields = ["uid", "date", "text"]


class MeasureSerializer(serializers.ModelSerializer):
    number = serializers.SerializerMethodField(help_text=_("Its own, else its place in the list, from 1."))
    title = TextMapField()
    background = TextMapField()
    action = TextMapField(help_text=_("What is done."))
    players = PlayerSerializer(many=True)
    milestones = MilestoneSerializer(many=True)
    funding = FundingSerializer(many=True)
    outputs = TextMapField()
    results = TextMapField()
    timeline = TimelineNoteSerializer(many=True)
    derived_from = EmbedListField(relation="derived_from", help_text=_("The good practices that it grew from."))
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = Measure
        fields = [
            "uid",
            "number",
            "title",
            "background",
            "action",
            "players",
            "start",
            "end",
            "milestones",
            "cost_low",
            "cost_high",
            "currency",
            "funding",
            "outputs",
            "results",
            "status",
            "progress",
            "weight",
            "timeline",
            "derived_from",
            "source",
            "other_sources",
        ]

    def get_number(self, measure) -> int:
        return measure.shown_number


class PlanIndicatorValueSerializer(IndicatorValueSerializer):
    class Meta(IndicatorValueSerializer.Meta):
        model = PlanIndicatorValue


class IndicatorTargetSerializer(serializers.ModelSerializer):
    value = serializers.DecimalField(max_digits=16, decimal_places=4, normalize_output=True)

    class Meta:
        model = IndicatorTarget
        fields = ["year", "value"]


class PlanIndicatorSerializer(IndicatorSerializer):
    measure = serializers.UUIDField(
        source="measure_uid",
        allow_null=True,
        help_text=_("The uid of the measure in this plan that it belongs to; null: the plan as a whole."),
    )
    targets = IndicatorTargetSerializer(
        many=True, help_text=_("What is aimed at year by year; `target` is one figure instead of them.")
    )
    values = PlanIndicatorValueSerializer(many=True)

    class Meta(IndicatorSerializer.Meta):
        model = PlanIndicator
        fields = [*IndicatorSerializer.Meta.fields, "measure", "targets"]


class StakeholderSerializer(serializers.ModelSerializer):
    organisation = EmbedField(relation="stakeholder")
    name = TextMapField()
    role = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = Stakeholder
        fields = ["uid", "organisation", "name", "role", "source", "other_sources"]


class RiskSerializer(serializers.ModelSerializer):
    text = TextMapField()
    response = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = Risk
        fields = ["uid", "text", "response", "source", "other_sources"]


class ActionPlanSerializer(RecordSerializer):
    area = EmbedField(relation="area")
    organisation = EmbedField(relation="owner", help_text=_("Who owns the plan."))
    project = EmbedField(relation="project")
    adopted_by = TextMapField()
    context = TextMapField()
    vision = TextMapField()
    objectives = StatementSerializer(many=True)
    measures = MeasureSerializer(many=True)
    indicators = PlanIndicatorSerializer(many=True)
    stakeholders = StakeholderSerializer(many=True)
    risks = RiskSerializer(many=True)

    class Meta:
        model = LocalActionPlan
        fields = [
            *ENVELOPE,
            "status",
            "start",
            "end",
            "area",
            "organisation",
            "project",
            "adopted_on",
            "adopted_by",
            "context",
            "vision",
            "objectives",
            "measures",
            "indicators",
            "stakeholders",
            "risks",
            "keywords",
            "source_notes",
        ]
