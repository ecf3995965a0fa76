from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from catalogue import kinds
from catalogue.models.entry import KindName
from catalogue.panels import StorableMixin
from catalogue.viewsets import choice_column
from pages.lists import HelpfulIndexView, HelpfulList
from partners.models import ReviewedRecord
from reviews.models import Criterion


class CriterionForm(StorableMixin, WagtailAdminModelForm):
    pass


class CriterionDeleteView(generic.DeleteView):
    """What somebody has scored by stays as long as her scores do."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("Reviewers have scored by it: it can be retired, but not deleted."))
            return redirect(self.index_url_name)


class CriterionViewSet(HelpfulList, ModelViewSet):
    model = Criterion
    name = "criteria"
    icon = "list-ol"
    menu_order = 75
    index_view_class = HelpfulIndexView
    about = _(
        "What reviewers score in what was submitted, and how much each answer counts. Authors read the questions, too."
    )
    add_label = _("Add criterion")
    edit_handler = ObjectList(
        ["kind", "name", "question", "weight", "blocking", "order", "retired"], base_form_class=CriterionForm
    )
    list_display = ["__str__", choice_column(Criterion, "kind"), "weight", "blocking", "retired", "order"]
    list_filter = ["kind", "retired"]
    ordering = ["kind", "order", "pk"]
    copy_view_enabled = False
    delete_view_class = CriterionDeleteView


@hooks.register("register_snippet_listing_buttons")
def to_scores(snippet, user, next_url=None):
    """Of practices alone: of other kinds nothing is scored until editors say what."""
    if isinstance(snippet, ReviewedRecord) and kinds.of(snippet).name == KindName.PRACTICES:
        yield Button(_("Scores"), reverse("reviews:scores", args=[snippet.uid]), icon_name="list-ol", priority=60)


@hooks.register("register_admin_viewset")
def register_criteria():
    return CriterionViewSet()
