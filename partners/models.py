"""Organisations, who belongs to them, and the industrial areas that some of them look after."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.codes import LegalStatus, NaceSection, PartnerType, SmeSize
from catalogue.fields import CodeListField, PlacesField, TextField, TextLineField
from catalogue.places import place
from catalogue.records import Record, RecordQuerySet
from catalogue.texts import Text


class Organisation(Record):
    """A partner: an authority, agency, chamber, university or firm that takes part in projects or keeps practices."""

    name_original = models.CharField(_("name in its own language"), max_length=250, blank=True)
    name_english = models.CharField(_("name in English"), max_length=250, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=60, blank=True)
    department = TextLineField(_("department"))
    aliases = models.JSONField(
        _("other names"), default=list, blank=True, help_text=_("A list of {name, from, to}; the years may be null.")
    )
    description = TextField(_("description"))
    partner_type = models.CharField(_("type"), max_length=60, choices=PartnerType, blank=True)
    sme_size = models.CharField(_("size of the enterprise"), max_length=20, choices=SmeSize, blank=True)
    legal_status = models.CharField(_("legal status"), max_length=20, choices=LegalStatus, blank=True)
    nace = models.CharField(_("NACE Rev. 2"), max_length=10, blank=True)
    pic = models.CharField(_("participant identification code (PIC)"), max_length=20, blank=True)
    other_id = models.CharField(_("VAT or other number"), max_length=40, blank=True)
    other_id_scheme = models.CharField(_("kind of number"), max_length=40, blank=True)
    ror = models.URLField(_("ROR identifier"), blank=True)
    country = models.CharField(_("country"), max_length=4, blank=True)
    nuts = models.CharField(_("NUTS code"), max_length=5, blank=True)
    nuts_version = models.PositiveSmallIntegerField(_("NUTS version"), null=True, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lng = models.FloatField(_("longitude"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)

    content_fields = (
        *Record.base_content_fields,
        "name_original",
        "name_english",
        "abbreviation",
        "department",
        "aliases",
        "description",
        "partner_type",
        "sme_size",
        "legal_status",
        "nace",
        "pic",
        "other_id",
        "other_id_scheme",
        "ror",
        "country",
        "nuts",
        "nuts_version",
        "street",
        "postal_code",
        "town",
        "lat",
        "lng",
        "website",
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    @property
    def title_map(self) -> Text:
        """A name stands in its own language; in English only where an English name is known."""
        names = {self.original_language: self.name_original or self.name_english}
        if self.name_english:
            names["en"] = self.name_english
        return Text(names)

    @property
    def summary_map(self) -> Text:
        return self.description

    @property
    def place_list(self) -> list[dict]:
        if not self.country:
            return []
        known = {"nuts": self.nuts or None, "nuts_version": self.nuts_version, "town": self.town or None}
        return [place(self.country, lat=self.lat, lng=self.lng, **known)]

    def missing_for_publication(self) -> list[str]:
        return [] if self.name_original or self.name_english else ["name_original"]


class MembershipQuerySet(models.QuerySet):
    def of(self, user) -> "MembershipQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()


class Membership(models.Model):
    """A person acts for an organisation."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        COORDINATOR = "coordinator", _("coordinator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once_per_organisation")
        ]

    def __str__(self):
        return f"{self.user} · {self.organisation}"


class IndustrialAreaQuerySet(RecordQuerySet):
    def with_parts(self) -> "IndustrialAreaQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("manager")


class IndustrialArea(Record):
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
    def title_map(self) -> Text:
        return self.name

    def missing_for_publication(self) -> list[str]:
        return [] if self.name else ["name"]
