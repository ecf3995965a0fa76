"""The parts of a practice to which others can point: its building blocks, its evidence, its links."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from catalogue.children import Part, Sourced
from catalogue.fields import TextField, TextLineField
from practices.models.practice import GoodPractice
from practices.models.resources import year_field


class BuildingBlock(Part):
    """A part of the practice that others can take over without the rest."""

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="building_blocks")
    title = TextLineField(_("title"))
    description = TextField(_("description"))
    enabling_factors = TextField(_("what made it possible"))
    lessons = TextField(_("lessons"))

    class Meta(Part.Meta):
        verbose_name = _("building block")
        verbose_name_plural = _("building blocks")

    def __str__(self):
        return str(self.title)


class Evidence(Part, Sourced):
    """One figure that shows what came of the practice."""

    class Confidence(models.TextChoices):
        HIGH = "high", _("measured or counted")
        MEDIUM = "medium", _("estimated")
        LOW = "low", _("told by those who take part")

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="evidence")
    indicator = TextLineField(_("what was measured"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    unit = TextLineField(_("unit"))
    year = year_field(_("year"))
    confidence = models.CharField(_("how sure the figure is"), max_length=10, choices=Confidence, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self):
        return str(self.indicator)


class PracticeLink(Part):
    """Where more of the practice can be read."""

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="links")
    title = TextLineField(_("title"))
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return str(self.title) or self.url
