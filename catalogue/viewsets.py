"""The Wagtail admin of records: one viewset for every kind.

What may publish or withdraw begins with the catalogue's lock, before anything else is read: a draft that is saved beside
an approval would else write back that the record is not live. What was public is withdrawn, never deleted; nothing is
copied.
"""

import functools
from collections.abc import Callable

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views import snippets

from accounts.models import User
from catalogue import deletion, publication, record_log, reviewing
from catalogue.choosers import RecordChooserViewSet
from catalogue.latest import latest_title
from catalogue.locking import in_publication
from catalogue.models import Entry, WithdrawalReason
from catalogue.record_log import Ending
from catalogue.records import Record
from catalogue.widgets import RecordChooser
from catalogue.workflow_views import (
    RecordCollectWorkflowActionDataView,
    RecordConfirmWorkflowCancellationView,
    RecordWorkflowActionView,
    RecordWorkflowPreviewView,
)
from operations.reasons import DeletionForm
from pages.lists import HelpfulIndex, HelpfulList

View = Callable[..., HttpResponse]


class State(models.TextChoices):
    """Where a record stands, as lists of the admin tell it."""

    IN_REVIEW = "in_review", _("in review")
    CHANGED = "changed", _("public, with a newer draft")
    PUBLIC = "public", _("public")
    SCHEDULED = "scheduled", _("scheduled")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DRAFT = "draft", _("draft")


def with_state(records: QuerySet) -> QuerySet:
    """Annotates `state`, for a whole list in one query."""
    content_type = ContentType.objects.get_for_model(records.model)
    of_record = {"base_content_type": content_type, "object_id": Cast(OuterRef("pk"), models.CharField())}
    in_review = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, **of_record)
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False, **of_record)
    return records.annotate(
        state=Case(
            When(Exists(in_review), then=Value(State.IN_REVIEW)),
            When(Q(live=True, has_unpublished_changes=True), then=Value(State.CHANGED)),
            When(live=True, then=Value(State.PUBLIC)),
            When(Exists(scheduled), then=Value(State.SCHEDULED)),
            When(first_published_at__isnull=False, then=Value(State.WITHDRAWN)),
            default=Value(State.DRAFT),
        )
    )


