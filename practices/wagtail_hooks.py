from wagtail import hooks
from wagtail.snippets.action_menu import RestartWorkflowMenuItem, SubmitForModerationMenuItem
from wagtail.snippets.models import register_snippet

from practices.models import GoodPractice
from practices.viewsets import GoodPracticeViewSet

register_snippet(GoodPracticeViewSet)


@hooks.register("construct_snippet_action_menu")
def reviewed_in_the_portal(menu_items, request, context):
    """Practices are submitted in the portal alone."""
    if context["model"] is GoodPractice:
        menu_items[:] = [
            item for item in menu_items if not isinstance(item, SubmitForModerationMenuItem | RestartWorkflowMenuItem)
        ]
