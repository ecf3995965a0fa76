"""The industrial areas that some organisations look after."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.codes import NaceSection
from catalogue.fields import CodeListField, PlacesField, TextField, TextLineField
from catalogue.problems import Problem
from catalogue.records import Record
from catalogue.texts import Text
from partners.area_readiness import problems_of
from partners.models.organisation import Organisation
from partners.models.reviewed import ReviewedQuerySet, ReviewedRecord


class IndustrialAreaQuerySet(ReviewedQuerySet):
    def with_parts(self) -> "IndustrialAreaQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("manager")

    def editable_by(self, user) -> "IndustrialAreaQuerySet":
        """Those that an organisation manages which she coordinates."""
        coordinated = Organisation.objects.editable_by(user).values("pk")
        return self.filter(manager__in=coordinated)

    def removable_by(self, user) -> "IndustrialAreaQuerySet":
        return self.editable_by(user)


class IndustrialArea(ReviewedRecord):
    """A zone, park, brownfield or town centre: what it is like, so that others can tell whether theirs is alike."""

    class Type(models.TextChoices):
        INDUSTRIAL_ZONE = "industrial_zone", _("industrial zone")
        BUSINESS_PARK = "business_park", _("business park")
        ECO_INDUSTRIAL_PARK = "eco_industrial_park", _("eco-industrial park")
        BROWNFIELD = "brownfield", _("brownfield")
        TOWN_CENTRE = "town_centre", _("town centre")
        INCUBATOR = "incubator", _("incubator")

    name = TextLineField(_("name"))
    summary = TextField(_("summary"), limit=160)
    type = models.CharField(_("type"), max_length=20, choices=Type, blank=True)
    manager = models.ForeignKey(
        Organisation,
        verbose_name=_("manager"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="managed_areas",
    )
    places = PlacesField(_("places"))
    hectares_total = models.DecimalField(
        _("hectares in all"), max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    hectares_free = models.DecimalField(
        _("hectares still free"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    firms = models.PositiveIntegerField(_("firms"), null=True, blank=True)
    jobs = models.PositiveIntegerField(_("jobs"), null=True, blank=True)
    nace = CodeListField(_("branches (NACE Rev. 2)"), codes=NaceSection)
    services = TextField(_("services"))
    description = TextField(_("description"))
    website = models.URLField(_("website"), blank=True)

    objects = IndustrialAreaQuerySet.as_manager()
    of_membership = "organisation__managed_areas"
    organisation_field = "manager"
    texts_in_document = {"name": "title"}
    links_are_looked_at = True
    writing_path = "my/areas/{uid}/"
    preview_path = f"{writing_path}preview/"

    content_fields = (
        *Record.base_content_fields,
        "name",
        "summary",
        "type",
        "manager",
        "places",
        "hectares_total",
        "hectares_free",
        "firms",
        "jobs",
        "nace",
        "services",
        "description",
        "website",
    )

    class Meta:
        verbose_name = _("industrial area")
        verbose_name_plural = _("industrial areas")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hectares_free__isnull=True)
                | models.Q(hectares_total__isnull=True)
                | models.Q(hectares_free__lte=models.F("hectares_total")),
                name="area_has_no_more_free_land_than_land",
            ),
            models.CheckConstraint(
                condition=(models.Q(hectares_total__isnull=True) | models.Q(hectares_total__gte=0))
                & (models.Q(hectares_free__isnull=True) | models.Q(hectares_free__gte=0)),
                name="area_has_no_negative_land",
            ),
        ]

    @property
    def form_place(self) -> str:
        return str(self.manager.uid) if self.manager else ""

    @property
    def title_map(self) -> Text:
        return self.name

    def missing_for_publication(self) -> list[str]:
        return [] if self.name else ["name"]

    def problems(self) -> list[Problem]:
        return problems_of(self)