class RecordFilterSet(WagtailFilterSet):
    """The filters that every kind has; a kind's own come by its `list_filter`."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State, widget=forms.CheckboxSelectMultiple, method="filter_state"
    )

    def filter_state(self, records, name, values):
        return records.filter(state__in=values) if values else records


class StateColumn(StatusTagColumn):
    def __init__(self):
        super().__init__(
            "state",
            label=_("State"),
            accessor=lambda record: State(record.state).label,
            primary=lambda record: record.live,
            sort_key="live",
        )


def choice_column(model: type[models.Model], name: str) -> Column:
    """A field with choices, by its label."""
    label = capfirst(model._meta.get_field(name).verbose_name)
    return Column(name, label=label, accessor=f"get_{name}_display", sort_key=name)


# Views


class RecordIndexView(HelpfulIndex, snippets.IndexView):
    base_filterset_class = RecordFilterSet

    def get_base_queryset(self):
        return with_state(super().get_base_queryset())

    @cached_property
    def columns(self):
        # no checkboxes: there is nothing that may be done to many records at once
        return [column for column in super().columns if column.name != "bulk_actions"]

    def _get_title_column(self, field_name, *args, **kwargs):
        return super()._get_title_column(field_name, *args, **kwargs | {"accessor": latest_title})

    def get_delete_url(self, instance):
        """Whether a record may be deleted stands on its own page: asking it of each row would cost."""


class PublishableForms:
    """Says beside its field what is missing before a form publishes, submits or approves."""

    def is_valid(self, form):
        valid = super().is_valid(form)
        if valid and self._leads_to_publication:
            valid = form.check_publishable()
            if not valid:
                self.produced_error_code = "validation_error"
                self.produced_error_message = self.get_error_message()
        return valid

    @property
    def _leads_to_publication(self) -> bool:
        if self.action == "workflow-action":
            return self.workflow_action != "reject"
        return self.action in ("publish", "submit", "restart-workflow")


class ReviewedInPortal:
    """What is reviewed in the portal is submitted and decided there alone (`catalogue.reviewing`); editors publish what is
    not under review.
    """

    def get_available_actions(self):
        offered = super().get_available_actions()
        if not self.model.reviewed_in_portal:
            return offered
        return [action for action in offered if action not in ("submit", "restart-workflow")]


class RecordCreateView(ReviewedInPortal, PublishableForms, snippets.CreateView):
    def setup(self, request, *args, **kwargs):
        """What is begun is saved when somebody says so: saved by itself beside a press of the button, it came twice."""
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class RecordEditView(ReviewedInPortal, PublishableForms, snippets.EditView):
    def get_page_subtitle(self):
        return latest_title(self.object)

    @cached_property
    def can_delete(self):
        return self.object.may_be_deleted and self.user_has_permission("publish")

    def run_action_method(self):
        """Ledger fields do not travel in the revision that was just saved."""
        names = [name for name in self.form.changed_data if name in self.model.ledger_fields]
        values = {name: self.form.cleaned_data[name] for name in names}
        if values and self.action == "publish":  # which writes the entry, once
            self.model.objects.filter(pk=self.object.pk).update_ledger(**values)
        elif values:
            publication.change_ledger(self.object, **values)
        response = super().run_action_method()
        if self.model.organisation_field in names:  # another answers for it now, and has checked nothing
            record_log.note(self.object, record_log.MOVED, by=self.request.user)
            reviewing.end(record=self.object, by=self.request.user, why=Ending.MOVED)
        return response


class WithdrawalForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=WithdrawalReason.choices,
        initial=WithdrawalReason.WITHDRAWN,
        widget=forms.RadioSelect,
        help_text=_("It stays readable for other networks when everything else of the record is gone."),
        error_messages={"required": _("Say why it is withdrawn.")},
    )

    def __init__(self, record: Record, data=None):
        super().__init__(data)
        others = type(record).objects.filter(live=True).exclude(pk=record.pk)
        self.fields["merged_into"] = forms.ModelChoiceField(
            others,
            label=_("Merged into"),
            required=False,
            widget=RecordChooser(model=type(record)),
            help_text=_("Only after a merge: the public record that took its place. Its old address leads there."),
            error_messages={"invalid_choice": _("Choose another record, one that is public.")},
        )

    def clean(self):
        cleaned = super().clean()
        is_merged, successor = cleaned.get("reason") == WithdrawalReason.MERGED, cleaned.get("merged_into")
        if is_merged and not successor and "merged_into" not in self.errors:
            self.add_error("merged_into", _("Choose the public record that took its place."))
        if successor and not is_merged:
            self.add_error("merged_into", _("Another record takes its place only after a merge."))
        return cleaned

    @property
    def withdrawal(self) -> dict:
        """As `Record.unpublish` takes it."""
        successor = self.cleaned_data["merged_into"]
        return {"reason": self.cleaned_data["reason"], "merged_into": successor and successor.uid}


class RecordUnpublishView(snippets.UnpublishView):
    """Withdraws with a reason, whatever locks the text: what must go from the public waits for no review. Wagtail's own view
    would go past `Record.unpublish`.
    """

    page_title = _("Withdraw")
    template_name = "catalogue/admin/withdraw.html"
    success_message = _("“%(object)s” has been withdrawn.")

    def dispatch(self, request, *args, **kwargs):
        if not self.object.live:
            raise Http404
        self.form = WithdrawalForm(self.object, request.POST if request.method == "POST" else None)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.form.is_valid() else self.get(request, *args, **kwargs)

    def unpublish(self):
        if refused := self.run_hook("before_unpublish", self.request, self.object):
            return refused
        self.object.unpublish(user=self.request.user, **self.form.withdrawal)
        return self.run_hook("after_unpublish", self.request, self.object)

    def get_usage_url(self):
        """Wagtail's index does not know every relation; who names the record stands in the catalogue."""
        return None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "media": self.form.media,
            "naming": Entry.objects.visible().naming([self.object.uid]).count(),
            "edit_url": reverse(self.edit_url_name, args=[self.object.pk]),
        }


