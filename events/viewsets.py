"""Events in the Wagtail admin."""

from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column

from catalogue.panels import PartForm, PartsPanel, RecordForm, origin_panel
from catalogue.rows import RecordsField, RowsField
from catalogue.viewsets import RecordFilterSet, RecordViewSet, choice_column
from catalogue.widgets import CountryField, CountrySelect, NutsVersionField, region_version
from events import faults, times
from events.choosers import EventChooserViewSet
from events.languages import language_choices
from events.models import Event
from events.page_admin import EventPagesPanel
from operations.dates import long_date
from partners.models import IndustrialArea
from practices.models import GoodPractice


class LanguagesField(RowsField):
    """A list of language codes."""

    default_columns = {"language": forms.ChoiceField(choices=language_choices, label=_("Language"))}

    def to_raw(self, row):
        return super().to_raw({"language": row})

    def to_row(self, cleaned):
        return cleaned["language"]

    def clean(self, value):
        return list(dict.fromkeys(super().clean(value)))


class ZoneField(forms.ChoiceField):
    widget = CountrySelect  # hundreds of options are drawn at one go

    def valid_value(self, value):
        return value in times.zone_names()


def practices_field(**kwargs) -> RecordsField:
    return RecordsField(GoodPractice, icon="pick", label=_("Practices shown"), **kwargs)


class AgendaItemForm(PartForm):
    practices = practices_field(help_text=_("Those that are seen or told of at this point."))

    def clean_practices(self):
        return list(dict.fromkeys(self.cleaned_data["practices"]))


class EventForm(RecordForm):
    time_zone = ZoneField(
        choices=times.zone_choices, label=_("Time zone"), initial=Event._meta.get_field("time_zone").default
    )
    country = CountryField()
    nuts_version = NutsVersionField()
    languages = LanguagesField(label=_("Languages spoken"), help_text=_("The main one first."))
    areas = RecordsField(IndustrialArea, icon="site", label=_("Areas"), help_text=_("Areas that it is about."))
    practices = practices_field(help_text=_("Those that are shown at no particular point of the programme."))

    def clean(self):
        cleaned = super().clean()
        for name in ("areas", "practices"):
            cleaned[name] = list(dict.fromkeys(cleaned.get(name, ())))
        with suppress(ValidationError):  # the record itself says what is wrong with the region
            cleaned["nuts_version"] = region_version(cleaned.get("nuts"), cleaned.get("nuts_version"))
        return cleaned

    def is_valid(self):
        """Its programme keeps to its days and its zone, which no item by itself knows of."""
        valid = super().is_valid()
        for form in self._parts("agenda"):
            for name, fault in faults.of_item_in(form.instance, self.instance).items():
                if name not in form.errors:
                    form.add_error(name, fault)
                    valid = False
        return valid

    def check_publishable(self):
        publishable = super().check_publishable()
        not_asked = [form for form in self._parts("speakers") if not form.instance.agreed]
        for form in not_asked:
            form.add_error("agreed", faults.NOT_ASKED)
        return publishable and not not_asked

    def _parts(self, name: str) -> list[forms.ModelForm]:
        """Those that stay and say something."""
        formset = self.formsets[name]
        if not formset.is_valid() and any(not hasattr(form, "cleaned_data") for form in formset.forms):
            return []
        return [form for form in formset.forms if form not in formset.deleted_forms and not formset._is_blank(form)]


agenda_panels = [
    FieldRowPanel(["day", "start", "end"]),
    "title",
    "text",
    "practices",
]
event_tab = [
    MultiFieldPanel(["title", "summary"], heading=_("Title and summary")),
    MultiFieldPanel(
        [
            FieldRowPanel(["type", "status"]),
            FieldRowPanel(["host", "project"]),
        ],
        heading=_("What it is"),
        help_text=_("A cancelled event stays to be read, marked, and calendars that have it learn of it."),
    ),
    FieldPanel("areas"),
    MultiFieldPanel(["topics", "keywords"], heading=_("Topics")),
    PublishingPanel(),
]
place_tab = [
    MultiFieldPanel(
        [
            FieldRowPanel(["starts_on", "starts_at"]),
            FieldRowPanel(["ends_on", "ends_at"]),
            FieldPanel("time_zone", help_text=_("That of the place; online, that of the host.")),
        ],
        heading=_("When"),
        help_text=_(
            "As clocks at the place show it. Without times it lasts whole days; without a last day, one day. It needs a"
            " first day to be published."
        ),
    ),
    MultiFieldPanel(
        [
            "mode",
            "venue_name",
            "street",
            FieldRowPanel(["postal_code", "town", "country"]),
            FieldRowPanel(["nuts", "nuts_version"]),
            FieldRowPanel(["lat", "lng"]),
        ],
        heading=_("Where"),
        help_text=_("The map shows it when latitude and longitude are known (degrees, WGS 84)."),
    ),
    FieldPanel(
        "access_notes", help_text=_("Trains, buses, parking; where there are steps, and how to come in without them.")
    ),
    FieldPanel("online_url", help_text=_("Everybody will see it: only for meetings that are open to all.")),
]
programme_tab = [
    PartsPanel(
        "agenda",
        agenda_panels,
        heading=_("Programme"),
        label=_("item"),
        form_class=AgendaItemForm,
        help_text=_("Times as clocks at the place show them. Visitors see it sorted by day and time."),
    ),
    FieldPanel("practices"),
    PartsPanel(
        "speakers",
        ["name", "function", "organisation", "agreed"],
        heading=_("Speakers"),
        label=_("speaker"),
        help_text=_("Only people who agreed to be named in public."),
    ),
]
taking_part_tab = [
    FieldPanel("audience", help_text=_("Who will get most out of it.")),
    FieldPanel("languages"),
    FieldPanel(
        "how_to_take_part", help_text=_("What to do by when, what it costs. No e-mail addresses: a link is better.")
    ),
    FieldPanel("registration_url", help_text=_("A form of the host's, for instance.")),
]


def _first_day(event: Event) -> str:
    return long_date(event.starts_on.isoformat()) if event.starts_on else ""


class EventFilterSet(RecordFilterSet):
    class Meta:
        model = Event
        fields = ["state", "type", "status", "mode", "project", "example"]


class EventViewSet(RecordViewSet):
    model = Event
    icon = "calendar-alt"
    menu_order = 10
    about = _(
        "Visits, workshops and other events: when, where, the programme, the speakers. Begin with “Add event”; its page is"
        " written from its tab “Its pages”."
    )
    add_label = _("Add event")
    kind_columns = (
        Column("starts_on", label=_("First day"), accessor=_first_day, sort_key="starts_on"),
        choice_column(Event, "type"),
        choice_column(Event, "status"),
        Column("town", label=_("Town"), sort_key="town"),
    )
    filterset_class = EventFilterSet
    chooser_viewset_class = EventChooserViewSet
    search_fields = ("title", "summary", "town", "venue_name")
    edit_handler = TabbedInterface(
        [
            ObjectList(event_tab, heading=_("Event")),
            ObjectList(place_tab, heading=_("When and where")),
            ObjectList(programme_tab, heading=_("Programme and people")),
            ObjectList(taking_part_tab, heading=_("Taking part")),
            ObjectList([EventPagesPanel()], heading=_("Its pages")),
            ObjectList([origin_panel()], heading=_("Sources")),
        ],
        base_form_class=EventForm,
    )
