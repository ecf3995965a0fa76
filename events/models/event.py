"""Events: study visits, workshops and other occasions at which practices are passed on."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Revision

from catalogue.children import Part
from catalogue.fields import TextField, TextLineField
from catalogue.locking import in_publication
from catalogue.places import place
from catalogue.records import Record, RecordQuerySet
from events import faults, times
from events.languages import validate_languages
from pages.models.told import follow

_IN_ORDER = Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at"))  # the times of one day


class EventQuerySet(RecordQuerySet):
    def with_parts(self) -> "EventQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("host", "project").prefetch_related(
            "areas", "practices", "agenda__practices", "speakers__organisation"
        )


class Event(Record):
    """One occasion, with its days and times as its poster has them, in its own time zone."""

    class Type(models.TextChoices):
        STUDY_VISIT = "study_visit", _("study visit")
        WORKSHOP = "workshop", _("workshop")
        TRAINING = "training", _("training")
        CONFERENCE = "conference", _("conference")
        STAKEHOLDER_MEETING = "stakeholder_meeting", _("stakeholder meeting")
        WEBINAR = "webinar", _("webinar")

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", pgettext_lazy("of an event", "scheduled")
        CANCELLED = "cancelled", pgettext_lazy("of an event", "cancelled")

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("on site and online")

    type = models.CharField(_("type"), max_length=20, choices=Type, default=Type.STUDY_VISIT)
    title = TextLineField(_("title"), limit=100)
    summary = TextField(_("summary"), limit=160)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SCHEDULED)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Ljubljana", validators=[times.validate_zone]
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    venue_name = models.CharField(_("venue"), max_length=200, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=4, blank=True)
    nuts = models.CharField(_("NUTS code"), max_length=5, blank=True)
    nuts_version = models.PositiveSmallIntegerField(_("NUTS version"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lng = models.FloatField(_("longitude"), null=True, blank=True)
    access_notes = TextField(_("how to get there"))
    online_url = models.URLField(_("address online"), max_length=500, blank=True)
    host = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("host"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    project = models.ForeignKey(
        "projects.Project",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    areas = ParentalManyToManyField(
        "partners.IndustrialArea", verbose_name=_("areas"), blank=True, related_name="events"
    )
    practices = ParentalManyToManyField(
        "practices.GoodPractice", verbose_name=_("practices shown"), blank=True, related_name="events"
    )
    languages = models.JSONField(
        _("languages spoken"),
        default=list,
        blank=True,
        validators=[validate_languages],
        help_text=_("A list of language codes (ISO 639-1)."),
    )
    audience = TextField(_("for whom"))
    how_to_take_part = TextField(_("how to take part"))
    registration_url = models.URLField(_("address of the registration"), max_length=500, blank=True)

    objects = EventQuerySet.as_manager()

    content_fields = (
        *Record.base_content_fields,
        "type",
        "title",
        "summary",
        "status",
        "starts_on",
        "starts_at",
        "ends_on",
        "ends_at",
        "time_zone",
        "mode",
        "venue_name",
        "street",
        "postal_code",
        "town",
        "country",
        "nuts",
        "nuts_version",
        "lat",
        "lng",
        "access_notes",
        "online_url",
        "host",
        "project",
        "areas",
        "practices",
        "languages",
        "audience",
        "how_to_take_part",
        "registration_url",
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                # a database takes what it cannot tell, such as an order of times of which one is missing, for true
                condition=Q(ends_on__isnull=True) & _IN_ORDER
                | Q(ends_on__isnull=False) & (Q(ends_on__gt=F("starts_on")) | Q(ends_on=F("starts_on")) & _IN_ORDER),
                name="event_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lng__isnull=True)
                | Q(lat__range=(-90, 90), lng__range=(-180, 180), lat__isnull=False, lng__isnull=False),
                name="event_coordinates_are_a_pair_of_degrees",
            ),
        ]

    # Time

    @property
    def is_all_day(self) -> bool:
        return self.starts_at is None

    @property
    def last_day(self) -> date | None:
        return self.ends_on or self.starts_on

    # Place

    @property
    def place_list(self) -> list[dict]:
        if not self.country:
            return []
        known = {"nuts": self.nuts or None, "nuts_version": self.nuts_version, "town": self.town or None}
        return [place(self.country, lat=self.lat, lng=self.lng, **known)]

    # What must be right

    def clean(self):
        """Raises what is wrong with its times and its place, by field; a draft may lack what it likes."""
        super().clean()
        found = faults.of_times(self) | faults.of_place(self)
        if found:
            raise ValidationError(found)

    def missing_for_publication(self) -> list[str]:
        return [*super().missing_for_publication(), *([] if self.starts_on else ["starts_on"])]

    @in_publication
    def publish(self, revision, user=None, *args, **kwargs):
        """As every record's; nor is an event published at an impossible time, or with a speaker who was not asked."""
        found = faults.for_publication(Revision.objects.get(pk=revision.pk).as_object())
        if found:
            raise ValidationError(found)
        super().publish(revision, user, *args, **kwargs)

    def _follow(self):
        """Links to its pages come and go with it, and they have its title."""
        super()._follow()
        if pages := list(self.pages.model.objects.filter(event=self.pk)):  # which read the event anew
            for page in pages:
                page.take_title()
            follow(*pages)


class AgendaItem(ClusterableModel, Part):
    """What happens when; its times are those of the event's zone."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="agenda")
    day = models.DateField(_("day"))
    start = models.TimeField(_("from"), null=True, blank=True)
    end = models.TimeField(_("to"), null=True, blank=True)
    title = TextLineField(_("title"))
    text = TextField(_("text"))
    practices = ParentalManyToManyField(
        "practices.GoodPractice", verbose_name=_("practices shown"), blank=True, related_name="+"
    )

    class Meta(Part.Meta):
        verbose_name = _("item of the programme")
        verbose_name_plural = _("programme")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=False, end__gt=F("start")),
                name="agenda_item_begins_before_it_ends",
            )
        ]

    def __str__(self):
        return str(self.title)

    def clean(self):
        super().clean()
        found = faults.of_item(self)
        if found:
            raise ValidationError(found)


class Speaker(Part):
    """Somebody who speaks at the event; public only when she said that she may be."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=150)
    function = TextLineField(_("function"))
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    agreed = models.BooleanField(
        _("agreed"),
        default=False,
        help_text=_("She or he agreed to be named here in public. Without it the event cannot be published."),
    )

    class Meta(Part.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        found = faults.of_speaker(self)
        if found:
            raise ValidationError(found)
