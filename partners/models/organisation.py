"""Organisations: authorities, agencies, chambers, universities and firms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import access
from catalogue.codes import LegalStatus, PartnerType, SmeSize
from catalogue.fields import TextField, TextLineField
from catalogue.places import place
from catalogue.problems import Problem
from catalogue.records import Record
from catalogue.texts import Text
from partners.models.reviewed import ReviewedQuerySet, ReviewedRecord
from partners.readiness import problems_of


class OrganisationQuerySet(ReviewedQuerySet):
    def without_coordinator(self) -> "OrganisationQuerySet":
        """Where nobody can decide who joins: no coordinator, or one whose account was closed."""
        coordinated = self.model.objects.filter(memberships__role="coordinator", memberships__user__is_active=True)
        return self.exclude(pk__in=coordinated.values("pk"))

    def joinable(self) -> "OrganisationQuerySet":
        """What is public, and what has or had people and is not public yet; not what was withdrawn."""
        with_people = self.model.objects.filter(Q(memberships__isnull=False) | Q(join_requests__outcome="accepted"))
        return self.filter(Q(live=True) | Q(first_published_at=None, pk__in=with_people.values("pk")))

    def of(self, user) -> "OrganisationQuerySet":
        return self.filter(access.rows("organisations.belong", user, self.relations(user)))

    def editable_by(self, user) -> "OrganisationQuerySet":
        """Those that she coordinates."""
        return self.filter(access.rows("organisations.describe", user, self.relations(user)))

    def with_parts(self) -> "OrganisationQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("logo")

    def coordinated_by(self, user) -> "OrganisationQuerySet":
        return self.filter(access.rows("organisations.coordinate", user, self.relations(user)))


class Organisation(ReviewedRecord):
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
    logo = models.ForeignKey(
        "partners.Logo",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="uses",
    )
    logo_alt = TextLineField(_("what the logo shows"))

    objects = OrganisationQuerySet.as_manager()
    of_membership = "organisation"
    links_are_looked_at = True
    writing_path = "my/organisations/{uid}/page/"
    preview_path = f"{writing_path}preview/"

    texts_in_document = {"logo_alt": "logo.alt"}
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
        "logo",
        "logo_alt",
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

    def problems(self) -> list[Problem]:
        return problems_of(self)

    def save_revision(self, *args, **kwargs):
        """Every logo remembers which organisations showed it in a draft: that is who may see it before publication."""
        revision = super().save_revision(*args, **kwargs)
        if self.logo_id:
            self.logo.organisations.add(self.pk)
        return revision
