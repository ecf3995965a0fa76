"""Good practices: what worked, or did not, and what it took."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField

from catalogue.children import Part
from catalogue.codes import Licence
from catalogue.fields import PlacesField, TextField, TextLineField
from catalogue.records import Record, RecordQuerySet

GUIDED_PARTS = ("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries")
GUIDED_PARTS_LIMIT = 1500  # characters, all three together, in each language


class GoodPracticeQuerySet(RecordQuerySet):
    def with_parts(self) -> "GoodPracticeQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("organisation_in_charge").prefetch_related("projects", "images__photo")

    def editable_by(self, user) -> "GoodPracticeQuerySet":
        """Practices of the organisations that the user is a member of, and those she began herself."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(models.Q(owner=user) | models.Q(organisation_in_charge__memberships__user=user)).distinct()


class GoodPractice(Record):
    """One practice, as Interreg Europe's form describes it."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")
        STOPPED = "stopped", _("stopped before its end")

    class Scope(models.TextChoices):
        LOCAL = "local", _("local")
        REGIONAL = "regional", _("regional")
        NATIONAL = "national", _("national")
        INTERNATIONAL = "international", _("international")

    title = TextLineField(_("title"), limit=100)
    summary = TextField(_("summary"), limit=160)
    problem_and_context = TextField(_("problem and context"))
    how_it_works = TextField(_("how it works"))
    stakeholders_and_beneficiaries = TextField(_("stakeholders and beneficiaries"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RUNNING)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    geographical_scope = models.CharField(_("geographical scope"), max_length=15, choices=Scope, blank=True)
    places = PlacesField(_("places"))
    projects = ParentalManyToManyField(
        "projects.Project", verbose_name=_("projects"), blank=True, related_name="practices"
    )
    grew_from = models.JSONField(
        _("grew from"), default=list, blank=True, help_text=_("The uids of the project results that it grew from.")
    )
    organisation_in_charge = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation in charge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
        editable=False,
    )

    objects = GoodPracticeQuerySet.as_manager()

    content_fields = (
        *Record.base_content_fields,
        "title",
        "summary",
        *GUIDED_PARTS,
        "status",
        "start",
        "end",
        "geographical_scope",
        "places",
        "projects",
        "grew_from",
    )
    ledger_fields = (*Record.base_ledger_fields, "owner", "organisation_in_charge")

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")


class Photo(models.Model):
    """A re-encoded picture, kept under the digest of its bytes; the original, with all that it told, is not kept.

    It is private until a published document shows it (`practices.photos.is_public`).
    """

    digest = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return self.digest[:12]

    @property
    def url(self) -> str:
        """Root-relative, as documents hold it."""
        return f"/photos/{self.digest}.jpg"


class PracticeImage(Part):
    """A photo as a practice shows it."""

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="images")
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL, related_name="uses")
    alt = TextLineField(_("what the picture shows"))
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_4)

    class Meta(Part.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
