"""The second reader of pages, in the words of the editor's menu.

A workflow has one name in the database, for all languages. Where it still has the one that the portal gave it, the menu
says in the editor's language what will happen; one that somebody named is called by that name.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.models import WorkflowState

NAME = "Read by another editor / Prebere še en urednik"  # as the migration wrote it
ASK, ASK_AGAIN = _("Ask another editor to read it"), _("Ask the other editor to read it again")


class AskAnotherEditor(SubmitForModerationMenuItem):
    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        if NAME in str(context["label"]):
            page = context.get("page")
            state = page.current_workflow_state if page else None
            was_sent_back = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
            context["label"] = ASK_AGAIN if was_sent_back else ASK
        return context


def call_by_what_happens(menu_items: list) -> None:
    """Puts it in the place of Wagtail's own."""
    for place, item in enumerate(menu_items):
        if type(item) is SubmitForModerationMenuItem:
            menu_items[place] = AskAnotherEditor(order=item.order)
