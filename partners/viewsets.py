"""Organisations, who belongs to them, and industrial areas, in the Wagtail admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import User
from catalogue.panels import RecordForm, origin_panel
from catalogue.rows import RowsField
from catalogue.templatetags.catalogue_text import country
from catalogue.viewsets import RecordFilterSet, RecordViewSet, choice_column
from catalogue.widgets import CountryField, NutsVersionField, region_version, year_field
from operations.dates import long_date
from pages.lists import HelpfulIndexView, HelpfulList
from partners.models import IndustrialArea, Logo, Membership, Organisation


class AliasesField(RowsField):
    """{name, from, to}; the years may be null."""

    default_columns = {
        "name": forms.CharField(label=_("Name"), max_length=250),
        "from": year_field(_("From")),
        "to": year_field(_("To")),
    }

    def to_row(self, cleaned):
        row = super().to_row(cleaned)
        if row["from"] and row["to"] and row["from"] > row["to"]:
            raise ValidationError({"to": _("It ends before it begins.")})
        return row


class LogoField(forms.ModelChoiceField):
    """One of those that the organisation has shown; new ones are taken in by the portal's own form."""

    def label_from_instance(self, logo):
        told = {"width": logo.width, "height": logo.height, "date": long_date(logo.uploaded)}
        return _("%(width)s × %(height)s pixels, sent on %(date)s") % told


