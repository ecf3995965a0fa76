"""Good practices: what worked, or did not, and what it took; and who reviews them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Task

from accounts import access
from accounts.acts import Role
from accounts.models import User
from catalogue.children import Part
from catalogue.codes import Licence
from catalogue.fields import PlacesField, TextField, TextLineField
from catalogue.pictures import KeptPicture
from catalogue.problems import Problem
from catalogue.records import Record
from partners.models import ReviewedQuerySet, ReviewedRecord
from practices import readiness
from practices.readiness import GUIDED_PARTS


class GoodPracticeQuerySet(ReviewedQuerySet):
    def with_parts(self) -> "GoodPracticeQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("organisation_in_charge").prefetch_related("projects", "images__photo")

    def relations(self, user) -> dict[Role, Q]:
        """Who began it is its author, whatever organisation has it."""
        return super().relations(user) | ({Role.AUTHOR: Q(owner=user)} if user.is_authenticated else {})

    def editable_by(self, user) -> "GoodPracticeQuerySet":
        """Practices of the organisations that the user is a member of, and those she began herself."""
        return self.filter(access.rows("practices.write", user, self.relations(user)))

    def removable_by(self, user) -> "GoodPracticeQuerySet":
        """Those she began herself, and those of the organisations that she coordinates."""
        return self.filter(access.rows("practices.withdraw", user, self.relations(user)))

    def assessable_by(self, user) -> "GoodPracticeQuerySet":
        """As of every kind; and nobody reviews what she began."""
        return super().assessable_by(user).exclude(owner=user.pk)


class GoodPractice(ReviewedRecord):
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
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True)
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
    of_membership = "organisation__practices"
    organisation_field = "organisation_in_charge"
    writing_path = "my/practices/{uid}/"
    preview_path = f"{writing_path}preview/"
    untitled = _("Untitled practice")

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

    def problems(self) -> list[Problem]:
        return readiness.problems_of(self)

    def reviewers(self, submitted_by: User | None) -> models.QuerySet[User]:
        """As of every kind, without who began it."""
        return super().reviewers(submitted_by).exclude(pk=self.owner_id or 0)

    def save_revision(self, *args, **kwargs):
        """Every photo remembers which practices showed it in a draft: that is who may see it before publication."""
        revision = super().save_revision(*args, **kwargs)
        for image in self.images.all():
            if image.photo_id:
                image.photo.practices.add(self.pk)
        return revision


class Photo(KeptPicture):
    """A JPEG. It is private until a published document shows it (`practices.photos.is_public`).

    `practices` are those that show it or have shown it, in drafts or in public.
    """

    folder, ending, content_type = "photos", "jpg", "image/jpeg"

    practices = models.ManyToManyField(GoodPractice, verbose_name=_("practices"), related_name="photos_ever_shown")

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")


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


class ExpertReviewTask(Task):
    """A reviewer reads the practice in the portal and approves it or sends it back (`catalogue.reviewing`).

    Wagtail's admin offers nothing for it: its listing of practices would open every organisation's drafts to reviewers.
    """

    class Meta:
        verbose_name = _("expert review")
        verbose_name_plural = _("expert reviews")

    def locked_for_user(self, obj, user) -> bool:
        """What is submitted changes for nobody until it is decided or taken back."""
        return True

    @classmethod
    def get_description(cls) -> str:
        return str(_("Reviewers read the practice in the portal and approve it or send it back with a message."))
