"""A good practice: what worked, or did not, and what it took."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import WorkflowState

from accounts import access
from accounts.acts import Role
from accounts.models import User
from catalogue.codes import NaceSection, Sdg
from catalogue.fields import CodeListField, PlacesField, TextField, TextLineField
from catalogue.locking import in_publication
from catalogue.models import Entry
from catalogue.problems import Problem
from catalogue.records import Record
from partners.models import ReviewedQuerySet, ReviewedRecord
from practices import advice, opinions, readiness
from practices.models.opinion import ExpertOpinion
from practices.models.resources import (
    Resources,
    amount_field,
    currency_field,
    fte_field,
    not_negative,
    year_field,
)
from practices.models.together import CoAuthor
from practices.readiness import FURTHER_TEXTS, GUIDED_PARTS
from practices.too_similar import too_similar

OF_THE_EXPERT = (*opinions.LEDGER, "expert_opinion_version")


class GoodPracticeQuerySet(ReviewedQuerySet):
    def with_parts(self) -> "GoodPracticeQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        parts = ("building_blocks", "evidence", "links", "images__photo", "attachments__file")
        return self.select_related("organisation_in_charge").prefetch_related("projects", "areas", *parts)

    def relations(self, user) -> dict[Role, Q]:
        """Who began it is its author, whatever organisation has it; whoever she has taken in, her co-author."""
        if not user.is_authenticated:
            return {}
        together = Q(pk__in=CoAuthor.objects.filter(user=user).values("practice"))
        return super().relations(user) | {Role.AUTHOR: Q(owner=user), Role.CO_AUTHOR: together}

    def editable_by(self, user) -> "GoodPracticeQuerySet":
        """Practices of the organisations that the user is a member of, and those she began or was taken into."""
        return self.filter(access.rows("practices.write", user, self.relations(user)))

    def hers_anyway(self, user) -> "GoodPracticeQuerySet":
        """Those that she writes without having been taken in."""
        relations = {role: rows for role, rows in self.relations(user).items() if role != Role.CO_AUTHOR}
        return self.filter(access.rows("practices.write", user, relations))

    def removable_by(self, user) -> "GoodPracticeQuerySet":
        """Those she began herself, and those of the organisations that she coordinates."""
        return self.filter(access.rows("practices.withdraw", user, self.relations(user)))

    def checkable_by(self, user) -> "GoodPracticeQuerySet":
        """As of every kind; no co-author checks it in place of a coordinator."""
        if not user.is_authenticated:
            return self.none()
        hers = self.relations(user)
        return super().checkable_by(user).filter(~hers[Role.CO_AUTHOR] | hers[Role.COORDINATOR])

    def assessable_by(self, user) -> "GoodPracticeQuerySet":
        """As of every kind; and nobody reviews what she began or writes."""
        if not user.is_authenticated:
            return self.none()
        return super().assessable_by(user).exclude(owner=user.pk).exclude(self.relations(user)[Role.CO_AUTHOR])

    def open_to_opinion_of(self, user) -> "GoodPracticeQuerySet":
        """What is published, and she as an expert may speak of: of this very version nobody has, and she had no part in it."""
        if not access.may(user, "practices.opinion"):
            return self.none()
        version = Entry.objects.filter(uid=OuterRef("uid")).values("version")
        spoken_of = Q(expert_opinion_version__gte=Subquery(version))
        others = self.foreign_to(user).exclude(owner=user.pk).exclude(self.relations(user)[Role.CO_AUTHOR])
        return others.filter(live=True).exclude(spoken_of)

    def with_opinion_for(self, user) -> "GoodPracticeQuerySet":
        """Those with an expert's opinion that she may write, change or withdraw."""
        hers = ExpertOpinion.objects.filter(writer=user.pk, last_version=None).values("practice")
        mendable = Q(live=True) & ~Q(expert_opinion={}) if access.may(user, "practices.mend_opinion") else Q(pk__in=())
        return self.filter(Q(pk__in=hers) | Q(pk__in=self.open_to_opinion_of(user).values("pk")) | mendable)