class RecordDeleteView(snippets.DeleteView):
    """Only for what was never public, such as a draft that was begun by mistake; everything else is withdrawn."""

    permission_required = "publish"

    def get_queryset(self):
        return self.model.objects.never_public()

    @cached_property
    def others(self) -> list[User]:
        return deletion.others_in(self.object, self.request.user)

    def get_form_class(self):
        return DeletionForm if self.others else forms.Form

    def dispatch(self, request, *args, **kwargs):
        if not self.object.may_be_deleted:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        self.reason = form.cleaned_data.get("reason", "")
        try:
            return super().form_valid(form)
        except deletion.ReasonNeeded:  # somebody wrote in it a moment ago
            return redirect(self.get_delete_url())

    def delete_action(self):
        deletion.carry_out(self.object, by=self.request.user, reason=self.reason)

    def get_usage_url(self):
        return None


class RecordUnscheduleView(snippets.RevisionsUnscheduleView):
    pass


PUBLISHING_VIEWS = (
    RecordCreateView,
    RecordEditView,
    RecordUnpublishView,
    RecordDeleteView,
    RecordUnscheduleView,
    RecordWorkflowActionView,
)


def publishing_view(view: View, *, refused: Callable[[HttpRequest, ValidationError, object], HttpResponse]) -> View:
    """Its POSTs run under the catalogue's lock. What cannot be published rolls everything back, and is said."""
    under_lock = in_publication(view)

    @functools.wraps(view)
    def answer(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            return under_lock(request, *args, **kwargs)
        except ValidationError as error:
            return refused(request, error, kwargs.get("pk"))

    return answer


# The viewset


class RecordViewSet(HelpfulList, snippets.SnippetViewSet):
    """A kind names its model, icon, panels, columns, filters, the fields that are searched in, and what its list says."""

    copy_view_enabled = False
    search_backend_name = None
    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    unpublish_view_class = RecordUnpublishView
    delete_view_class = RecordDeleteView
    revisions_unschedule_view_class = RecordUnscheduleView
    workflow_action_view_class = RecordWorkflowActionView
    collect_workflow_action_data_view_class = RecordCollectWorkflowActionDataView
    confirm_workflow_cancellation_view_class = RecordConfirmWorkflowCancellationView
    workflow_preview_view_class = RecordWorkflowPreviewView
    chooser_viewset_class = RecordChooserViewSet
    index_template_name = HelpfulList.index_template_name
    delete_template_name = "catalogue/admin/delete.html"
    kind_columns: tuple = ()

    @cached_property
    def list_display(self):
        return ["__str__", *self.kind_columns, UpdatedAtColumn(label=_("Updated")), StateColumn()]

    def get_queryset(self, request):
        return self.model.objects.select_related("latest_revision")

    def construct_view(self, view_class, **kwargs):
        view = super().construct_view(view_class, **kwargs)
        if not issubclass(view_class, PUBLISHING_VIEWS):
            return view
        return publishing_view(view, refused=self.refused)

    def refused(self, request, error: ValidationError, pk) -> HttpResponse:
        """Back to the form, with what was missing."""
        parts = self.model._meta.related_objects
        labels = {field.name: str(capfirst(field.verbose_name)) for field in self.model._meta.fields}
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        labels |= {
            part.get_accessor_name(): str(capfirst(part.related_model._meta.verbose_name_plural)) for part in parts
        }
        for name, faults in told.items():
            messages.error(request, ": ".join(filter(None, [labels.get(name, ""), " ".join(faults)])))
        url = reverse(self.get_url_name("edit"), args=[pk]) if pk else reverse(self.get_url_name("list"))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return render_modal_workflow(request, "", None, {}, json_data={"step": "success", "redirect": url})
        return redirect(url)

    def get_permissions_to_register(self):
        return super().get_permissions_to_register().exclude(codename__startswith="delete_")


def record_models() -> list[type[Record]]:
    """The kinds that have an admin."""
    return [model for model in get_snippet_models() if issubclass(model, Record)]
