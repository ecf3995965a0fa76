"""Programmes and their projects: what was planned, who took part, what came out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField

from accounts import access
from catalogue.children import Part, PartWithParts, Sourced, Statement
from catalogue.codes import PartnerType, Period, Strand
from catalogue.fields import CodeListField, PlacesField, TextField, TextLineField
from catalogue.records import Record
from catalogue.texts import Text
from partners.models import Organisation, ReviewedQuerySet, ReviewedRecord
from projects.indicators import Indicator, IndicatorValue


class Programme(Record):
    """A funding programme of a period, such as Interreg III B CADSES."""

    name = TextLineField(_("name"))
    name_as_printed = models.CharField(_("name as printed"), max_length=250, blank=True)
    acronym = models.CharField(_("short name"), max_length=80, blank=True)
    description = TextField(_("description"))
    period = models.CharField(_("period"), max_length=9, choices=Period, blank=True)
    strand = models.CharField(_("strand"), max_length=10, choices=Strand, blank=True)
    cci = models.CharField(_("CCI code"), max_length=20, blank=True)
    priorities = models.JSONField(
        _("priorities"), default=list, blank=True, help_text=_("A list of {code, title}; the title in each language.")
    )
    places = PlacesField(_("countries of the programme"))
    website = models.URLField(_("website"), blank=True)
    funding_statement = TextField(_("funding statement"))

    texts_in_document = {"name": "title"}
    content_fields = (
        *Record.base_content_fields,
        "name",
        "name_as_printed",
        "acronym",
        "description",
        "period",
        "strand",
        "cci",
        "priorities",
        "places",
        "website",
        "funding_statement",
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    @property
    def title_map(self) -> Text:
        return self.name

    @property
    def summary_map(self) -> Text:
        return self.description

    def missing_for_publication(self) -> list[str]:
        return [] if self.name else ["name"]


class ProjectQuerySet(ReviewedQuerySet):
    def with_parts(self) -> "ProjectQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("programme").prefetch_related(
            "participations__organisation",
            "named_organisations__organisation",
            "context",
            "objectives",
            "expected_results",
            "results",
            "activities",
            "work_packages",
            "target_groups",
            "stated_counts",
            "indicators__values",
            "capitalises",
        )

    def editable_by(self, user) -> "ProjectQuerySet":
        """Those in which an organisation takes part that she coordinates; she writes that part alone (`projects.parts`)."""
        return self.filter(access.rows("organisations.describe", user, self.relations(user)))

    def readable_by(self, user) -> "ProjectQuerySet":
        """What she is to decide on, and what she saved herself: a project's other drafts are its editors'."""
        own = Q(pk__in=self.editable_by(user).values("pk"), latest_revision__user=user.pk)
        return self.filter(own | Q(pk__in=self.reviewable_by(user).values("pk")))


class Project(ReviewedRecord):
    """A project, national programme or initiative whose results the portal keeps alive."""

    class Form(models.TextChoices):
        PROJECT = "project", _("project")
        NATIONAL_PROGRAMME = "national_programme", _("national programme")
        INITIATIVE = "initiative", _("initiative")

    class Type(models.TextChoices):
        INTERNATIONAL = "international", _("international")
        NATIONAL = "national", _("national")
        LOCAL = "local", _("local")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        ONGOING = "ongoing", _("ongoing")
        FINISHED = "finished", _("finished")
        CANCELLED = "cancelled", _("cancelled")

    acronym = models.CharField(_("acronym"), max_length=80, blank=True)
    title = TextLineField(_("title"))
    title_as_printed = models.CharField(_("title as printed"), max_length=300, blank=True)
    summary = TextField(_("summary"), limit=160)
    form = models.CharField(_("form"), max_length=20, choices=Form, default=Form.PROJECT)
    type = models.CharField(_("type"), max_length=20, choices=Type, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration in months, as stated"), null=True, blank=True)
    total_budget = models.DecimalField(_("total budget"), max_digits=14, decimal_places=2, null=True, blank=True)
    eu_funding_amount = models.DecimalField(_("EU funding"), max_digits=14, decimal_places=2, null=True, blank=True)
    cofinancing_rate = models.DecimalField(
        _("co-financing rate in per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
    )
    priority = TextLineField(_("priority of the programme"))
    capitalises = ParentalManyToManyField(
        "self", verbose_name=_("builds on"), symmetrical=False, blank=True, related_name="capitalised_by"
    )
    places = PlacesField(_("places"))
    website = models.URLField(_("website"), blank=True)
    contacts = TextLineField(
        _("whom to ask"), help_text=_("An office or a function. No names without consent, no e-mail addresses.")
    )
    funding_statement = TextField(_("funding statement"), help_text=_("Empty: the programme's own statement is shown."))

    objects = ProjectQuerySet.as_manager()
    of_membership = "organisation__participations__project"
    writing_path = "my/projects/{uid}/"
    reviewed_as = _("part in a project")

    texts_in_document = {"stated_counts.text": "what"}
    content_fields = (
        *Record.base_content_fields,
        "acronym",
        "title",
        "title_as_printed",
        "summary",
        "form",
        "type",
        "status",
        "start",
        "end",
        "duration_months",
        "total_budget",
        "eu_funding_amount",
        "cofinancing_rate",
        "currency",
        "programme",
        "priority",
        "capitalises",
        "places",
        "website",
        "contacts",
        "funding_statement",
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__isnull=True)
                | models.Q(end__isnull=True)
                | models.Q(start__lte=models.F("end")),
                name="project_starts_before_it_ends",
            )
        ]

    @property
    def title_map(self) -> Text:
        """A project that is known by its acronym alone is called by it."""
        return self.title if self.title else Text({self.original_language: self.acronym} if self.acronym else {})

    def missing_for_publication(self) -> list[str]:
        return [] if self.title or self.acronym else ["title"]

    def reviewed_part(self) -> Organisation | None:
        if self.live_revision is None or self.latest_revision_id == self.live_revision_id:
            return None
        public = {part.uid: part.own for part in self.live_revision.as_object().participations.all()}
        changed = [part for part in self.latest_draft().participations.all() if public.get(part.uid) != part.own]
        return changed[0].organisation if len(changed) == 1 else None


class Participation(Part, Sourced):
    """An organisation's part in a project, as the project's own papers print it."""

    class Role(models.TextChoices):
        LEAD_PARTNER = "lead_partner", _("lead partner")
        PARTNER = "partner", _("partner")
        ASSOCIATED = "associated", _("associated partner")

    class BudgetBasis(models.TextChoices):
        PUBLISHED = "published", _("published")
        PUBLISHED_ZERO = "published_zero", _("published as zero")
        UNPUBLISHED = "unpublished", _("not published")

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTNER)
    name_as_printed = models.CharField(_("name as printed"), max_length=250, blank=True)
    country = models.CharField(_("country"), max_length=4, blank=True)
    country_as_printed = models.CharField(_("country as printed"), max_length=120, blank=True)
    total_eligible_budget = models.DecimalField(
        _("total eligible budget"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cofinancing_amount = models.DecimalField(_("co-financing"), max_digits=14, decimal_places=2, null=True, blank=True)
    cofinancing_rate = models.DecimalField(
        _("co-financing rate in per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    budget_basis = models.CharField(_("budget"), max_length=20, choices=BudgetBasis, default=BudgetBasis.UNPUBLISHED)
    joined = models.DateField(_("from"), null=True, blank=True)
    left = models.DateField(_("to"), null=True, blank=True)
    contribution = TextField(
        _("what it contributed"), help_text=_("In its own words; the project's papers need not say it.")
    )

    # What the organisation itself may say; names and countries stay as the project's papers print them.
    OWN = (
        *("role", "joined", "left", "contribution"),
        *("total_eligible_budget", "cofinancing_amount", "cofinancing_rate", "budget_basis"),
    )

    class Meta(Part.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")

    def __str__(self):
        return self.name_as_printed or str(self.organisation)

    @property
    def own(self) -> list:
        return [getattr(self, name) for name in self.OWN]


class Objective(Statement):
    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="objectives")

    class Meta(Statement.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")


class ExpectedResult(Statement):
    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="expected_results")

    class Meta(Statement.Meta):
        verbose_name = _("expected result")
        verbose_name_plural = _("expected results")


class Result(Statement):
    """What came out of a project: the first link of the capitalisation trail."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="results")

    class Meta(Statement.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")


class Activity(Statement):
    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="activities")

    class Meta(Statement.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")


class Background(Statement):
    """How a project came about, and what it stands on."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="context")

    class Meta(Statement.Meta):
        verbose_name = _("background")
        verbose_name_plural = _("background")


class NamedOrganisation(Part, Sourced):
    """An organisation that a project's papers name without calling it a partner."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="named_organisations")
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="named_in",
    )
    how = TextField(_("how it is named"))

    class Meta(Part.Meta):
        verbose_name = _("named organisation")
        verbose_name_plural = _("named organisations")

    def __str__(self):
        return str(self.organisation)


class WorkPackage(Part, Sourced):
    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="work_packages")
    number = models.PositiveSmallIntegerField(_("number"))
    title = TextLineField(_("title"))
    description = TextField(_("description"))

    class Meta(Part.Meta):
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")

    def __str__(self):
        return f"WP{self.number} {self.title}"


class TargetGroup(Statement):
    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="target_groups")
    codes = CodeListField(_("types of target group"), codes=PartnerType)

    class Meta(Statement.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class StatedCount(Statement):
    """A number that a document states, such as *ten local areas*, without naming what it counts."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="stated_counts")
    value = models.PositiveIntegerField(pgettext_lazy("how many", "number"))
    countries = models.JSONField(_("countries"), default=list, blank=True)

    class Meta(Statement.Meta):
        verbose_name = _("stated count")
        verbose_name_plural = _("stated counts")


class ProjectIndicator(Indicator, PartWithParts, Sourced):
    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="indicators")

    class Meta(Part.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")


class ProjectIndicatorValue(IndicatorValue, Part, Sourced):
    indicator = ParentalKey(ProjectIndicator, on_delete=models.CASCADE, related_name="values")

    class Meta(Part.Meta):
        verbose_name = _("indicator value")
        verbose_name_plural = _("indicator values")
