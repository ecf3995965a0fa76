"""A measure of a plan: what is done, by whom, when, for how much, and how far it has come."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField

from actionplans.models.plans import LocalActionPlan
from catalogue.children import Part, PartWithParts, Sourced
from catalogue.fields import TextField, TextLineField


class Measure(PartWithParts, Sourced):
    """One measure. Costs are a range, since plans estimate them; both ends are of the same currency."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        STARTED = "started", _("started")
        HALF_WAY = "half_way", _("half-way")
        FINISHED = "finished", _("finished")
        STOPPED = "stopped", _("stopped")

    plan = ParentalKey(LocalActionPlan, on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField(
        _("number of the measure"), null=True, blank=True, help_text=_("Empty: its place in the list.")
    )
    title = TextLineField(_("title"))
    background = TextField(_("background"))
    action = TextField(_("nature of the action"))
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    cost_low = models.DecimalField(_("cost, at least"), max_digits=14, decimal_places=2, null=True, blank=True)
    cost_high = models.DecimalField(_("cost, at most"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    outputs = TextField(_("outputs"))
    results = TextField(_("results"))
    status = models.CharField(_("status"), max_length=15, choices=Status, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), null=True, blank=True, help_text=_("How much it counts beside the other measures of the plan.")
    )
    derived_from = ParentalManyToManyField(
        "practices.GoodPractice",
        verbose_name=_("good practices that it grew from"),
        blank=True,
        related_name="measures",
    )

    class Meta(Part.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(start__lte=F("end")),
                name="measure_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(progress__isnull=True) | Q(progress__lte=100), name="measure_progress_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=(Q(cost_low__isnull=True) | Q(cost_low__gte=0))
                & (Q(cost_high__isnull=True) | Q(cost_high__gte=0))
                & (Q(cost_low__isnull=True) | Q(cost_high__isnull=True) | Q(cost_low__lte=F("cost_high"))),
                name="measure_costs_are_a_range",
            ),
        ]

    def __str__(self):
        return str(self.title)

    @property
    def shown_number(self) -> int:
        """Its own, or its place in the plan."""
        return self.number or self.place


class Player(Part):
    """Who has a part in a measure."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", _("responsible")
        PARTNER = "partner", _("partner")
        CONSULTED = "consulted", _("consulted")

    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="players")
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plays_in",
    )
    name = TextLineField(_("name"))
    role = models.CharField(_("role"), max_length=15, choices=Role, default=Role.RESPONSIBLE)

    class Meta(Part.Meta):
        verbose_name = _("player")
        verbose_name_plural = _("players")

    def __str__(self):
        return str(self.organisation or self.name)


class Milestone(Part):
    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="milestones")
    date = models.DateField(_("date"))
    title = TextLineField(_("title"))
    done = models.BooleanField(_("reached"), default=False)

    class Meta(Part.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self):
        return str(self.title)


class Funding(Part):
    """Money from one source; its currency is the measure's."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("of money", "planned")
        APPLIED = "applied", pgettext_lazy("of money", "applied for")
        GRANTED = "granted", pgettext_lazy("of money", "granted")

    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="funding")
    source = TextLineField(_("source of the money"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)

    class Meta(Part.Meta):
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="funding_is_not_negative")
        ]

    def __str__(self):
        return str(self.source)


class TimelineNote(Part):
    """What happened with a measure on a day."""

    measure = ParentalKey(Measure, on_delete=models.CASCADE, related_name="timeline")
    date = models.DateField(_("date"))
    text = TextField(_("text"))

    class Meta(Part.Meta):
        verbose_name = _("entry of the timeline")
        verbose_name_plural = _("timeline")

    def __str__(self):
        return str(self.text)
