"""The audit log as staff reads it: a report of the Wagtail admin. There is no view that changes it."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from operations import audit, reasons
from operations.models import AuditEntry

PERMISSION = "operations.view_auditentry"
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class AuditLogFilterSet(WagtailFilterSet):
    what = django_filters.MultipleChoiceFilter(
        label=_("What"), choices=audit.words, widget=forms.CheckboxSelectMultiple
    )
    person = django_filters.CharFilter(label=_("Who, or whom it concerns"), method="of_person")
    about = django_filters.CharFilter(label=_("Record"), field_name="about_title", lookup_expr="icontains")
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields = []

    def of_person(self, entries, name, words):
        return entries.of_person(words)


class AuditLogView(ReportView):
    model = AuditEntry
    page_title = _("Audit log")
    header_icon = "clipboard-list"
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    filterset_class = AuditLogFilterSet
    permission_policy = ModelPermissionPolicy(AuditEntry)
    permission_required = "view"
    default_ordering = "-at"
    columns = [
        DateColumn("at", label=_("When"), width="15%"),
        Column("what", label=_("What"), accessor=lambda entry: audit.label_of(entry.what)),
        Column("actor", label=_("Who did it"), accessor=lambda entry: person(entry.actor)),
        Column("whom", label=_("Whom it concerns"), accessor=lambda entry: person(entry.whom)),
        Column("about_title", label=_("Record")),
        Column("facts", label=_("Facts"), accessor=lambda entry: in_words(entry.facts)),
    ]
    export_filename = "audit-log"
    list_export = ["at", "what", "actor", "whom", "about_kind", "about_uid", "about_title", "facts"]

    def get_base_queryset(self):
        return AuditEntry.objects.select_related("actor", "whom")

    def to_row_dict(self, item):
        told = {
            "at": item.at.isoformat(timespec="seconds"),
            "actor": person(item.actor),
            "whom": person(item.whom),
            "about_uid": str(item.about_uid or ""),
            "facts": in_words(item.facts),
        }
        row = {field: told.get(field, getattr(item, field)) for field in self.list_export}
        return {field: no_formula(text) for field, text in row.items()}


def person(user) -> str:
    """Nobody, and who is erased, is empty."""
    return user.for_staff if user else ""


def in_words(facts: dict) -> str:
    told = facts | ({"reason": why} if (why := reasons.in_words(facts.get("reason"))) else {})
    return ", ".join(f"{name}: {fact}" for name, fact in told.items())


def no_formula(text: str) -> str:
    """Spreadsheets calculate what begins like this; people name themselves and their records as they like."""
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


class AuditLogMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)