class GoodPractice(ReviewedRecord):
    """One practice, as Interreg Europe's form describes it.

    Who gave the expert opinion, and when the practice was last said to be still true, stand in the ledger: no draft brings
    them, and none takes them away.
    """

    class EntryType(models.TextChoices):
        SNAPSHOT = "snapshot", _("snapshot")
        FULL = "full", _("full description")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")
        STOPPED = "stopped", _("stopped before its end")

    OVER = (Status.ENDED, Status.STOPPED)

    class Scope(models.TextChoices):
        LOCAL = "local", _("local")
        REGIONAL = "regional", _("regional")
        NATIONAL = "national", _("national")
        INTERNATIONAL = "international", _("international")

    entry_type = models.CharField(
        _("type of entry"),
        max_length=10,
        choices=EntryType,
        default=EntryType.FULL,
        help_text=_("A snapshot needs only a title, a summary, a topic, a place, and whom to turn to."),
    )
    title = TextLineField(_("title"), limit=100)
    summary = TextField(_("summary"), limit=160)
    problem_and_context = TextField(_("problem and context"))
    how_it_works = TextField(_("how it works"))
    stakeholders_and_beneficiaries = TextField(_("stakeholders and beneficiaries"))
    resources_setup_amount = amount_field()
    resources_setup_currency = currency_field()
    resources_setup_year = year_field(_("in the money of the year"))
    resources_setup_fte = fte_field()
    resources_setup_text = TextField(_("what it took to set it up"), limit=300)
    resources_running_amount = amount_field()
    resources_running_currency = currency_field()
    resources_running_year = year_field(_("in the money of the year"))
    resources_running_fte = fte_field()
    resources_running_text = TextField(_("what it takes to keep it running"), limit=300)
    evidence_of_success = TextField(_("evidence of success"), limit=500)
    challenges = TextField(_("challenges"), limit=300)
    success_factors = TextField(_("what helped"))
    hampering_factors = TextField(_("what hindered"))
    preconditions = TextField(_("preconditions"))
    potential_for_transfer = TextField(_("potential for transfer"), limit=1000)
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
    areas = ParentalManyToManyField(
        "partners.IndustrialArea", verbose_name=_("industrial areas"), blank=True, related_name="practices"
    )
    sdgs = CodeListField(_("Sustainable Development Goals"), codes=Sdg)
    nace = CodeListField(_("branches (NACE Rev. 2)"), codes=NaceSection)
    author = models.CharField(
        _("author"), max_length=200, blank=True, help_text=_("Who wrote the description, as it is to be cited.")
    )
    contact_name = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("A person who can tell more about the practice.")
    )
    contact_agreed = models.BooleanField(
        _("agreed"),
        default=False,
        help_text=_("She or he agreed to be named here in public. Without it the name is not shown."),
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
    confirmed_on = models.DateField(_("last confirmed to be still true"), null=True, blank=True, editable=False)
    expert_opinion = TextField(_("expert opinion"), editable=False)
    expert_opinion_name = models.CharField(_("expert"), max_length=200, blank=True, editable=False)
    expert_opinion_date = models.DateField(_("date of the expert opinion"), null=True, blank=True, editable=False)
    expert_opinion_network = models.CharField(_("network of the expert"), max_length=200, blank=True, editable=False)
    expert_opinion_version = models.PositiveIntegerField(
        _("version that the expert has read"), null=True, blank=True, editable=False
    )

    objects = GoodPracticeQuerySet.as_manager()
    of_membership = "organisation__practices"
    organisation_field = "organisation_in_charge"
    links_are_looked_at = True
    writing_path = "my/practices/{uid}/"
    preview_path = f"{writing_path}preview/"
    untitled = _("Untitled practice")

    content_fields = (
        *Record.base_content_fields,
        "entry_type",
        "title",
        "summary",
        *GUIDED_PARTS,
        *Resources.fields_of("resources_setup"),
        *Resources.fields_of("resources_running"),
        *FURTHER_TEXTS,
        "status",
        "start",
        "end",
        "geographical_scope",
        "places",
        "projects",
        "grew_from",
        "areas",
        "sdgs",
        "nace",
        "author",
        "contact_name",
        "contact_agreed",
    )
    texts_in_document = {
        "resources_setup_text": "resources_setup.text",
        "resources_running_text": "resources_running.text",
    }
    ledger_fields = (
        *Record.base_ledger_fields,
        "owner",
        "organisation_in_charge",
        "confirmed_on",
        *OF_THE_EXPERT,
    )

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [not_negative("resources_setup"), not_negative("resources_running")]

    @property
    def is_snapshot(self) -> bool:
        return self.entry_type == self.EntryType.SNAPSHOT

    @property
    def resources_setup(self) -> Resources | None:
        return Resources.of(self, "resources_setup")

    @property
    def resources_running(self) -> Resources | None:
        return Resources.of(self, "resources_running")

    @property
    def contact(self) -> dict[str, str] | None:
        """As everybody may know it: only who agreed to be named is."""
        return {"name": self.contact_name} if self.contact_name and self.contact_agreed else None

    def validate_constraints(self, exclude=None) -> None:
        """The validators of its fields hold the same, and ask no database."""

    def problems(self) -> list[Problem]:
        return readiness.problems_of(self)

    def advice(self) -> list[Problem]:
        return [*super().advice(), *advice.advice_of(self, readiness.ALL_TEXTS), *too_similar(self)]

    def checkers(self, submitted_by: User | None) -> models.QuerySet[User]:
        """As of every kind; of its co-authors only who coordinates its organisation."""
        others = super().checkers(submitted_by)
        together = self.co_authors.exclude(user__in=self.coordinators()).values("user")
        return others.exclude(pk__in=together)

    def reviewers(self, submitted_by: User | None) -> models.QuerySet[User]:
        """As of every kind, without who began it and who writes it with her."""
        others = super().reviewers(submitted_by).exclude(pk=self.owner_id or 0)
        return others.exclude(pk__in=self.co_authors.values("user"))

    def written_together_by(self) -> list[User]:
        """Who began it and her co-authors, where it has any."""
        together = [each.user for each in self.co_authors.select_related("user")]
        return [*filter(None, [self.owner]), *together] if together else []

    def its_people(self) -> set[User]:
        """Who answers for its text."""
        return {self.owner, *self.coordinators()} - {None}

    @in_publication
    def publish(self, revision, user=None, *args, **kwargs):
        """With the opinion of the expert who approved the text, unless it has to wait for its time.

        A new version that its people wrote, or submitted, says that it is still true.
        """
        goes_live = revision.as_object().go_live_at
        is_now = not (goes_live and goes_live > timezone.now())
        if is_now:
            opinions.come_out(self, revision)
            if self.live and self._is_said_by_its_people(revision):
                self.confirmed_on = timezone.localdate()
                GoodPractice.objects.filter(pk=self.pk).update(confirmed_on=self.confirmed_on)
        super().publish(revision, user, *args, **kwargs)
        if is_now:
            opinions.tell_who_waits(self, by=user)

    def _is_said_by_its_people(self, revision) -> bool:
        """Whoever saved it last: a translator may have, before its author submitted it."""
        reviews = WorkflowState.objects.filter(task_states__revision=revision).select_related("requested_by").distinct()
        said_by = {revision.user, *(review.requested_by for review in reviews)} - {None}
        return any(self.is_written_by(person) for person in said_by)

    def serializable_data(self):
        """As revisions hold it: without the expert's opinion, which she may take back from everywhere."""
        return {name: value for name, value in super().serializable_data().items() if name not in OF_THE_EXPERT}

    def save_revision(self, *args, **kwargs):
        """Photos and files remember which practices named them in a draft: that is who may see them before publication."""
        revision = super().save_revision(*args, **kwargs)
        self.photos_ever_shown.add(*(image.photo_id for image in self.images.all() if image.photo_id))
        self.files_ever_named.add(*(attachment.file_id for attachment in self.attachments.all() if attachment.file_id))
        return revision