class OrganisationForm(RecordForm):
    aliases = AliasesField(
        label=_("Other names"), help_text=_("Earlier names, short forms; the years where they are known.")
    )
    country = CountryField()
    nuts_version = NutsVersionField()
    logo = LogoField(Logo.objects.none(), label=capfirst(_("logo")), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = self.instance.logos_ever_shown.all() if self.instance.pk else Logo.objects.none()
        self.fields["logo"].queryset = shown.order_by("-uploaded")

    def clean(self):
        cleaned = super().clean()
        try:
            cleaned["nuts_version"] = region_version(cleaned.get("nuts"), cleaned.get("nuts_version"))
        except ValidationError as error:
            self.add_error(None, error)
        if (cleaned.get("lat") is None) != (cleaned.get("lng") is None):
            self.add_error("lat", _("A latitude needs its longitude, and the other way round."))
        for name, limit in (("lat", 90), ("lng", 180)):
            degrees = cleaned.get(name)
            if degrees is not None and not -limit <= degrees <= limit:
                self.add_error(name, _("Between −%(limit)s and %(limit)s degrees.") % {"limit": limit})
        return cleaned


class LogoPanel(Panel):
    """The picture itself."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/admin/logo.html"


class MembersPanel(Panel):
    """Who belongs to the organisation; memberships have a list of their own."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/admin/members.html"

        def is_shown(self):
            return bool(self.instance.pk) and self.request.user.has_perm("partners.change_membership")

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            url = reverse("memberships:index")
            return context | {
                "memberships": self.instance.memberships.select_related("user"),
                "list_url": f"{url}?organisation={self.instance.pk}",
                "add_url": reverse("memberships:add"),
            }


names = [
    MultiFieldPanel(
        [
            "name_original",
            "name_english",
            FieldRowPanel(["abbreviation", "original_language"]),
            "department",
            "aliases",
        ],
        heading=_("Names"),
        help_text=_(
            "The name in its own language, which is the record's original language, and in English where there is one."
        ),
    ),
    MultiFieldPanel(["description", "topics", "keywords"], heading=_("Description")),
    PublishingPanel(),
]
facts = [
    MultiFieldPanel(
        ["partner_type", FieldRowPanel(["legal_status", "sme_size", "nace"]), "website"],
        heading=_("What it is"),
    ),
    MultiFieldPanel(
        [
            "street",
            FieldRowPanel(["postal_code", "town", "country"]),
            FieldRowPanel(["nuts", "nuts_version"]),
            FieldRowPanel(["lat", "lng"]),
        ],
        heading=_("Where it is"),
        help_text=_(
            "NUTS codes change: give the version that the code is from. Latitude and longitude in degrees, WGS 84."
        ),
    ),
    MultiFieldPanel(
        [LogoPanel(), "logo", "logo_alt"],
        heading=_("Logo"),
        help_text=_("Coordinators send one in the portal. Here it can be taken out, or an earlier one put back."),
    ),
    MultiFieldPanel(
        [FieldRowPanel(["pic", "ror"]), FieldRowPanel(["other_id", "other_id_scheme"])], heading=_("Numbers")
    ),
]
sources = [
    MultiFieldPanel(
        [FieldPanel("licence"), FieldPanel("example"), FieldPanel("source_notes")], heading=_("Licence and sources")
    )
]


class OrganisationFilterSet(RecordFilterSet):
    class Meta:
        model = Organisation
        fields = ["state", "partner_type", "example"]


class OrganisationViewSet(RecordViewSet):
    model = Organisation
    icon = "group"
    menu_order = 26
    about = _("Partners: organisations that take part in projects, practices and events. Begin with “Add partner”.")
    add_label = _("Add partner")
    kind_columns = (
        choice_column(Organisation, "partner_type"),
        Column(
            "country",
            label=_("Country"),
            accessor=lambda organisation: country(organisation.country),
            sort_key="country",
        ),
    )
    filterset_class = OrganisationFilterSet
    search_fields = ("name_original", "name_english", "abbreviation", "town")
    edit_handler = TabbedInterface(
        [
            ObjectList(names, heading=_("Names and description")),
            ObjectList(facts, heading=_("Facts")),
            ObjectList(sources, heading=_("Sources")),
            ObjectList([MembersPanel(heading=_("Members"))], heading=_("Members")),
        ],
        base_form_class=OrganisationForm,
    )


class IndustrialAreaForm(RecordForm):
    def clean(self):
        cleaned = super().clean()
        free, total = cleaned.get("hectares_free"), cleaned.get("hectares_total")
        if free is not None and total is not None and free > total:
            self.add_error(
                "hectares_free", _("More land is free than there is: at most %(total)s hectares.") % {"total": total}
            )
        return cleaned


area_panels = [
    MultiFieldPanel(["name", "summary", "type"], heading=_("Name and summary")),
    MultiFieldPanel(
        [
            FieldPanel("description", help_text=_("Situation, history, what stands there, what is planned.")),
            FieldPanel("services", help_text=_("What firms find there. One a line, each with a hyphen in front.")),
        ],
        heading=_("What it is like"),
    ),
    MultiFieldPanel(["topics", "keywords"], heading=_("Topics and keywords")),
    PublishingPanel(),
]
area_facts = [
    FieldPanel("manager", help_text=_("The organisation that looks after the area. Its page lists the area.")),
    MultiFieldPanel(
        [FieldRowPanel(["hectares_total", "hectares_free"]), FieldRowPanel(["firms", "jobs"])],
        heading=_("In numbers"),
        help_text=_(
            "Leave out what is not known. Nought means none; say in the sources from which year the figures are."
        ),
    ),
    FieldPanel("nace", help_text=_("The branches that are really there, by the sections of NACE Rev. 2.")),
    MultiFieldPanel(["places", "website"], heading=_("Where it is")),
]


class IndustrialAreaFilterSet(RecordFilterSet):
    class Meta:
        model = IndustrialArea
        fields = ["state", "type", "manager", "example"]


class IndustrialAreaViewSet(RecordViewSet):
    model = IndustrialArea
    icon = "site"
    menu_order = 30
    about = _("Industrial areas and who manages them. Begin with “Add industrial area”.")
    add_label = _("Add industrial area")
    kind_columns = (
        choice_column(IndustrialArea, "type"),
        Column("manager", label=_("Manager"), sort_key="manager"),
    )
    filterset_class = IndustrialAreaFilterSet
    search_fields = ("name", "summary")
    edit_handler = TabbedInterface(
        [
            ObjectList(area_panels, heading=_("Area")),
            ObjectList(area_facts, heading=_("Facts")),
            ObjectList([origin_panel()], heading=_("Sources")),
        ],
        base_form_class=IndustrialAreaForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("manager")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.for_staff


class MembershipForm(WagtailAdminModelForm):
    user = PersonField(User.objects.order_by("last_name", "first_name", "email"), label=capfirst(_("user")))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("role") == Membership.Role.COORDINATOR and cleaned.get("organisation"):
            others = cleaned["organisation"].memberships.exclude(pk=self.instance.pk)
            if coordinator := others.filter(role=Membership.Role.COORDINATOR).select_related("user").first():
                told = _("%(name)s coordinates it already. Make that person a member first.")
                self.add_error("role", told % {"name": coordinator.user.for_staff})
        return cleaned


class MembershipFilterSet(WagtailFilterSet):
    class Meta:
        model = Membership
        fields = ["organisation", "role"]


class MembershipIndexView(HelpfulIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("user", "organisation")


class MembershipViewSet(HelpfulList, ModelViewSet):
    model = Membership
    index_view_class = MembershipIndexView
    name = "memberships"
    icon = "user"
    menu_order = 28
    about = _(
        "Who belongs to which organisation, and may therefore edit its practices. Begin with “Add membership”; the person"
        " needs an account."
    )
    add_label = _("Add membership")
    copy_view_enabled = False
    add_to_reference_index = False
    edit_handler = ObjectList(["user", "organisation", "role"], base_form_class=MembershipForm)
    filterset_class = MembershipFilterSet
    search_fields = ("user__email", "user__last_name", "organisation__name_original", "organisation__name_english")
    search_backend_name = None
    ordering = "organisation"

    @cached_property
    def list_display(self):
        return [
            Column("user", label=capfirst(_("user")), accessor="user.for_staff", sort_key="user"),
            "organisation",
            choice_column(Membership, "role"),
            DateColumn("since", label=_("Since"), sort_key="since"),
        ]
