"""Wagtail's views of a record's review, in the admin: they ask who wants to know before they say anything."""

from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views import snippets


class AsksBeforeItTells(PermissionCheckedMixin):
    """Wagtail's own say whether a record waits, and by which title, before they ask who wants to know."""

    permission_required = "change"


class RecordWorkflowActionView(AsksBeforeItTells, snippets.WorkflowActionView):
    pass


class RecordCollectWorkflowActionDataView(AsksBeforeItTells, snippets.CollectWorkflowActionDataView):
    pass


class RecordConfirmWorkflowCancellationView(AsksBeforeItTells, snippets.ConfirmWorkflowCancellationView):
    pass


class RecordWorkflowPreviewView(AsksBeforeItTells, snippets.WorkflowPreviewView):
    pass
