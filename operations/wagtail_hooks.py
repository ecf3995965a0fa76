"""What stands in the Wagtail admin: publications that were refused when they were due, and the audit log."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from operations import refusals
from operations.reports import PERMISSION, AuditLogMenuItem, AuditLogView


@hooks.register("register_log_actions")
def register_refusals(actions):
    @actions.register_action(refusals.ACTION)
    class RefusalFormatter(LogFormatter):
        label = _("Refuse scheduled publication")

        def format_message(self, log_entry):
            return str(refusals.of_entry(log_entry))


@hooks.register("before_edit_snippet")
def say_that_it_was_refused(request, instance):
    """Above the form of a record; pages have a panel for it."""
    if request.method == "GET" and (refusal := refusals.standing(instance)):
        messages.warning(request, f"{refusal} {refusals.ADVICE}")


@hooks.register("register_admin_urls")
def audit_log_urls():
    return [
        path("reports/audit-log/", AuditLogView.as_view(), name="audit_log"),
        path("reports/audit-log/results/", AuditLogView.as_view(results_only=True), name="audit_log_results"),
    ]


@hooks.register("register_reports_menu_item")
def audit_log_menu_item():
    address = reverse("audit_log")
    return AuditLogMenuItem(_("Audit log"), address, name="audit-log", icon_name=AuditLogView.header_icon, order=1200)


@hooks.register("register_permissions")
def audit_log_permission():
    """So that a group can be let in, too."""
    app, codename = PERMISSION.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)
