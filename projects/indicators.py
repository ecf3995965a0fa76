"""The fields of an indicator, wherever it stands: in a project, in a local action plan, at a measure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.fields import TextField, TextLineField


class Indicator(models.Model):
    """What is measured, and what is aimed at."""

    class Level(models.TextChoices):
        OUTPUT = "output", _("output")
        RESULT = "result", _("result")
        IMPACT = "impact", _("impact")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("sum of the years")
        LAST = "last", _("last value")
        MEAN = "mean", _("mean of the years")

    code = models.CharField(_("code"), max_length=40, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    name = TextLineField(_("name"))
    unit = TextLineField(_("unit"))
    baseline = models.DecimalField(_("baseline"), max_digits=16, decimal_places=4, null=True, blank=True)
    reference_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True, blank=True)
    target_is_minimum = models.BooleanField(_("at least"), default=False)
    target_per_year = models.BooleanField(_("the target holds for each year"), default=False)
    target_years = models.JSONField(_("years of the target"), default=list, blank=True)
    aggregation = models.CharField(_("aggregation"), max_length=10, choices=Aggregation, blank=True)
    source_of_data = models.CharField(_("source of the data"), max_length=250, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.name)


class IndicatorValue(models.Model):
    """What was measured, for a year or on a day."""

    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    note = TextField(_("note"))
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.year or self.date}: {self.value}"
