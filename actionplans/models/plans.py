"""The plan itself, and the parts that are no measures."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Revision

from catalogue.children import Part, Sourced, Statement
from catalogue.fields import PlacesField, TextField, TextLineField
from catalogue.locking import in_publication
from catalogue.records import Record, RecordQuerySet


class LocalActionPlanQuerySet(RecordQuerySet):
    def with_parts(self) -> "LocalActionPlanQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("area", "organisation", "project").prefetch_related(
            "objectives",
            "measures__players__organisation",
            "measures__milestones",
            "measures__funding",
            "measures__timeline",
            "measures__derived_from",
            "indicators__values",
            "indicators__targets",
            "stakeholders__organisation",
            "risks",
        )


class LocalActionPlan(Record):
    """What a town or an area means to do in some years: measures, who answers for them, and indicators."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft of the plan")
        CONSULTATION = "consultation", _("in public consultation")
        ADOPTED = "adopted", _("adopted")
        IN_IMPLEMENTATION = "in_implementation", _("in implementation")
        COMPLETED = "completed", _("completed")
        ABANDONED = "abandoned", _("abandoned")

    # Before these nobody can have adopted the plan.
    PAST_CONSULTATION = (Status.ADOPTED, Status.IN_IMPLEMENTATION, Status.COMPLETED, Status.ABANDONED)

    title = TextLineField(_("title"))
    summary = TextField(_("summary"), limit=160)
    area = models.ForeignKey(
        "partners.IndustrialArea",
        verbose_name=_("industrial area"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="action_plans",
    )
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("owner of the plan"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="action_plans",
    )
    project = models.ForeignKey(
        "projects.Project",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="action_plans",
    )
    context = TextField(_("context"))
    vision = TextField(_("vision"))
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_by = TextLineField(_("adopted by"))
    places = PlacesField(_("places"))

    objects = LocalActionPlanQuerySet.as_manager()

    content_fields = (
        *Record.base_content_fields,
        "title",
        "summary",
        "area",
        "organisation",
        "project",
        "context",
        "vision",
        "start",
        "end",
        "status",
        "adopted_on",
        "adopted_by",
        "places",
    )

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(start__lte=F("end")),
                name="plan_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(adopted_on__isnull=True)
                | Q(status__in=["adopted", "in_implementation", "completed", "abandoned"]),
                name="plan_is_adopted_after_its_draft",
            ),
        ]

    def contradictions(self) -> dict[str, list[str]]:
        """Part's relation → what in its rows cannot stand beside each other, in words."""
        measures = list(self.measures.all())
        numbers = [measure.shown_number for measure in measures]
        told = {
            "measures": [
                *([_("Every measure needs a title.")] if not all(measure.title for measure in measures) else []),
                *(_("Two measures have the number %(number)s.") % {"number": twice} for twice in repeated(numbers)),
            ],
            "indicators": [
                fault for indicator in self.indicators.all() for fault in indicator.contradictions(measures)
            ],
        }
        return {relation: faults for relation, faults in told.items() if faults}

    @in_publication
    def publish(self, revision, user=None, *args, **kwargs):
        """As every record's; parts that contradict each other are refused, whoever wrote them."""
        if told := Revision.objects.get(pk=revision.pk).as_object().contradictions():
            raise ValidationError(told)
        super().publish(revision, user, *args, **kwargs)


def repeated(values: list) -> list:
    """The values that stand more than once, each once, in order."""
    return sorted({value for value in values if values.count(value) > 1})


class PlanObjective(Statement):
    plan = ParentalKey(LocalActionPlan, on_delete=models.CASCADE, related_name="objectives")

    class Meta(Statement.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")


class Stakeholder(Part, Sourced):
    """Who sits in the plan's stakeholder group: an organisation, or people who are none."""

    plan = ParentalKey(LocalActionPlan, on_delete=models.CASCADE, related_name="stakeholders")
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stakeholder_in",
    )
    name = TextLineField(_("name"))
    role = TextLineField(_("role"))

    class Meta(Part.Meta):
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")

    def __str__(self):
        return str(self.organisation or self.name)


class Risk(Statement):
    """What may go wrong, and what would be done about it."""

    plan = ParentalKey(LocalActionPlan, on_delete=models.CASCADE, related_name="risks")
    response = TextField(_("response"))

    class Meta(Statement.Meta):
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
