"""What a plan measures, with what is aimed at and what was found, year by year."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from actionplans.models.measures import Measure
from actionplans.models.plans import LocalActionPlan, repeated
from catalogue.children import Part, PartWithParts, Sourced
from projects.indicators import Indicator, IndicatorValue


class PlanIndicator(Indicator, PartWithParts, Sourced):
    """An indicator of the plan, or of one measure in it.

    `target` is one figure: for the whole time, or, with `target_per_year`, the same again in each of `target_years`.
    Where each year has a figure of its own, these are the `targets`.
    """

    plan = ParentalKey(LocalActionPlan, on_delete=models.CASCADE, related_name="indicators")
    measure_uid = models.UUIDField(
        _("measure"), null=True, blank=True, help_text=_("Empty: it measures the plan as a whole.")
    )

    class Meta(Part.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def contradictions(self, measures: list[Measure]) -> list[str]:
        """What cannot be, in words; `measures` are those of the plan."""
        name = {"indicator": str(self)}
        told = []
        if self.measure_uid and self.measure_uid not in {measure.uid for measure in measures}:
            told.append(_("%(indicator)s: its measure is not in this plan.") % name)
        for rows, sentence in (
            (self.values, _("%(indicator)s has two values for %(year)s.")),
            (self.targets, _("%(indicator)s has two targets for %(year)s.")),
        ):
            years = [row.year for row in rows.all() if row.year]
            told += [sentence % {**name, "year": year} for year in repeated(years)]
        return told


class PlanIndicatorValue(IndicatorValue, Part, Sourced):
    indicator = ParentalKey(PlanIndicator, on_delete=models.CASCADE, related_name="values")

    class Meta(Part.Meta):
        verbose_name = _("indicator value")
        verbose_name_plural = _("indicator values")


class IndicatorTarget(Part):
    """What is aimed at in one year."""

    indicator = ParentalKey(PlanIndicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)

    class Meta(Part.Meta):
        verbose_name = _("target of a year")
        verbose_name_plural = _("targets by year")

    def __str__(self):
        return f"{self.year}: {self.value}"
