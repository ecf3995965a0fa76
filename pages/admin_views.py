"""What Wagtail's views of pages do otherwise here: they say in words what a page refuses, and begin no page by themselves."""

import functools

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionData,
    ConfirmWorkflowCancellation,
    PreviewRevisionForTask,
    WorkflowAction,
)
from wagtail.models import Page

from operations.refusals import in_words
from pages.publishable import NotPublishable


def say(request: HttpRequest, page: Page, error: ValidationError) -> None:
    """The page's name and why it was not published, with the way to it."""
    page = page.specific
    told = {"page": page.get_admin_display_title(), "why": " ".join(in_words(error, type(page)))}
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))
    messages.error(request, _("“%(page)s” was not published. %(why)s") % told, buttons=[edit])


class PublishBulk(PublishBulkAction):
    """As Wagtail's, but a page that cannot be published is named, and holds up none of the others."""

    def __init__(self, request, model):
        super().__init__(request, model)
        self.refused: list[tuple[Page, ValidationError]] = []

    def get_execution_context(self):
        return super().get_execution_context() | {"refused": self.refused}

    @classmethod
    def execute_action(cls, objects, include_descendants=False, user=None, refused=None, **kwargs):
        refused = [] if refused is None else refused
        parents = sum(cls._publish(page, user, refused) for page in objects)
        below = [page for each in objects for page in _drafts_below(each, user)] if include_descendants else []
        return parents, sum(cls._publish(page, user, refused) for page in below)

    @classmethod
    def _publish(cls, page: Page, user, refused: list) -> int:
        try:
            with transaction.atomic():
                published, _children = super().execute_action([page], user=user)
        except ValidationError as error:
            refused.append((page, error))
            return 0
        return published

    def get_success_message(self, num_parent_objects, num_child_objects):
        if num_parent_objects or num_child_objects:
            return super().get_success_message(num_parent_objects, num_child_objects)

    def form_valid(self, form):
        answer = super().form_valid(form)
        for page, error in self.refused:
            say(self.request, page, error)
        return answer


def _drafts_below(page: Page, user) -> list[Page]:
    below = page.get_descendants().not_live().specific()
    return [each for each in below if user is None or each.permissions_for_user(user).can_publish()]


def adapt() -> None:
    """Wagtail's URLconf names its views, and has no setting for either; so they are changed where they stand."""
    for view in (CreateView, EditView, WorkflowAction):
        if not hasattr(view.dispatch, "__wrapped__"):
            view.dispatch = _saying_what_is_refused(view.dispatch)
    for view in (WorkflowAction, CollectWorkflowActionData, ConfirmWorkflowCancellation, PreviewRevisionForTask):
        if not hasattr(view.dispatch, "_asks_first"):
            view.dispatch = _asking_first(view.dispatch)
    if not hasattr(CreateView.get_context_data, "__wrapped__"):
        CreateView.get_context_data = _without_autosave(CreateView.get_context_data)


def _saying_what_is_refused(dispatch):
    """A form has asked the page already; this is for what has happened since, and for approvals without a form."""

    @functools.wraps(dispatch)
    def answer(view, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return dispatch(view, request, *args, **kwargs)
        except NotPublishable as error:
            say(request, error.page, error)
            url = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return render_modal_workflow(request, "", None, {}, json_data={"step": "success", "redirect": url})
            return redirect(url)

    return answer


def _asking_first(dispatch):
    """Wagtail's own say whether a page waits, and by which title, before they ask who wants to know."""

    @functools.wraps(dispatch)
    def answer(view, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not view.object.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return dispatch(view, request, *args, **kwargs)

    answer._asks_first = True
    return answer


def _without_autosave(get_context_data):
    """What is begun is saved when somebody says so: saved by itself beside a press of the button, it came twice."""

    @functools.wraps(get_context_data)
    def context(view, **kwargs) -> dict:
        return get_context_data(view, **kwargs) | {"autosave_enabled": False, "autosave_indicator": None}

    return context
